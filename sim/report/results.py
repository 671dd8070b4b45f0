"""Folder of a run: summary, tables, story, manifest, charts and page."""

from __future__ import annotations

from pathlib import Path

from sim.measures import Record, summarise
from sim.report.bound import bound_summary
from sim.report.csv_files import write_json
from sim.report.folder import atomic_folder
from sim.report.freight.tables import write_freight
from sim.report.manifest import manifest
from sim.report.oil.tables import write_calls
from sim.report.story import story
from sim.report.tables import write_daily, write_events, write_summary
from sim.scenario import Scenario
from sim.scenario.request import Request
from sim.studies.bound import Limits, limits


def write_results(
    scenario: Scenario,
    record: Record,
    out: Path,
    reference: Record | None = None,
    plots: bool = True,
    bound: Limits | None = None,
    request: Request | None = None,
) -> Path:
    """Write the folder `out`/<name>, data first and pictures after, and return it.

    It appears complete or not at all, in place of an earlier one of the same name. `bound` is the bound on
    the amounts that any plan could have moved, if it is known already; `request` is the command that made
    the run, else a call.

    Raises `InputError` when the place cannot be written to.
    """
    target = out / record.name
    with atomic_folder(target) as folder:
        values = summarise(record)
        if bound is None:
            bound = limits(scenario, record.replication, record.seed)
        write_summary(values, record, bound_summary(bound, record), folder)
        write_daily(record, folder / "daily.csv")
        write_events(record, folder / "events.csv")
        if record.network.shippers:
            write_calls(record, folder / "calls.csv")
        if record.network.demands:
            write_freight(record, folder)
        lines = "".join(f"{line.dated(record)}\n" for line in story(record))
        (folder / "story.txt").write_text(lines, encoding="utf-8")
        write_json(folder / "manifest.json", manifest(scenario, record.seed, record.replication, request))
        if plots:
            from sim.charts.figures import write_figures
            from sim.charts.registry import chart_groups
            from sim.report.page import write_report

            groups = list(chart_groups(record, reference))
            write_figures(record, folder, reference, groups)
            write_report(record, scenario, folder, reference, values, request, groups)
    return target
