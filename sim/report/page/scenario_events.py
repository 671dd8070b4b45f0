"""Closures, boycotts and dated changes: for the timeline of the map, and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from sim.charts.map.playback import Frames
from sim.charts.wording import full_date
from sim.measures.sides import sides_of
from sim.network import Network
from sim.network.forms import own_unit
from sim.report.page.names import element_name
from sim.report.page.sources import format_number
from sim.scenario import DatedChange, Scenario

FEW = 4
FAR = 1e6  # days: after all that ends


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioEvent:
    """Row of the table of closures, boycotts and dated changes."""

    kind: str
    label: str
    what: str
    begins: str
    ends: str
    days: tuple[float, float]
    extent: str
    source: str


def marks(frames: Frames, days: float) -> list[dict[str, Any]]:
    """Return the closures and boycotts of a run for the map, in days of the page's run, with their steps."""
    record, shift = frames.record, frames.shift
    marks: list[dict[str, Any]] = [
        {
            "kind": "planned" if span.planned else "closure",
            "label": span.label.partition(": ")[0],
            "what": few_names(record.network, span.elements),
            "about": sides_of(record.network, span.elements),
            "steps": [[start + shift, end + shift, _left(share)] for start, end, share in span.steps],
        }
        for span in record.spans
    ]
    for boycott in record.boycotts:
        what = (
            f"{few_names(record.network, boycott.demands)} over {few_names(record.network, boycott.elements)}"
        )
        steps = [
            [boycott.start + shift, min(boycott.end + shift, days), _refusal(boycott.share, boycott.premium)]
        ]
        marks.append(
            {"kind": "boycott", "label": boycott.label, "what": what, "about": ("freight",), "steps": steps}
        )
    marks = [mark for mark in marks if any(a < days and b > 0.0 for a, b, _ in mark["steps"])]
    return sorted(marks, key=lambda mark: (mark["kind"] == "planned", mark["steps"][0][0]))


def events(scenario: Scenario) -> list[ScenarioEvent]:
    """Return every closure, boycott and dated change of a scenario."""
    return [*_closures(scenario), *_boycotts(scenario), *_changes(scenario)]


def few_names(network: Network, ids: Sequence[str]) -> str:
    """Return the names of elements; of many, the first and the number of the others."""
    names = list(dict.fromkeys(element_name(network, id) or id for id in ids))
    more = len(names) - FEW
    return ", ".join(names) if more <= 1 else f"{', '.join(names[:FEW])} and {more} more"


def _closures(scenario: Scenario) -> Iterator[ScenarioEvent]:
    for item in scenario.disturbances:
        recovery = "" if len(item.steps) <= 2 else ", recovering by degrees"
        late = item.announced != item.end
        later = f"; announced to end on {full_date(scenario.start, item.announced)}" if late else ""
        yield ScenarioEvent(
            kind="planned closure" if item.planned else "closure",
            label=item.label + (f": {item.cause}" if item.cause and item.cause != item.label else ""),
            what=few_names(scenario.network, item.elements),
            begins=full_date(scenario.start, item.start),
            ends=full_date(scenario.start, item.end),
            days=(item.start, item.end),
            extent=f"{_left(item.remaining)}{recovery}{later}",
            source=item.source,
        )


def _boycotts(scenario: Scenario) -> Iterator[ScenarioEvent]:
    for item in scenario.boycotts:
        what = (
            f"{few_names(scenario.network, item.demands)} over {few_names(scenario.network, item.elements)}"
        )
        yield ScenarioEvent(
            kind="boycott",
            label=item.label + (f": {item.cause}" if item.cause and item.cause != item.label else ""),
            what=what,
            begins=full_date(scenario.start, item.start),
            ends=full_date(scenario.start, item.end) if isfinite(item.end) else "no end",
            days=(item.start, min(item.end, FAR)),
            extent=_refusal(item.share, item.premium),
            source=item.source,
        )


def _changes(scenario: Scenario) -> Iterator[ScenarioEvent]:
    for change in scenario.dated:
        provenance = change.provenance
        yield ScenarioEvent(
            kind="change",
            label=f"{change.field.replace('_', ' ')} becomes {quantity(scenario.network, change)}".strip(),
            what=few_names(scenario.network, [change.element]),
            begins=full_date(scenario.start, change.day),
            ends="",
            days=(change.day, change.day),
            extent=provenance.note if provenance.setting else provenance.reason,
            source=provenance.source,
        )


def quantity(network: Network, change: DatedChange) -> str:
    """Return the value of a dated change with its unit."""
    unit = own_unit(network.element(change.element), change.field, network.cargoes)
    return f"{format_number(change.value)} {unit}".strip()


def _left(share: float) -> str:
    return "shut" if share == 0.0 else f"at {share:.0%}"


def _refusal(share: float, premium: float) -> str:
    parts = [f"{100 * share:.3g} % refuse"] if share else []
    return ", ".join([*parts, *([f"{premium:,.4g} USD extra per unit"] if premium else [])])
