"""The plots of a sweep: a measure over what was varied, another measure being chosen by its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from sim.plots.style import FAINT, FILLS, INK
from sim.report.html.curves import Curve, plain, see_through
from sim.report.html.figure import NAME, PHONE, WIDE, Figure, Page, legend_height, surrounded
from sim.report.html.sweep_marks import crossings, even_line, usual_point
from sim.studies.estimates import Estimate, nine_in_ten
from sim.studies.formatting import headlines
from sim.studies.request import MeasureRequest
from sim.studies.sweep.study import Sweep
from sim.studies.verdicts import spread

HIGH, CLOUD = 320.0, 210.0  # pixels
TITLE, GAP = 20.0, 70.0
COLOUR = FILLS[0].colour
Ends = tuple[float | None, float | None]
SCALE = [[0.0, "#f7fbff"], [0.5, "#6baed6"], [1.0, "#08306b"]]


def sweep_figures(found: Sweep, level: float | None = None) -> Iterator[Figure]:
    """A plot of the first measure that varies: a line, a map of colours, or clouds of points.

    The first measure breaks even at `level`, else where it is as in the scenario as it is, as others do.
    """
    ordered = dict.fromkeys([*headlines(found.wanted), *found.wanted])
    varies = [wanted for wanted in ordered if len(set(_means(found, wanted))) > 1]
    made = [_figure(found, one, level if one == found.wanted[0] else None) for one in varies]
    if made:
        yield replace(made[0], others=made[1:])


def _means(found: Sweep, wanted: MeasureRequest) -> list[float | None]:
    some = (one.estimate(wanted) for one in found.ensembles)
    return [float(f"{one.mean:.6g}") if one else None for one in some]


def _figure(found: Sweep, wanted: MeasureRequest, level: float | None) -> Figure:
    names = [str(one) for one in found.varied]
    title = f"{wanted} over {' and '.join(one.number.title for one in found.varied)}"
    told = f"{len(found.base)} replications at each of {len(found.points)} points, all on the same luck"
    if len(names) == 1:
        data = [*_line(found, wanted), *crossings(found, wanted, level)]
        legend = [one["name"] for one in data if one.get("showlegend", True)]
        layouts = [_line_layout(names[0], wanted, legend, page) for page in (WIDE, PHONE)]
    elif len(names) == 2 and found.is_grid:
        data = _map(found, wanted, level)
        legend = [one["name"] for one in data if one["showlegend"]]
        ticks = [[f"{value:,.6g}" for value in tried] for tried in _tried(found)]
        layouts = [_map_layout(names, ticks, legend, page) for page in (WIDE, PHONE)]
    else:
        data = _clouds(found, wanted)
        told += "; each point is drawn once for each number, whatever the others are"
        layouts = [_clouds_layout(names, wanted, page) for page in (WIDE, PHONE)]
    return Figure(id="sweep", title=title, caption=told, data=data, layout=layouts[0], phone=layouts[1])


def _told(found: Sweep, wanted: MeasureRequest) -> list[str]:
    """What a point says of itself."""
    texts = []
    for point, one in zip(found.points, found.ensembles, strict=True):
        where = "\n".join(f"{name}: {value:,.6g}" for name, value in zip(found.varied, point, strict=True))
        estimate = one.estimate(wanted)
        texts.append(plain(f"{where}\n{wanted}: {spread(estimate) if estimate else '–'} {wanted.unit}"))
    return texts


def _line(found: Sweep, wanted: MeasureRequest) -> list[Curve]:
    order = np.argsort([point[0] for point in found.points], kind="stable").tolist()
    x = [found.points[n][0] for n in order]
    some = [found.ensembles[n] for n in order]
    estimates = [one.estimate(wanted) for one in some]
    ends = [nine_in_ten(one.column(wanted)) for one in some]
    halves = [_interval(one) for one in estimates]
    texts = _told(found, wanted)
    base = found.base.estimate(wanted)
    curves = [*_nine_in_ten(x, ends), *_band(x, halves)]
    curves.append(
        {
            "type": "scatter", "mode": "lines+markers", "name": "mean", "x": x,
            "y": [one.mean if one else None for one in estimates],
            "line": {"color": COLOUR, "width": 1.8}, "marker": {"size": 7},
            "text": [texts[n] for n in order], "hoverinfo": "text",
        }
    )  # fmt: skip
    if base:
        curves.append(
            {
                "type": "scatter", "mode": "lines", "name": "as it is", "x": [x[0], x[-1]],
                "y": [base.mean, base.mean], "line": {"color": INK, "dash": "dash", "width": 1.2},
                "text": [plain(f"as it is: {spread(base)} {wanted.unit}")] * 2, "hoverinfo": "text",
            }
        )  # fmt: skip
    return curves


def _interval(found: Estimate | None) -> Ends:
    if found is None:
        return None, None
    half = found.half_width or 0.0
    return found.mean - half, found.mean + half


def _band(x: list[float], ends: list[Ends]) -> list[Curve]:
    """The interval of the mean."""
    edge = {"type": "scatter", "mode": "lines", "x": x, "line": {"width": 0}, "hoverinfo": "skip"}
    filled = {"fill": "tonexty", "fillcolor": see_through(COLOUR, 0.25)}
    return [
        {**edge, "name": "", "y": [low for low, _ in ends], "showlegend": False},
        {**edge, "name": "95 % interval of the mean", "y": [high for _, high in ends], **filled},
    ]


def _nine_in_ten(x: list[float], ends: list[Ends]) -> list[Curve]:
    """What nine in ten replications lie between."""
    name, look = "nine in ten replications", {"color": COLOUR, "dash": "dot", "width": 1.1}
    edge = {"type": "scatter", "mode": "lines", "name": name, "legendgroup": name, "x": x, "line": look}
    edge |= {"hoverinfo": "skip"}
    return [
        {**edge, "y": [low for low, _ in ends]},
        {**edge, "y": [high for _, high in ends], "showlegend": False},
    ]


def _tried(found: Sweep) -> list[list[float]]:
    """The values of both numbers of a map, in order."""
    return [sorted({point[n] for point in found.points}) for n in (0, 1)]


def _map(found: Sweep, wanted: MeasureRequest, level: float | None) -> list[Curve]:
    """Colours in rows and columns that are all as wide, the line at which it breaks even, and a mark."""
    across, up = _tried(found)
    means, texts = _means(found, wanted), _told(found, wanted)
    place = {point: n for n, point in enumerate(found.points)}
    rows = [[means[place[one, two]] for one in across] for two in up]
    colours: Curve = {
        "type": "heatmap",
        "z": rows,
        "text": [[texts[place[one, two]] for one in across] for two in up],
        "hoverinfo": "text",
        "colorscale": SCALE,
        "xgap": 1,
        "ygap": 1,
        "colorbar": {"title": {"text": plain(wanted.unit)}, "thickness": 14},
        "name": "",
        "showlegend": False,
    }
    return [colours, *even_line(found, wanted, level, rows), *usual_point(found, across, up)]


def _clouds(found: Sweep, wanted: MeasureRequest) -> list[Curve]:
    means, texts = _means(found, wanted), _told(found, wanted)
    return [
        {
            "type": "scatter", "mode": "markers", "name": "", "showlegend": False,
            "x": [point[n] for point in found.points], "y": means, "text": texts, "hoverinfo": "text",
            "marker": {"color": COLOUR, "size": 7, "opacity": 0.7},
            "xaxis": f"x{n + 1 if n else ''}", "yaxis": f"y{n + 1 if n else ''}",
        }
        for n in range(len(found.varied))
    ]  # fmt: skip


def _axis(title: str) -> dict[str, Any]:
    return {
        "title": {"text": plain(title), "standoff": 4, "font": {"size": NAME}},
        "gridcolor": "#dddddd",
        "zeroline": False,
        "showline": True,
        "linecolor": FAINT,
        "separatethousands": True,
    }


def _named(wanted: MeasureRequest) -> str:
    return f"{wanted}, {wanted.unit}" if wanted.unit else str(wanted)


def _line_layout(name: str, wanted: MeasureRequest, legend: list[str], page: Page) -> dict[str, Any]:
    made = surrounded(page, HIGH, TITLE + legend_height(legend, page))
    made["legend"]["y"] = -(TITLE + 36.0) / HIGH
    made["hovermode"] = "closest"
    return {**made, "xaxis": _axis(name), "yaxis": {**_axis(_named(wanted)), "automargin": True}}


def _map_layout(names: list[str], ticks: list[list[str]], legend: list[str], page: Page) -> dict[str, Any]:
    made = surrounded(page, HIGH, TITLE + legend_height(["", *legend], page))
    made["legend"]["y"] = -(TITLE + 36.0) / HIGH
    across, up = (
        {
            **_axis(name),
            "showgrid": False,
            "automargin": True,
            "tickvals": [*range(len(told))],
            "ticktext": told,
        }
        for name, told in zip(names, ticks, strict=True)
    )
    return {**made, "hovermode": "closest", "xaxis": across, "yaxis": up}


def _clouds_layout(names: list[str], wanted: MeasureRequest, page: Page) -> dict[str, Any]:
    """A row for each number, one above the other."""
    whole = len(names) * CLOUD + (len(names) - 1) * GAP
    made = {**surrounded(page, whole, TITLE), "hovermode": "closest"}
    for n, name in enumerate(names):
        top = 1.0 - n * (CLOUD + GAP) / whole
        end = str(n + 1) if n else ""
        made[f"xaxis{end}"] = {**_axis(name), "anchor": f"y{end}"}
        made[f"yaxis{end}"] = {
            **_axis(_named(wanted)),
            "automargin": True,
            "domain": [max(top - CLOUD / whole, 0.0), top],
            "anchor": f"x{end}",
        }
    return made
