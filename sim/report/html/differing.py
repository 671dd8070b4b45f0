"""What variants of a scenario have otherwise than the first one: numbers, and all else that tables hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.network.forms import forms_of
from sim.network.network import Element
from sim.network.sourcing import ASSUMED, citations
from sim.report.html.names import element_name
from sim.report.html.sources import Number, cited, numbers
from sim.scenario import Scenario
from sim.scenario.provenance import Provenance
from sim.studies.ensemble import Ensemble

SAYS_NOTHING = ("id", "name", "source", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """A field that a variant has otherwise than the first one, which may not have it at all."""

    label: str
    number: Number
    usual: str


def differing(ensembles: Sequence[Ensemble], scenarios: Sequence[Scenario | None]) -> list[Differing]:
    """The fields in which variants that were run differ from the first of them, when the run begins."""
    run = [(one.label, scenario) for one, scenario in zip(ensembles, scenarios, strict=True) if scenario]
    return [
        Differing(label=label, number=number, usual=usual)
        for label, scenario in run[1:]
        for number, usual in [*_numbers(run[0][1], scenario), *_words(run[0][1], scenario)]
    ]


def _numbers(first: Scenario, other: Scenario) -> Iterator[tuple[Number, str]]:
    known = {(one.element, one.field): one for one in numbers(first)}
    for one in numbers(other):
        usual = known.get((one.element, one.field))
        if usual is None or (usual.value, usual.unit) != (one.value, one.unit):
            yield one, usual.value if usual else ""


def _words(first: Scenario, other: Scenario) -> Iterator[tuple[Number, str]]:
    """What is no number: whether something is in service, where a line leads."""
    known = {id: element for _, table in first.network.kinds() for id, element in table.items()}
    for kind, table in other.network.kinds():
        for id, element in table.items():
            for field in _worded(element) if id in known else ():
                now, usual = getattr(element, field), getattr(known[id], field, None)
                if now != usual:
                    sources = citations(element.source)
                    source = sources.get(field, sources.get("", ASSUMED))
                    provenance = other.provenance.get((id, field), Provenance(source=source))
                    yield (
                        Number(
                            kind=kind, element=id, name=element_name(other.network, id) or "",
                            field=field.replace("_", " "), value=_told(now), also="", unit="",
                            source=provenance.source, cited=cited(other.network, provenance.source),
                            note=provenance.note,
                        ),
                        _told(usual),
                    )  # fmt: skip


def _worded(element: Element) -> list[str]:
    """The fields of an element that hold no number."""
    forms = forms_of(type(element)).items()
    return [
        name
        for name, form in forms
        if form.unit is None and form.type not in (int, float) and name not in SAYS_NOTHING
    ]


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
