"""What each variant of a study is: what is laid over it, what and what happens in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.report.html.scenario_events import ScenarioEvent, events
from sim.report.html.sources import Cited, cited, numbers
from sim.scenario import Scenario
from sim.studies.ensemble import Ensemble

Made = Mapping[str, Any]
"""The manifest of a variant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One variant: its name, what it is made of, and on how many numbers it rests."""

    label: str
    title: str
    name: str
    policies: str
    settings: str
    numbers: int
    assumed: int
    is_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantEvent:
    """Something that is closed, refused or changed, and in which variants."""

    event: ScenarioEvent
    cited: Cited | None
    variants: str


def variants_told(
    ensembles: Sequence[Ensemble], made_from: Sequence[Made], scenarios: Sequence[Scenario | None]
) -> list[Told]:
    """Each variant in order; of one that was read from a folder there is only its manifest."""
    return [
        Told(
            label=one.label,
            title=one.title,
            name=one.name,
            policies=", ".join(made.get("policies", ())),
            settings=", ".join(made.get("settings", ())),
            numbers=count,
            assumed=assumed,
            is_read=scenario is None,
        )
        for one, made, scenario in zip(ensembles, made_from, scenarios, strict=True)
        for count, assumed in [_counted(made, scenario)]
    ]


def _counted(made: Made, scenario: Scenario | None) -> tuple[int, int]:
    """How many numbers it rests on, and how many of them are assumed."""
    if scenario is None:
        counted = made.get("numbers", {})
        return counted.get("all", 0), counted.get("assumed", 0)
    found = numbers(scenario)
    return len(found), sum(number.cited.assumed for number in found)


def variant_events(ensembles: Sequence[Ensemble], scenarios: Sequence[Scenario | None]) -> list[VariantEvent]:
    """Every closure, boycott and dated change of the variants that were run, each told once."""
    found: dict[ScenarioEvent, list[str]] = {}
    sources: dict[ScenarioEvent, Cited] = {}
    for one, scenario in zip(ensembles, scenarios, strict=True):
        for event in dict.fromkeys(events(scenario)) if scenario else ():
            found.setdefault(event, []).append(one.label)
            if scenario and event.source:
                sources.setdefault(event, cited(scenario.network, event.source))
    known = sum(scenario is not None for scenario in scenarios)
    return [
        VariantEvent(
            event=event,
            cited=sources.get(event),
            variants="all" if len(labels) == known else ", ".join(labels),
        )
        for event, labels in found.items()
    ]
