"""Figure of a chart as plotly draws it."""

from __future__ import annotations

from plotly import graph_objects as go

from sim.charts.chart import Chart
from sim.charts.interactive.layout import layout
from sim.charts.interactive.sheet import PHONE, WIDE, Sheet
from sim.charts.interactive.traces import traces

__all__ = ["PHONE", "WIDE", "Sheet", "figure", "layout"]


def figure(chart: Chart, sheet: Sheet = WIDE) -> go.Figure:
    """Return the figure of a chart on a kind of page. Raises `ValueError` for what plotly does not know."""
    data = [trace for number, panel in enumerate(chart.panels, 1) for trace in traces(chart, panel, number)]
    listed: set[str] = set()
    for trace in data:
        if trace.showlegend:
            trace.showlegend = trace.name not in listed
            listed.add(trace.name)
    laid_out = {**layout(chart, sheet), "showlegend": bool(listed), "template": go.layout.Template()}
    return go.Figure(data=data, layout=laid_out)
