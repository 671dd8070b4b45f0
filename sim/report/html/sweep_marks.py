"""What a sweep's plots mark: where it breaks even, and where the scenario lies as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sim.plots.style import INK
from sim.report.html.curves import Curve, plain
from sim.studies.request import MeasureRequest
from sim.studies.sweep.study import Sweep
from sim.studies.verdicts import spread

USUAL = {"symbol": "x", "size": 12, "color": "#ffffff", "line": {"color": INK, "width": 1.6}}
EVEN = {"symbol": "diamond", "size": 11, "color": "#ffffff", "line": {"color": INK, "width": 1.6}}


def crossings(found: Sweep, wanted: MeasureRequest, level: float | None) -> Iterator[Curve]:
    """Where a measure over a single number is at the level, with the range that the interval allows."""
    base = found.base.estimate(wanted)
    height = level if level is not None else base.mean if base else None
    if height is None:
        return
    some = found.break_evens(wanted, level).get((), [])
    ends = [[end for end in (one.low, one.high) if end is not None] for one in some]
    texts = [
        f"breaks even at {one.at:,.4g}{f' ({min(range):,.4g} to {max(range):,.4g})' if range else ''}"
        for one, range in zip(some, ends, strict=True)
    ]
    if some:
        yield {
            "type": "scatter", "mode": "markers", "name": "breaks even", "x": [one.at for one in some],
            "y": [height] * len(some), "marker": EVEN, "text": [plain(text) for text in texts],
            "hoverinfo": "text",
        }  # fmt: skip


def even_line(
    found: Sweep, wanted: MeasureRequest, level: float | None, means: Sequence[Sequence[float | None]]
) -> Iterator[Curve]:
    """On a map of rows of means, drawn at 0, 1, 2 … both ways: the line along which they are at the level."""
    base = found.base.estimate(wanted)
    height = level if level is not None else base.mean if base else None
    values = [value for row in means for value in row if value is not None]
    if height is None or not values or not min(values) < height < max(values):
        return
    unit = f" {wanted.unit}" if wanted.unit else ""
    told = f"as it is ({spread(base)}{unit})" if level is None and base else f"{height:,.6g}{unit}"
    yield {
        "type": "contour", "z": [list(row) for row in means], "name": plain(f"breaks even: {told}"),
        "contours": {"type": "constraint", "operation": "=", "value": height}, "showlegend": True,
        "line": {"color": INK, "width": 2.5, "smoothing": 0}, "hoverinfo": "skip",
    }  # fmt: skip


def usual_point(found: Sweep, across: Sequence[float], up: Sequence[float]) -> Iterator[Curve]:
    """On such a map, the scenario as it is, if it lies on it."""
    one, two = found.usual[:2]
    if one is None or two is None:
        return
    if across[0] <= one <= across[-1] and up[0] <= two <= up[-1]:
        place = [float(np.interp(at, tried, range(len(tried)))) for at, tried in ((one, across), (two, up))]
        yield {
            "type": "scatter", "mode": "markers", "name": "the scenario as it is", "x": place[:1],
            "y": place[1:], "marker": USUAL, "showlegend": True, "hoverinfo": "skip",
        }  # fmt: skip
