"""Charts drawn by matplotlib: PNG for slides, SVG for print."""

from sim.charts.static.figure import draw, save

__all__ = ["draw", "save"]
