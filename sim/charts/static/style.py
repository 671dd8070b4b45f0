"""House style of pictures as matplotlib takes it."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.patheffects import AbstractPathEffect, withStroke
from matplotlib.transforms import Affine2D, ScaledTranslation, Transform

from sim.charts.style import FAINT, INK, Dash

STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "text.parse_math": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "grid.color": "#DDDDDD",
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.4,
    "text.color": INK,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "svg.hashsalt": "chokepoint",
}
DASHES: dict[Dash, Any] = {
    "solid": "-",
    "dash": (0, (4.5, 2.0)),
    "dot": (0, (1.2, 1.5)),
    "dashdot": (0, (6.0, 1.6, 1.2, 1.6)),
    "longdash": (0, (8.0, 2.5)),
}


def halo(width: float, colour: str = "white") -> list[AbstractPathEffect]:
    """Return the effect that surrounds a line or text so that it reads on any ground."""
    return [withStroke(linewidth=width, foreground=colour)]


def points_from(ax: Axes, x: float, y: float) -> Transform:
    """Return coordinates in points from a corner of the axes, (0, 0) being the lower left."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    corner = ScaledTranslation(x, y, ax.transAxes)  # type: ignore[arg-type]
    return Affine2D().scale(1 / 72) + figure.dpi_scale_trans + corner


def size_of(ax: Axes) -> tuple[float, float]:
    """Return the width and height of the axes in points."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    box = ax.get_window_extent()
    return float(box.width * 72 / figure.dpi), float(box.height * 72 / figure.dpi)
