"""What all pages have in common: their templates, their colours, and the plots as their script takes them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from sim.plots.style import BOYCOTTED, CLOSED, FAINT, FILLS, INK, PLANNED, THROTTLED, UNPLANNED
from sim.report.html import embed
from sim.report.html.balance import tonnes
from sim.report.html.map_svg import svg_path
from sim.report.html.measured import sorted_by, written
from sim.report.html.plots import Plot
from sim.report.manifest import version

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


def rendered(template: str, title: str, plots: Sequence[Plot], data: dict[str, Any], **more: Any) -> str:
    """A page as text, with all that it needs in it; `data` is for its scripts."""
    return _environment().get_template(template).render(
        title=title,
        version=version("chokepoint"),
        plots=plots,
        data={**data, "plots": [_plot(plot) for plot in plots], "colours": COLOURS},
        plotly=embed.plotly() if plots else None,
        colours=COLOURS,
        **more,
    )  # fmt: skip


def _plot(plot: Plot) -> dict[str, Any]:
    return {
        "id": plot.id,
        "shown": [
            {
                "title": one.title,
                "caption": one.caption,
                "data": one.data,
                "layout": one.layout,
                "phone": one.phone,
            }
            for one in (plot, *plot.others)
        ],
    }


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("sim.report.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["own"] = embed.own
    made.filters |= {
        "svg_path": svg_path,
        "data": embed.data,
        "written": written,
        "sorted_by": sorted_by,
        "tonnes": tonnes,
    }
    return made
