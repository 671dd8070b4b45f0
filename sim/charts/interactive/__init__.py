"""Charts drawn by plotly: for the page, where they answer to the mouse."""

from sim.charts.interactive.figure import PHONE, WIDE, Sheet, figure, layout

__all__ = ["PHONE", "WIDE", "Sheet", "figure", "layout"]
