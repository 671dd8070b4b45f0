"""An element with one of its fields given another value."""

from __future__ import annotations

from dataclasses import replace

from sim.errors import fail, nearest, option
from sim.network.forms import cargo_for, forms_of, read_value
from sim.network.network import Element, Network

FIXED = ("id", "cargo")


def edited(network: Network, id: str, field: str, value: object) -> Element:
    """Return the element with a field set to a text such as `67 Mt/yr`, or to a TOML value.

    Raises `InputError` with key `element`, `field` or `value`, whichever is wrong.
    """
    if id not in network.ids():
        raise fail("no element has this id", key="element", value=id, advice=nearest(id, network.ids()))
    element = network.element(id)
    forms = {name: form for name, form in forms_of(type(element)).items() if name not in FIXED}
    if field not in forms:
        advice = nearest(field, forms) or f"it has {', '.join(forms)}"
        raise fail(f"{id} has no such field", key="field", value=field, advice=advice)
    cargo, current = cargo_for(element, network.cargoes), getattr(element, field)
    with option("value", value):
        return replace(element, **{field: read_value(forms[field], value, cargo, current=current)})
