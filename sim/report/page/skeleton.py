"""Skeleton of all pages: templates, colours, and charts as their script reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from sim.charts.chart import Chart
from sim.charts.style import BOYCOTTED, CLOSED, FAINT, FILLS, INK, PLANNED, THROTTLED, UNPLANNED
from sim.report.manifest import version
from sim.report.page import embed
from sim.report.page.balance import tonnes
from sim.report.page.map_view import svg_path
from sim.report.page.measured import sorted_by, written
from sim.report.page.plots import plots_of

NAME = "report.html"
COLOURS = {
    "ink": INK,
    "faint": FAINT,
    "closed": CLOSED,
    "unplanned": UNPLANNED,
    "planned": PLANNED,
    "boycotted": BOYCOTTED,
    "more": THROTTLED,
    "held": FILLS[5].colour,
    "strained": FILLS[4].colour,
}


def rendered(
    template: str, title: str, groups: Iterable[Sequence[Chart]], data: dict[str, Any], **more: Any
) -> str:
    """Return a page as text, with everything it needs in it.

    The reader can choose among the charts of a group. `data` is for the scripts of the page.
    """
    plots = plots_of(groups)
    return (
        _environment()
        .get_template(template)
        .render(
            title=title,
            version=version("chokepoint"),
            plots=plots,
            data={**data, "plots": [plot.as_data() for plot in plots], "colours": COLOURS},
            plotly=embed.plotly() if plots else None,
            colours=COLOURS,
            **more,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sim.report.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["own"] = embed.own
    environment.filters |= {
        "svg_path": svg_path,
        "data": embed.data,
        "written": written,
        "sorted_by": sorted_by,
        "tonnes": tonnes,
    }
    return environment
