"""Events of the variants of a study: closures, boycotts and dated changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.page.scenario_events import ScenarioEvent, events
from sim.report.page.sources import SourceRef, source_ref
from sim.report.study_report import ReportVariant


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantEvent:
    """A closure, boycott or dated change, with its source and the variants that have it."""

    event: ScenarioEvent
    source_ref: SourceRef | None
    variants: str


def variant_events(variants: Sequence[ReportVariant]) -> list[VariantEvent]:
    """Return every event of the variants that were run, each once."""
    labels: dict[ScenarioEvent, list[str]] = {}
    sources: dict[ScenarioEvent, SourceRef] = {}
    run = [(variant.label, variant.scenario) for variant in variants if variant.scenario]
    for label, scenario in run:
        for event in dict.fromkeys(events(scenario)):
            labels.setdefault(event, []).append(label)
            if event.source:
                sources.setdefault(event, source_ref(scenario.network, event.source))
    return [
        VariantEvent(
            event=event,
            source_ref=sources.get(event),
            variants="all" if len(having) == len(run) else ", ".join(having),
        )
        for event, having in labels.items()
    ]
