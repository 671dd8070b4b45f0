"""Changes applied to a scenario: the result is another scenario, checked like one read from files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from sim.errors import Faults, fail, nearest, option
from sim.network.checks import check
from sim.network.forms import own_unit
from sim.network.references import REFERENCES
from sim.scenario.changes import Change, Target, event_advice
from sim.scenario.closures import check_remaining
from sim.scenario.element_changes import (
    StatedChange,
    dated_change,
    day_from,
    field_of,
    locate_changes,
    with_change,
    with_standing,
)
from sim.scenario.event_changes import with_boycott_change, with_closure_change
from sim.scenario.numbers import element_number
from sim.scenario.provenance import Origin, Provenance, Statement
from sim.scenario.situation import Situation
from sim.units import rounded

AnySituation = TypeVar("AnySituation", bound=Situation)
# fields by which patterns of closures and boycotts choose elements
CHOSEN_BY = ("tags", "country", "place", "origin", "destination", "mode", "lines", "group")


def apply_changes(situation: AnySituation, changes: Sequence[Change]) -> AnySituation:
    """Return a scenario with changes applied in order, checked together.

    A change without a date holds for the whole run, one with a date from then on; later changes of the
    same field during the run are dropped. Raises `InputError`, its faults located by the changes.
    """
    return apply_stated(situation, [_stated(change) for change in changes])


def apply_stated(situation: AnySituation, changes: Sequence[StatedChange]) -> AnySituation:
    """Return a scenario with stated changes applied in order, checked together. Raises `InputError`."""
    before = situation.network
    for stated in changes:
        with stated.origin.locating():
            situation = _with_change(situation, stated)
    if situation.network is not before:
        of_elements = [stated for stated in changes if stated.item.target.kind == "element"]
        check(situation.network, locate_changes(situation.network, of_elements))
        _check_closures(situation, of_elements)
    return situation


def _with_change(situation: AnySituation, stated: StatedChange) -> AnySituation:
    kind = stated.item.target.kind
    if kind == "closure":
        return replace(situation, disturbances=with_closure_change(situation, stated))
    if kind == "boycott":
        return replace(situation, boycotts=with_boycott_change(situation, stated))
    if kind == "element":
        return _with_element_change(situation, stated)
    raise fail("a policy is laid over a scenario by its name", value=str(stated.item))


def _stated(change: Change) -> StatedChange:
    return Statement(change, Origin(setting=str(change.target)), Provenance(setting=str(change)))


def _with_element_change(situation: AnySituation, stated: StatedChange) -> AnySituation:
    network, horizon, change = situation.network, situation.horizon, stated.item
    _check_target(situation, change.target)
    if change.is_factor:
        return _with_multiple(situation, stated)
    day, field = day_from(stated, horizon), field_of(stated)
    if day >= horizon.days:
        raise fail("takes hold after the run", value=str(change), advice=f"the run is {horizon}")
    dated = [other for other in situation.dated if (other.element, other.field) != field or other.day < day]
    if day > 0:
        dated.append(dated_change(network, stated, horizon))
        return replace(situation, dated=tuple(sorted(dated, key=lambda other: other.day)))
    network = with_change(network, stated)
    if change.target.field in (*REFERENCES, "source"):
        faults = Faults()
        with_standing(network, [stated], faults)
        faults.raise_any()
    provenance = {**situation.provenance, field: stated.provenance}
    return replace(situation, network=network, dated=tuple(dated), provenance=provenance)


def _with_multiple(situation: AnySituation, stated: StatedChange) -> AnySituation:
    """A field and the changes of it during the run, all multiplied."""
    network, target, share = situation.network, stated.item.target, float(str(stated.item.value))
    own = own_unit(network.element(target.name), target.field, network.cargoes)
    number = element_number(network, target, own)
    value = number.value(situation)
    if value is None:
        raise fail("has no value to begin with", value=str(stated.item))
    multiple = number.change(rounded(value * share))
    network = with_change(network, replace(stated, item=multiple))
    dated = tuple(
        replace(other, value=other.value * share, provenance=stated.provenance)
        if (other.element, other.field) == (target.name, target.field)
        else other
        for other in situation.dated
    )
    provenance = {**situation.provenance, (target.name, target.field): stated.provenance}
    return replace(situation, network=network, dated=dated, provenance=provenance)


def _check_target(situation: Situation, target: Target) -> None:
    """Raise an `InputError` for an unknown element, or a field by which patterns have chosen elements."""
    if target.name not in situation.network.ids():
        closures = [closure.label for closure in situation.disturbances]
        boycotts = [boycott.label for boycott in situation.boycotts]
        near = nearest(target.name, situation.network.ids())
        advice = event_advice(target, closures, boycotts) or near
        raise fail("no element of this run has this id", key="element", value=target.name, advice=advice)
    is_quay = target.field == "in_service" and target.name in situation.network.quays
    chosen_by = target.field in CHOSEN_BY and (situation.disturbances or situation.boycotts)
    if chosen_by or (is_quay and situation.boycotts):
        message = "the elements of closures and boycotts have been chosen by it"
        raise fail(message, key="field", value=target.field, advice="give it as one of load's settings")


def _check_closures(situation: Situation, changes: Sequence[StatedChange]) -> None:
    """Raise an `InputError` where a changed stock has too little room in a closure."""
    for stated in changes:
        id = stated.item.target.name
        for closure in situation.disturbances if id in situation.network.stocks else ():
            if id in closure.elements:
                with stated.origin.locating(), option("value"):
                    check_remaining(situation.network, id, closure.remaining, lead=closure.label)
