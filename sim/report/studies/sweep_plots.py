"""What a sweep found, handed to the plots that draw it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np

from sim.plots.figures import save
from sim.plots.sweep import Crossing, Scale, Tried, sweep_line
from sim.plots.sweep_maps import sweep_map
from sim.plots.sweep_panels import sweep_clouds, sweep_maps
from sim.studies.estimates import nine_in_ten
from sim.studies.formatting import headlines
from sim.studies.request import MeasureRequest
from sim.studies.sweep.study import Sweep
from sim.studies.verdicts import spread
from sim.units import spelled

Axes = Any  # of matplotlib, which only plots know


def draw_sweep(
    found: Sweep, wanted: MeasureRequest | None = None, level: float | None = None, ax: Axes | None = None
) -> Axes:
    """A measure (by default the first) over what was varied: a line, a heat map, or several.

    It breaks even where it is at `level`, else where it is as in the scenario as it is.
    """
    tried = tried_of(found, wanted or headlines(found.wanted)[0], level)
    if len(found.varied) == 1:
        return sweep_line(tried, ax)
    if len(found.varied) == 2:
        return sweep_map(tried, ax)
    return sweep_maps(tried, ax) if found.is_grid else sweep_clouds(tried, ax)


def save_sweep(found: Sweep, folder: Path, level: float | None = None) -> list[Path]:
    """Write a picture of each measure that matters most, as PNG and SVG; of a single one, sweep.png."""
    shown = headlines(found.wanted)
    files: list[Path] = []
    for wanted in shown:
        name = "sweep" if len(shown) == 1 else file_name(wanted)
        files += save(draw_sweep(found, wanted, level if wanted == found.wanted[0] else None), folder, name)
    return files


def file_name(wanted: MeasureRequest) -> str:
    """A measure's name as that of a file, such as curtailed-KZ."""
    text = f"{wanted.measure}-{wanted.element}".replace("*", "all")
    return re.sub(r"[^\w.]+", "-", text).strip("-")


def tried_of(found: Sweep, wanted: MeasureRequest, level: float | None) -> Tried:
    estimates = [one.estimate(wanted) for one in found.ensembles]
    ends = [nine_in_ten(one.column(wanted)) for one in found.ensembles]
    base = found.base.estimate(wanted)
    unit = f" {wanted.unit}" if wanted.unit else ""
    crossings = found.break_evens(wanted, level).get((), []) if len(found.varied) == 1 else []
    return Tried(
        title=found.base.title,
        measure=str(wanted),
        unit=wanted.unit,
        better=wanted.better,
        replications=len(found.base),
        scales=tuple(
            Scale(
                name=one.number.title,
                unit=spelled(one.number.unit),
                ends=(min(one.values), max(one.values)),
                usual=usual,
            )
            for one, usual in zip(found.varied, found.usual, strict=True)
        ),
        points=np.array(found.points, dtype=float),
        mean=np.array([one.mean if one else np.nan for one in estimates]),
        half_width=np.array([(one.half_width or 0.0) if one else np.nan for one in estimates]),
        low=np.array([np.nan if low is None else low for low, _ in ends]),
        high=np.array([np.nan if high is None else high for _, high in ends]),
        level=level if level is not None else base.mean if base else np.nan,
        level_name=(
            f"no difference from the scenario as it is ({spread(base) if base else '–'}{unit})"
            if level is None
            else f"break-even at {level:,.6g}{unit}"
        ),
        is_grid=found.is_grid,
        crossings=[Crossing(at=one.at, low=one.low, high=one.high) for one in crossings],
    )
