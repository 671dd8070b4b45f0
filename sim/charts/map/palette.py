"""Colours and dashes of a map: its ground, names of countries and seas, modes, and changed flows."""

from __future__ import annotations

from typing import Literal

Mode = Literal["pipeline", "rail", "road", "sea"]
MODES: dict[Mode, str] = {"pipeline": "#3B3B3B", "rail": "#E69F00", "road": "#009E73", "sea": "#0072B2"}
"""Colours; roads and sea legs are dashed as well, so that they differ in grey too."""
DASHES: dict[Mode, tuple[float, float]] = {"road": (0.8, 0.5), "sea": (1.8, 0.6)}
"""Dash and gap in line widths, of a line at least `MIN_DASHED` wide."""
MIN_DASHED = 2.5
LAND, SEA, COAST, BORDER = "#F5F2EA", "#DCE9F1", "#A9B4B8", "#C4BBA9"
AREA_COLOURS = {"country": "#6F6757", "sea": "#3F6C8C"}
LESS_EDGE, MORE_EDGE = "#E8763A", "#7B3FA0"
HELD, STRAINED = "#56B4E9", "#D55E00"


def dashes(mode: Mode, width: float) -> tuple[float, float] | None:
    """Return dash and gap, in points, of a line of some width; None for a solid one."""
    if mode not in DASHES:
        return None
    dash, gap = DASHES[mode]
    return dash * max(width, MIN_DASHED), gap * max(width, MIN_DASHED)
