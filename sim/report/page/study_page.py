"""Page of a study: renders any report with its tables, charts, events, numbers, sources and request."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sim.report.page.rerun import Rerun, rerun_of
from sim.report.page.skeleton import NAME, rendered
from sim.report.page.sources import sourced_context
from sim.report.page.variants import variant_events
from sim.report.study_report import StudyReport


def write_study_page(report: StudyReport, folder: Path) -> Path:
    """Write `folder`/report.html, which needs no network, and return it."""
    file = folder / NAME
    file.write_text(study_page(report), encoding="utf-8")
    return file


def study_page(report: StudyReport) -> str:
    """Return the page as text; the same report gives the same bytes."""
    base, is_comparison = report.base, len(report.variants) > 1
    first = next((each for each in report.variants if each.scenario), None)
    scenario = first.scenario if first else None
    events = variant_events(report.variants)
    return rendered(
        "study.html.j2",
        report.title,
        [group.charts for group in report.charts],
        {},
        report=report,
        description=first.scenario.description
        if first and first.scenario and len(report.variants) == 1
        else "",
        until=base.start + timedelta(days=base.days - 1),
        happened=events,
        rests=first.label if first and is_comparison else "",
        **sourced_context(scenario, [each.event.source for each in events]),
        stalled=report.stalled,
        rerun=_rerun(report),
    )


def _rerun(report: StudyReport) -> Rerun:
    scenarios = [variant.scenario for variant in report.variants if variant.scenario]
    return rerun_of(report.request, [variant.manifest for variant in report.variants], scenarios)
