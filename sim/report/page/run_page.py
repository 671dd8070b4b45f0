"""Page of a run, built from its record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sim.charts.chart import Chart
from sim.charts.map.playback import Frames, frames_of
from sim.charts.registry import chart_groups
from sim.measures import Record, Value, summarise
from sim.measures.smoothing import smoothing_name
from sim.report.headline_table import headline_table
from sim.report.manifest import manifest, run_request
from sim.report.page.balance import books
from sim.report.page.map_view import MAP_STYLE, MAP_WIDTH, View, views
from sim.report.page.measured import measured
from sim.report.page.readout import RUN_NAMES, readouts
from sim.report.page.rerun import rerun_of
from sim.report.page.scenario_events import ScenarioEvent, events, marks
from sim.report.page.skeleton import NAME, rendered
from sim.report.page.sources import SourceRef, source_ref, sourced_context
from sim.report.story import story
from sim.scenario import Scenario
from sim.scenario.request import Request


def write_report(
    record: Record,
    scenario: Scenario,
    folder: Path,
    reference: Record | None = None,
    values: Sequence[Value] | None = None,
    request: Request | None = None,
    groups: Iterable[Sequence[Chart]] | None = None,
) -> Path:
    """Write `folder`/report.html, a page that needs no network, and return it.

    `reference` is the run it is compared with. `values` are its measures and `groups` its charts, if they
    are known already; `request` is the command that made the run, else a call. The same run gives the same
    bytes.
    """
    file = folder / NAME
    file.write_text(page(record, scenario, reference, values, request, groups), encoding="utf-8")
    return file


def page(
    record: Record,
    scenario: Scenario,
    reference: Record | None = None,
    values: Sequence[Value] | None = None,
    request: Request | None = None,
    groups: Iterable[Sequence[Chart]] | None = None,
) -> str:
    """Return the page as text."""
    request = request or run_request(scenario, record.seed, record.replication)
    runs = frames_of(record, reference)
    by_name = dict(zip(RUN_NAMES, runs, strict=False))
    reference = runs[1].record if len(runs) > 1 else None
    maps = views(record, reference)
    happened = events(scenario)
    return rendered(
        "page.html.j2",
        record.title,
        chart_groups(record, reference) if groups is None else groups,
        _data(by_name, maps),
        record=record,
        scenario=scenario,
        reference=reference,
        until=record.start + timedelta(days=record.days - 1),
        overview=headline_table([record, *([reference] if reference else [])]),
        smoothing=smoothing_name(record.days),
        views=maps,
        lines=[(line, runs[0].frame_of(line.day)) for line in story(record)],
        rows=measured(
            record,
            summarise(record) if values is None else values,
            summarise(reference) if reference else None,
        ),
        events=_sourced(scenario, happened),
        **sourced_context(scenario, [event.source for event in happened]),
        books=[(name, account) for name, run in by_name.items() for account in books(run.record)],
        rerun=rerun_of(request, [manifest(scenario, record.seed, record.replication, request)], [scenario]),
        map_style=MAP_STYLE,
        map_width=MAP_WIDTH,
    )


def _sourced(
    scenario: Scenario, happened: Iterable[ScenarioEvent]
) -> list[tuple[ScenarioEvent, SourceRef | None]]:
    """Return events with their sources, None for those without one."""
    return [(each, source_ref(scenario.network, each.source) if each.source else None) for each in happened]


def _data(by_name: dict[str, Frames], maps: Sequence[View]) -> dict[str, Any]:
    record, edges = by_name["run"].record, by_name["run"].edges.tolist()
    dates = [str(record.start + timedelta(days=day)) for day in edges]
    return {
        "start": dates[0],
        "dates": dates[:-1],
        "edges": edges,
        "first": maps[0].data["first"] if maps else 0,
        "names": {name: run.record.name for name, run in by_name.items()},
        "views": {view.id: view.data for view in maps},
        "readouts": readouts(by_name),
        "marks": {name: marks(run, record.days) for name, run in by_name.items()},
    }
