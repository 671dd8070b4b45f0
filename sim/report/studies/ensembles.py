"""The folder of a scenario that was run many times: every replication, and what they say together."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from sim.errors import InputError, fail
from sim.measures import BoycottSpan, Span
from sim.report.csv_files import rounded, write_csv, write_json
from sim.report.folder import atomic_folder
from sim.report.manifest import manifest
from sim.scenario import Scenario
from sim.scenario.request import Request, call_request
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import CONFIDENCE
from sim.studies.request import Flow, MeasureRequest
from sim.studies.verdicts import spread

NINE_IN_TEN = (0.05, 0.95)
ABOUT = ("measure", "element", "title", "unit", "better")
REPLICATIONS = ("replication", "measure", "element", "value", "unit")
DAILY = ("date", "cargo", "way", "mean", "low", "high", "unit")
UNREADABLE = (OSError, ValueError, KeyError, TypeError, BadZipFile)


def write_ensemble(
    scenario: Scenario, found: Ensemble, out: Path, plots: bool = True, request: Request | None = None
) -> Path:
    """Write `out`/<name>/ whole, in place of an earlier one of the same name, and return it.

    Raises `InputError` when the place cannot be written to.
    """
    target = out / found.name
    with atomic_folder(target) as folder:
        write_csv(folder / "replications.csv", REPLICATIONS, _replications(found))
        write_estimates(found, folder)
        write_csv(folder / "daily.csv", DAILY, _daily(found))
        np.savez_compressed(folder / "daily.npz", daily=found.daily)
        if plots:
            from sim.charts.studies.draw import save_charts
            from sim.charts.studies.registry import ensemble_charts
            from sim.report.html.ensemble_page import write_ensemble_page

            save_charts(ensemble_charts(found), folder)
            write_ensemble_page(scenario, found, folder, request)
        write_json(folder / "manifest.json", ensemble_manifest(scenario, found, request))
    return target


def write_estimates(found: Ensemble, folder: Path) -> None:
    """estimates.csv and estimates.json: the mean of each measure and its interval."""
    columns = (
        "measure",
        "element",
        "title",
        "unit",
        "better",
        "mean",
        "half_width",
        "replications",
        "missed",
    )
    rows = [
        (
            *wanted.key,
            str(wanted),
            wanted.unit,
            wanted.better,
            rounded(one.mean) if one else None,
            rounded(one.half_width) if one else None,
            one.replications if one else 0,
            found.missed(wanted),
        )
        for wanted, one in found.estimates()
    ]
    write_csv(folder / "estimates.csv", columns, rows)
    content = {
        "name": found.name,
        "title": found.title,
        "start": str(found.start),
        "days": found.days,
        "seed": found.seed,
        "replications": len(found),
        "confidence": CONFIDENCE,
        "estimates": [dict(zip(columns, row, strict=True)) for row in rows],
        "stalled": {str(number): list(told) for number, told in found.stalled.items()},
    }
    write_json(folder / "estimates.json", content)


def about(base: Ensemble) -> dict[str, Any]:
    """What the summary of a study says first: of which scenario it is, how often and on which luck it ran."""
    return {
        "scenario": base.name,
        "title": base.title,
        "seed": base.seed,
        "replications": len(base),
        "confidence": CONFIDENCE,
    }


def ensemble_manifest(scenario: Scenario, found: Ensemble, request: Request | None = None) -> dict[str, Any]:
    """What an ensemble was made from; its digest is that of all that its answers depend on."""
    made = manifest(scenario, found.seed, 0, request or ensemble_request(scenario, found))
    made["replications"] = len(found)
    del made["replication"]
    made["digest"] = found.digest
    made["closures"] = [asdict(span) for span in found.spans]
    made["boycotts"] = [asdict(boycott) for boycott in found.boycotts]
    made["flows"] = [asdict(flow) for flow in found.flows]
    return made


def ensemble_request(scenario: Scenario, found: Ensemble) -> Request:
    """Return the request of an ensemble made from Python."""
    return call_request("sim.ensemble", scenario=scenario, replications=len(found))


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder of results. Raises `InputError` when it is none, or not of many runs."""
    file = folder / "manifest.json"
    if not file.is_file():
        raise fail("is no folder of results", file=folder, advice="give a scenario, or results/<name>")
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise _damaged(file) from None
    if "replication" in found:
        advice = "run it with --replications"
        raise fail("holds a single run, which cannot be compared with error bars", file=folder, advice=advice)
    if "digest" not in found:
        raise fail("holds no replications of one scenario", file=folder)
    return found


def read_ensemble(folder: Path, label: str = "") -> Ensemble:
    """An ensemble that was written earlier. Raises `InputError` when the folder does not hold one."""
    made = read_manifest(folder)
    try:
        told = json.loads((folder / "estimates.json").read_text(encoding="utf-8"))
        wanted = tuple(
            MeasureRequest(measure=one["measure"], element=one["element"], title=one["title"])
            for one in told["estimates"]
        )
        values = _values(folder / "replications.csv", len(wanted))
        with (folder / "daily.npz").open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
            daily = kept["daily"]
        if len(values) != made["replications"] or len(daily) != len(values):
            raise ValueError
        return Ensemble(
            label=label or folder.resolve().name,
            name=told["name"],
            title=told["title"],
            start=date.fromisoformat(told["start"]),
            days=told["days"],
            seed=made["seed"],
            digest=made["digest"],
            wanted=wanted,
            flows=tuple(Flow(**flow) for flow in made["flows"]),
            replications=tuple(range(len(values))),
            values=values,
            daily=daily,
            spans=tuple(Span(**_tuples(span)) for span in made["closures"]),
            boycotts=tuple(BoycottSpan(**_tuples(boycott)) for boycott in made["boycotts"]),
            stalled={int(number): tuple(some) for number, some in told["stalled"].items()},
        )
    except UNREADABLE:
        raise _damaged(folder) from None


def _tuples(item: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in item.items()}


def _damaged(file: Path) -> InputError:
    return fail("cannot be read as the result of many runs", file=file, advice="run it again")


def _replications(found: Ensemble) -> Iterator[tuple[Any, ...]]:
    """Every value with all its digits, so that what is read again is the same."""
    for replication, values in zip(found.replications, found.values.tolist(), strict=True):
        for wanted, value in zip(found.wanted, values, strict=True):
            yield replication, *wanted.key, "" if np.isnan(value) else repr(value), wanted.unit


def _values(file: Path, width: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    with file.open(encoding="utf-8", newline="") as text:
        rows = [float(row["value"] or "nan") for row in csv.DictReader(text)]
    return np.array(rows).reshape(-1, width)


def _daily(found: Ensemble) -> Iterator[tuple[str, ...]]:
    """Each flow day by day: the mean, and between what nine in ten replications lie."""
    days = [str(found.start + timedelta(days=day)) for day in range(found.daily.shape[2])]
    for place, flow in enumerate(found.flows):
        daily = found.daily[:, place].astype(float)
        columns = (daily.mean(axis=0), *np.quantile(daily, NINE_IN_TEN, axis=0))
        for day, *values in zip(days, *(column.tolist() for column in columns), strict=True):
            yield day, flow.cargo, flow.way, *(f"{value:.6g}" for value in values), f"{flow.unit}/day"


def estimates_table(ensembles: Sequence[Ensemble]) -> list[list[str]]:
    """Column titles, then a line for each measure with mean ± half-width of each ensemble."""
    wanted = dict.fromkeys(one for found in ensembles for one in found.wanted)
    lines = [["", *(found.label for found in ensembles), "unit"]]
    for one in wanted:
        cells = [_cell(found, one) for found in ensembles]
        if any(cells):
            lines.append([str(one), *(cell or "–" for cell in cells), one.unit])
    return lines


def _cell(found: Ensemble, wanted: MeasureRequest) -> str:
    """The mean and interval, and in how many runs it has none; nothing if it is nothing in all of them."""
    estimate = found.estimate(wanted) if wanted in found.wanted else None
    if estimate is None or (estimate.mean == 0.0 and not estimate.half_width):
        return ""
    missed = found.missed(wanted)
    return spread(estimate) + (f" ({missed} without)" if missed else "")
