"""Lines, sizes and colours of a map's scene as SVG and CSS take them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.charts.map import palette
from sim.charts.map.courses import MODES
from sim.charts.map.projection import WIDTH
from sim.charts.map.signs import AREA_SIZE, NAME_SIZE
from sim.measures.series import Numbers

MAP_WIDTH = WIDTH
MAP_STYLE = {
    "name-size": f"{NAME_SIZE}px",
    "area-size": f"{AREA_SIZE}px",
    "land": palette.LAND,
    "sea": palette.SEA,
    "coast": palette.COAST,
    "border": palette.BORDER,
    "less-edge": palette.LESS_EDGE,
    "more-edge": palette.MORE_EDGE,
    "held": palette.HELD,
    "strained": palette.STRAINED,
    **{f"area-{kind}": colour for kind, colour in palette.AREA_COLOURS.items()},
    **{f"mode-{mode}": colour for mode, colour in MODES.items()},
}
"""Custom properties of the map's style."""


def svg_path(lines: Sequence[Numbers], closed: bool = False) -> str:
    """Return lines as the `d` of an SVG path, in points of the sheet to a tenth."""
    return "".join(_path(line, closed) for line in lines)


def _path(line: Numbers, closed: bool) -> str:
    rounded = np.round(line, 1)
    rounded = rounded[np.append(True, np.any(np.diff(rounded, axis=0) != 0.0, axis=1))]
    steps = "L".join(f"{x:g} {y:g}" for x, y in rounded.tolist())
    return f"M{steps}{'Z' if closed else ''}"
