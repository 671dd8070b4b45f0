"""The folder of a stress test: every loss and recovery in a table, who ranks where, and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sim.measures.choosing import ALL
from sim.report.csv_files import rounded, write_csv, write_json
from sim.report.ensembles import ensemble_manifest
from sim.report.folder import whole_folder
from sim.report.sweeps import study_name
from sim.studies.estimates import CONFIDENCE, Estimate
from sim.studies.stress_blow import Blow
from sim.studies.stress_found import COLUMNS, Stress
from sim.studies.stress_plan import PlannedStress
from sim.studies.stress_recovery import WHAT
from sim.studies.verdicts import spread

MOST_LINES = 15  # of a ranking that is printed


def stress_name(planned: PlannedStress) -> str:
    return study_name(planned.scenario, "stress")


def write_stress(planned: PlannedStress, found: Stress, out: Path, plots: bool = True) -> Path:
    """Write `out`/<name>-stress/ whole and return it. Raises `InputError` when it cannot be written."""
    target = out / stress_name(planned)
    with whole_folder(target) as folder:
        rows = ([rounded(cell) if isinstance(cell, float) else cell for cell in row] for row in found.rows())
        write_csv(folder / "stress.csv", COLUMNS, rows)
        write_json(folder / "summary.json", _summary(planned, found))
        if plots:
            from sim.report.html.stress_page import write_stress_page
            from sim.report.stress_plots import save_stress

            save_stress(found, folder)
            write_stress_page(planned, found, folder)
        made = ensemble_manifest(planned.scenario, found.base)
        made["closed from"] = str(planned.scenario.start + timedelta(days=planned.since))
        made["days"] = list(found.lengths)
        made["targets"] = {one.name: list(one.elements) for one in planned.targets}
        write_json(folder / "manifest.json", made)
    return target


def _summary(planned: PlannedStress, found: Stress) -> dict[str, Any]:
    return {
        "scenario": found.base.name,
        "title": found.base.title,
        "seed": found.base.seed,
        "replications": len(found.base),
        "confidence": CONFIDENCE,
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
        cells = [*(told_loss(found, blow) for blow in each), *map(told_recovery, each)]
        lines.append([one.target.name, one.target.kind, *cells])
    return lines


def pairs_table(found: Stress) -> list[list[str]]:
    """Column titles, then a line for each pair that costs more than the worse of the two alone."""
    longest = f"lost, {found.lengths[-1]:g} d"
    lines = [["shut together", longest, "more than the worse", "more than both", "back"]]
    for one in found.worse_together()[:MOST_LINES]:
        place = found.worst(one)
        more = [_cell(of(place)) for of in (one.beyond_worse, one.beyond_both)]
        lines.append([one.target.name, told_loss(found, one), *more, told_recovery(one)])
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


def told_loss(found: Stress, one: Blow) -> str:
    """What is lost by the measure by which it is most: `5.07 ± 0.25`, or `310 ± 23 middle (41%)`."""
    place = found.worst(one)
    loss, share = _cell(one.loss(place)), found.shares(one)[place]
    if len(found.wanted) == 1 or loss == "0":
        return loss
    wanted, told = found.wanted[place], f" ({share:.0%})" if found.whole(place) else ""
    return f"{loss} {wanted.measure if wanted.element == ALL else wanted.element}{told}"


def told_recovery(one: Blow) -> str:
    """The days until all was back, such as `36 ± 2`, and in how many runs that never came."""
    if not one.fell:
        return "–"
    back = one.recovery
    among = f" ± {back.half_width:.0f}" if back and back.half_width and back.half_width >= 0.5 else ""
    never = f"not back in {one.lasting} of {one.fell}" if one.lasting else ""
    return ", ".join(filter(None, (f"{back.mean:.0f}{among}" if back else "", never)))


def _cell(found: Estimate | None) -> str:
    return "–" if found is None else "0" if not found.mean and not found.half_width else spread(found)
