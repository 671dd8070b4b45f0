"""The page of a run, built from its record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from sim.charts.registry import chart_groups
from sim.measures import Record, Span, Value, summarise
from sim.measures.smoothing import smoothing_name
from sim.report.html.balance import books
from sim.report.html.map_plane import WIDE
from sim.report.html.map_shut import stepped
from sim.report.html.map_sketch import SIZE
from sim.report.html.measured import measured
from sim.report.html.plots import plots_of
from sim.report.html.readout import readouts
from sim.report.html.rerun import rerun
from sim.report.html.scenario_events import events, marks
from sim.report.html.shown import Shown, shown
from sim.report.html.skeleton import NAME, rendered
from sim.report.html.sources import cited, numbers, used_sources
from sim.report.html.views import View, views
from sim.report.story import story
from sim.report.table import overview
from sim.scenario import Scenario

A_WHILE = 7.0  # days into a closure, when what it does can be seen


def write_report(
    record: Record, scenario: Scenario, folder: Path, beside: Record | None = None,
    values: Sequence[Value] | None = None,
) -> Path:  # fmt: skip
    """Write `folder`/report.html, a page that needs no network, and return it.

    `beside` is another run to show with it; `values` are the run's measures, if they are known already.
    The same run gives the same bytes.
    """
    file = folder / NAME
    file.write_text(page(record, scenario, beside, values), encoding="utf-8")
    return file


def page(
    record: Record, scenario: Scenario, beside: Record | None = None, values: Sequence[Value] | None = None
) -> str:
    """The page as text."""
    both = shown(record, beside)
    beside = both.beside
    spans: dict[str, Sequence[Span]] = {
        "run": stepped(scenario.disturbances),
        "beside": list(beside.spans) if beside else [],
    }
    maps = views(both, spans)
    plots = plots_of(chart_groups(record, beside))
    happened = events(scenario)
    rests_on = numbers(scenario)
    return rendered(
        "page.html.j2",
        record.title,
        plots,
        _data(both, maps, spans),
        record=record,
        scenario=scenario,
        beside=beside,
        until=record.start + timedelta(days=record.days - 1),
        overview=overview([record, *([beside] if beside else [])]),
        smoothing=smoothing_name(record.days),
        views=maps,
        lines=[(line, _frame(both, line.day)) for line in story(record)],
        rows=measured(
            record,
            summarise(record) if values is None else values,
            summarise(beside) if beside else None,
        ),
        events=[
            (event, cited(scenario.network, event.source) if event.source else None) for event in happened
        ],
        numbers=rests_on,
        kinds=list(dict.fromkeys(number.kind for number in rests_on)),
        sources=used_sources(scenario.network, rests_on, [event.source for event in happened]),
        books=[(name, account) for name, run in both.runs for account in books(run)],
        rerun=rerun(scenario, record, beside),
        wide=WIDE,
        name_size=SIZE,
    )  # fmt: skip


def _data(both: Shown, maps: Sequence[View], spans: dict[str, Sequence[Span]]) -> dict[str, Any]:
    record = both.record
    dates = [str(record.start + timedelta(days=day)) for day in both.edges.tolist()]
    return {
        "start": dates[0],
        "dates": dates[:-1],
        "edges": both.edges.tolist(),
        "first": _first_frame(both, spans["run"]),
        "names": {name: run.name for name, run in both.runs},
        "views": {view.id: view.data for view in maps},
        "readouts": readouts(both),
        "marks": {name: marks(run, spans[name], both.shift(run), record.days) for name, run in both.runs},
    }


def _first_frame(both: Shown, spans: Sequence[Span]) -> int:
    """The frame to begin with: a while into the first closure, else the first boycott, else the first day."""
    starts = sorted((span.start, span.end) for span in spans if not span.planned and span.end > 0.0)
    starts += sorted((boycott.start, boycott.end) for boycott in both.record.boycotts)
    first, last = starts[0] if starts else (-A_WHILE, 0.0)
    return _frame(both, min(first + A_WHILE, (first + last) / 2))


def _frame(both: Shown, day: float) -> int:
    return int(np.clip(np.searchsorted(both.edges, day, side="right") - 1, 0, len(both.edges) - 2))
