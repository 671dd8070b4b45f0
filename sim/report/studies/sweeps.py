"""The folder of a sweep: what came of every point, where measures break even, and pictures of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sim.errors import fail, option
from sim.network import Network
from sim.network.forms import cargo_of
from sim.report.csv_files import rounded, short, write_csv, write_json
from sim.report.folder import atomic_folder
from sim.report.studies.ensembles import about, ensemble_manifest
from sim.scenario.naming import study_name
from sim.studies.estimates import Estimate
from sim.studies.formatting import headlines
from sim.studies.request import MeasureRequest
from sim.studies.sweep.break_even import BreakEven
from sim.studies.sweep.plan import PlannedSweep
from sim.studies.sweep.study import Sweep
from sim.studies.verdicts import spread
from sim.units import parse, spelled

MOST_LINES = 40  # of a table that is printed
MOST_SHOWN = 3  # measures in it


def sweep_name(planned: PlannedSweep) -> str:
    return study_name(planned.scenario.name, "sweep", [one.number.name for one in planned.varied])


def write_sweep(
    planned: PlannedSweep, found: Sweep, out: Path, level: float | None = None, plots: bool = True
) -> Path:
    """Write `out`/<name>-sweep-<numbers>/ whole and return it.

    The first measure breaks even at `level`, else where it is as in the scenario as it is. Raises
    `InputError` when the place cannot be written to.
    """
    target = out / sweep_name(planned)
    with atomic_folder(target) as folder:
        write_csv(folder / "sweep.csv", found.columns, short(found.rows()))
        write_json(folder / "summary.json", _summary(found, level))
        if plots:
            from sim.charts.studies.draw import save_charts
            from sim.charts.studies.registry import sweep_charts
            from sim.report.html.sweep_page import write_sweep_page

            save_charts(sweep_charts(found, level), folder)
            write_sweep_page(planned, found, level, break_even_lines(found, level), folder)
        made = ensemble_manifest(planned.scenario, found.base)
        made["varied"] = [_varied(found, place) for place in range(len(found.varied))]
        made["points"] = {one.label: one.digest for one in found.ensembles}
        write_json(folder / "manifest.json", made)
    return target


def _varied(found: Sweep, place: int) -> dict[str, Any]:
    one = found.varied[place]
    return {
        "number": one.number.name,
        "unit": one.number.unit,
        "as it is": found.usual[place],
        "values" if found.is_grid else "between": list(one.values),
    }


def _summary(found: Sweep, level: float | None) -> dict[str, Any]:
    return {
        **about(found.base),
        "design": "grid" if found.is_grid else "Latin hypercube",
        "points": len(found.points),
        "varied": [_varied(found, place) for place in range(len(found.varied))],
        "break-even": [
            {
                "measure": str(wanted),
                "at": "as it is" if each is None else each,
                "along": found.varied[0].number.name,
                "where": dict(zip((one.number.name for one in found.varied[1:]), others, strict=True)),
                "values": [_ends(one) for one in some],
            }
            for wanted, each in _levels(found, level)
            for others, some in found.break_evens(wanted, each).items()
        ],
    }


def _levels(found: Sweep, level: float | None) -> Iterator[tuple[MeasureRequest, float | None]]:
    for place, wanted in enumerate(found.wanted):
        yield wanted, level if place == 0 else None


def _ends(one: BreakEven) -> dict[str, float | None]:
    return {"value": rounded(one.at), "low": rounded(one.low), "high": rounded(one.high)}


def sweep_table(found: Sweep) -> list[list[str]]:
    """Column titles, a line for the scenario as it is, and one for each point: the first few measures."""
    shown = headlines(found.wanted)[:MOST_SHOWN]
    titles = [f"{wanted}, {wanted.unit}" if wanted.unit else str(wanted) for wanted in shown]
    lines = [[*map(str, found.varied), *titles]]
    usual = ["" if value is None else f"{value:,.6g}" for value in found.usual]
    lines.append([*usual, *(f"{_cell(found.base.estimate(wanted))} as it is" for wanted in shown)])
    for point, one in list(zip(found.points, found.ensembles, strict=True))[:MOST_LINES]:
        values = [f"{value:,.6g}" for value in point]
        lines.append([*values, *(_cell(one.estimate(wanted)) for wanted in shown)])
    return lines


def _cell(found: Estimate | None) -> str:
    return "–" if found is None else spread(found)


def break_even_lines(found: Sweep, level: float | None = None) -> list[str]:
    """Where the first measures break even, in words; of a level asked for also if that is nowhere."""
    if not found.is_line_by_line:
        return (
            [] if level is None else ["Between the points of a Latin hypercube a break-even is only drawn."]
        )
    lines = []
    for wanted, each in _levels(found, level):
        if wanted not in headlines(found.wanted)[:MOST_SHOWN]:
            continue
        among = found.break_evens(wanted, each)
        if each is not None and not any(among.values()):
            lines.append(
                f"{wanted} is nowhere {_told_level(wanted, each)} along {found.varied[0].number.name}"
            )
        for others, some in among.items():
            where = ", ".join(
                f"{varied.number.name} {value:,.6g} {spelled(varied.number.unit)}".strip()
                for varied, value in zip(found.varied[1:], others, strict=True)
            )
            lines += [_in_words(found, wanted, each, where, one) for one in some]
    return lines


def _in_words(found: Sweep, wanted: MeasureRequest, level: float | None, where: str, one: BreakEven) -> str:
    number = found.varied[0].number
    told = "as it is" if level is None else _told_level(wanted, level)
    among = f" ({one.low:,.4g} to {one.high:,.4g})" if one.low is not None and one.high is not None else ""
    at = f"{number.name} {one.at:,.4g}{among} {spelled(number.unit)}".strip()
    return f"{wanted} is {told} at {at}{', where ' if where else ''}{where}"


def _told_level(wanted: MeasureRequest, level: float) -> str:
    return f"{level:,.6g} {wanted.unit}".strip()


def read_level(text: str, wanted: Sequence[MeasureRequest], network: Network) -> float:
    """The value at which the only measure breaks even, in its unit; barrels are of the network's oil.

    Raises `InputError`.
    """
    if len(wanted) != 1:
        raise fail(
            "a break-even is of one measure", key="--break-even", value=text, advice="name one --measure"
        )
    unit = {"%": "percent", "days": "day", "date": "day"}.get(wanted[0].unit, wanted[0].unit)
    oil = cargo_of("", network.cargoes)
    with option("--break-even", text):
        return parse(text, unit, oil.barrels_per_tonne if oil else None)
