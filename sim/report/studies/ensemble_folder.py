"""Folders of earlier ensembles, read again to be compared."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from sim.errors import InputError, fail
from sim.measures import BoycottSpan, Span
from sim.measures.series import Numbers
from sim.studies.ensemble import Ensemble
from sim.studies.request import Flow, MeasureRequest

UNREADABLE = (OSError, ValueError, KeyError, TypeError, BadZipFile)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a folder of results. Raises `InputError` unless it is one of an ensemble."""
    file = folder / "manifest.json"
    if not file.is_file():
        raise fail("is no folder of results", file=folder, advice="give a scenario, or results/<name>")
    try:
        manifest: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise _damaged(file) from None
    if "replication" in manifest:
        message = "holds a single run, which cannot be compared with error bars"
        raise fail(message, file=folder, advice="run it with --replications")
    if "digest" not in manifest or "estimates" not in _summary(folder):
        raise fail("holds no replications of one scenario", file=folder)
    return manifest


def read_ensemble(folder: Path, label: str = "") -> Ensemble:
    """Return an ensemble that was written earlier. Raises `InputError` when the folder holds none."""
    manifest, summary = read_manifest(folder), _summary(folder)
    try:
        requests = tuple(
            MeasureRequest(measure=row["measure"], element=row["element"], title=row["title"])
            for row in summary["estimates"]
        )
        values = _values(folder / "replications.csv", len(requests))
        with (folder / "daily.npz").open("rb") as opened, np.load(opened, allow_pickle=False) as arrays:
            daily = arrays["daily"]
        if len(values) != manifest["replications"] or len(daily) != len(values):
            raise ValueError
        return Ensemble(
            label=label or folder.resolve().name,
            name=summary["scenario"],
            title=summary["title"],
            start=date.fromisoformat(summary["start"]),
            days=summary["days"],
            seed=manifest["seed"],
            digest=manifest["digest"],
            requests=requests,
            flows=tuple(Flow(**flow) for flow in manifest["flows"]),
            replications=tuple(range(len(values))),
            values=values,
            daily=daily,
            spans=tuple(Span(**_tuples(span)) for span in manifest["closures"]),
            boycotts=tuple(BoycottSpan(**_tuples(boycott)) for boycott in manifest["boycotts"]),
            stalled={int(number): tuple(reasons) for number, reasons in summary["stalled"].items()},
        )
    except UNREADABLE:
        raise _damaged(folder) from None


def _summary(folder: Path) -> dict[str, Any]:
    try:
        summary: dict[str, Any] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    except UNREADABLE:
        raise _damaged(folder) from None
    return summary


def _tuples(item: dict[str, Any]) -> dict[str, Any]:
    return {key: _tuple(value) for key, value in item.items()}


def _tuple(value: Any) -> Any:
    return tuple(_tuple(item) for item in value) if isinstance(value, list) else value


def _damaged(file: Path) -> InputError:
    return fail("cannot be read as the result of many runs", file=file, advice="run it again")


def _values(file: Path, width: int) -> Numbers:
    with file.open(encoding="utf-8", newline="") as text:
        rows = [float(row["value"] or "nan") for row in csv.DictReader(text)]
    return np.array(rows).reshape(-1, width)
