"""The folder of a sensitivity study: what every number does, how much rests on assumed ones, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.report.csv_files import rounded, short, write_csv, write_json
from sim.report.folder import atomic_folder
from sim.report.studies.ensembles import about, ensemble_manifest
from sim.report.studies.sensitivity_tables import MOST_LINES
from sim.scenario.naming import study_name
from sim.studies.sensitivity.found import COLUMNS, Sensitivity
from sim.studies.sensitivity.plan import PlannedSensitivity
from sim.studies.sensitivity.screening import Screening
from sim.studies.sensitivity.study import TOP


def sensitivity_name(planned: PlannedSensitivity) -> str:
    return study_name(planned.scenario.name, "sensitivity", [*planned.measures, *planned.patterns])


def write_sensitivity(
    planned: PlannedSensitivity,
    found: Sensitivity,
    out: Path,
    screenings: Sequence[Screening] = (),
    plots: bool = True,
    top: int = TOP,
) -> Path:
    """Write `out`/<name>-sensitivity…/ whole and return it; `top` numbers were run in full.

    Raises `InputError` when it cannot be written.
    """
    target = out / sensitivity_name(planned)
    with atomic_folder(target) as folder:
        write_csv(folder / "sensitivity.csv", COLUMNS, short(found.rows()))
        for one in screenings:
            write_csv(folder / f"{one.method}.csv", one.columns, short(one.rows()))
        write_json(folder / "summary.json", _summary(found, screenings))
        if plots:
            from sim.charts.studies.draw import save_charts
            from sim.charts.studies.registry import sensitivity_charts
            from sim.report.html.sensitivity_page import write_sensitivity_page

            save_charts(sensitivity_charts(found, screenings), folder)
            write_sensitivity_page(planned, found, screenings, top, folder)
        made = ensemble_manifest(planned.scenario, found.base)
        made["by"] = found.by
        made["numbers moved"] = {
            one.number.name: [rounded(one.low), rounded(one.high)] for one in planned.numbers
        }
        write_json(folder / "manifest.json", made)
    return target


def _summary(found: Sensitivity, screenings: Sequence[Screening]) -> dict[str, Any]:
    return {
        **about(found.base),
        "off by": found.by,
        "numbers": len(found.swings),
        "assumed": sum(one.ranged.is_assumed for one in found.swings),
        "rests on assumed numbers": [
            {"measure": str(wanted), "share": rounded(found.assumed_share(place))}
            for place, wanted in enumerate(found.wanted)
        ],
        "what that means": found.what_share_means,
        "foremost": [
            {"measure": str(wanted), "numbers": [one.name for one in found.ranked(place)[:MOST_LINES]]}
            for place, wanted in enumerate(found.wanted)
        ],
        "not moved": {one.name: one.why for one in found.fixed},
        "screenings": [
            {
                "method": one.method,
                "measure": str(one.wanted),
                "points": one.points,
                "replications": one.replications,
                "mean": rounded(one.mean),
                "deviation": rounded(one.deviation),
                "ranges": {
                    each.ranged.number.name: [rounded(each.ranged.low), rounded(each.ranged.high)]
                    for each in one.ranked()
                },
            }
            for one in screenings
        ],
    }
