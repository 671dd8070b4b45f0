"""The folder of a stress test: every loss and recovery in a table, who ranks where, and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sim.measures.freight.selectors import ALL
from sim.report.csv_files import short, write_csv, write_json
from sim.report.folder import atomic_folder
from sim.report.studies.ensembles import about, ensemble_manifest
from sim.scenario.naming import study_name
from sim.studies.formatting import format_estimate, format_loss, format_recovery
from sim.studies.stress.blow import Blow
from sim.studies.stress.found import COLUMNS, Stress
from sim.studies.stress.plan import PlannedStress
from sim.studies.stress.recovery import WHAT

MOST_LINES = 15  # of a ranking that is printed


def stress_name(planned: PlannedStress) -> str:
    return study_name(planned.scenario.name, "stress", [*planned.elements, *planned.measures])


def write_stress(planned: PlannedStress, found: Stress, out: Path, plots: bool = True) -> Path:
    """Write `out`/<name>-stress…/ whole and return it. Raises `InputError` when it cannot be written."""
    target = out / stress_name(planned)
    with atomic_folder(target) as folder:
        write_csv(folder / "stress.csv", COLUMNS, short(found.rows()))
        write_json(folder / "summary.json", _summary(planned, found))
        if plots:
            from sim.charts.studies.draw import save_charts
            from sim.charts.studies.registry import stress_charts
            from sim.report.html.stress_page import write_stress_page

            save_charts(stress_charts(found), folder)
            write_stress_page(planned, found, folder)
        made = ensemble_manifest(planned.scenario, found.base)
        made["closed from"] = str(planned.scenario.start + timedelta(days=planned.since))
        made["days"] = list(found.lengths)
        made["targets"] = {one.name: list(one.elements) for one in planned.targets}
        write_json(folder / "manifest.json", made)
    return target


def _summary(planned: PlannedStress, found: Stress) -> dict[str, Any]:
    return {
        **about(found.base),
        "closed from": str(planned.scenario.start + timedelta(days=planned.since)),
        "days": list(found.lengths),
        "loss": [str(wanted) for wanted in found.wanted],
        "recovery": WHAT,
        "by loss": {f"{days:g} days": _names(found.ranked(days)) for days in found.lengths},
        "pairs by loss": {f"{days:g} days": _names(found.ranked(days, True)) for days in found.lengths},
        "by time to recover": {f"{days:g} days": _names(found.slowest(days)) for days in found.lengths},
    }


def _names(blows: Sequence[Blow]) -> list[str]:
    return [one.target.name for one in blows]


def ranking_table(found: Stress) -> list[list[str]]:
    """Column titles, then a line for each of those that cost most when shut longest."""
    lengths = [f"{days:g} d" for days in found.lengths]
    heads = [*(f"lost, {one}" for one in lengths), *(f"back, {one}" for one in lengths)]
    lines = [["shut", "", *heads]]
    for one in found.ranked()[:MOST_LINES]:
        each = [found.of(one.target.name, days) for days in found.lengths]
        cells = [*(format_loss(found, blow) for blow in each), *map(format_recovery, each)]
        lines.append([one.target.name, one.target.kind, *cells])
    return lines


def pairs_table(found: Stress) -> list[list[str]]:
    """Column titles, then a line for each pair that costs more than the worse of the two alone."""
    longest = f"lost, {found.lengths[-1]:g} d"
    lines = [["shut together", longest, "more than the worse", "more than both", "back"]]
    for one in found.worse_together()[:MOST_LINES]:
        place = found.worst(one)
        more = [format_estimate(of(place)) for of in (one.beyond_worse, one.beyond_both)]
        lines.append([one.target.name, format_loss(found, one), *more, format_recovery(one)])
    return lines


def told_units(found: Stress) -> str:
    """What losses are told by: `Oil produced, all fields, in Mt; Dry cargo delivered, north, in kt`."""
    named: dict[tuple[str, str], list[str]] = {}
    for one in found.wanted:
        named.setdefault((str(one).removesuffix(f", {one.element}"), one.unit), []).append(one.element)
    return "; ".join(
        f"{', '.join([name, ' or '.join(elements)]) if elements != [ALL] else name}, in {unit}"
        for (name, unit), elements in named.items()
    )
