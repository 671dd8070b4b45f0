"""The plot of all differences from the first variant: dots with intervals, each measure on its own scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sim.charts import text_metrics
from sim.plots.style import FAINT, INK, Stroke, strokes
from sim.plots.whiskers import BETTER
from sim.report.html.curves import Curve, plain, see_through
from sim.report.html.figure import MARKERS, NAME, PHONE, WIDE, Figure, Page, legend_height, surrounded
from sim.report.html.strip import POINTS
from sim.studies.compare import Comparison
from sim.studies.differences import Difference
from sim.studies.formatting import format_difference
from sim.studies.verdicts import verdict

LINE, PHONE_LINE = 15.0, 18.0  # pixels
WIDEST_NAME = 330.0
BESIDE = 10.0
END = 1.08  # where the axis ends; the farthest whisker of each measure ends at 1
TINT = see_through(BETTER, 0.1)
HOLLOW = "hollow: no detectable difference"
SIDE = "the better side"

Block = list[Difference]
"""What the variants make of one measure."""


def whisker_figure(found: Comparison) -> Figure | None:
    """All differences; measures that nothing changes are left out. None where nothing differs."""
    blocks = [_block(found, wanted) for wanted in dict.fromkeys(one.request for one in found.differences)]
    shown = [block for block in blocks if any(map(_is_drawn, block))]
    if not shown:
        return None
    looks = strokes(len(found.ensembles))[1:]
    labels = [one.label for one in found.others]
    data = [_dots(shown, label, place, looks[place]) for place, label in enumerate(labels)]
    names = [*labels, HOLLOW, SIDE]
    told = f"Difference from {found.base.label}, each measure on a scale of its own; 95 % intervals"
    same = sum(all(one.identical for one in block) for block in blocks)
    if same:
        told += f"; {same} more are identical"
    told_widths = [text_metrics.width(_told(one), 8.5) for block in shown for one in block]
    name_widths = [text_metrics.width(str(block[0].request), NAME * POINTS) for block in shown]
    left = min(max(name_widths) / POINTS, WIDEST_NAME) + BESIDE + 6.0
    wide = replace(WIDE, left=left, right=max(told_widths) / POINTS + 16.0)
    return Figure(
        id="whiskers",
        title="What differs, and how surely",
        told=told,
        data=[*data, *_signs(labels, looks)],
        layout=_layout(shown, names, wide, is_wide=True),
        phone=_layout(shown, names, replace(PHONE, left=14.0), is_wide=False),
    )


def _block(found: Comparison, wanted: object) -> Block:
    some = {one.variant: one for one in found.differences if one.request == wanted}
    return [some[one.label] for one in found.others if one.label in some]


def _is_drawn(one: Difference) -> bool:
    return not one.identical and one.difference is not None and one.difference.half_width is not None


def _ends(one: Difference) -> tuple[float, float]:
    """A difference and its half-width."""
    if not _is_drawn(one) or one.difference is None:
        return 0.0, 0.0
    return one.difference.mean, one.difference.half_width or 0.0


def _scale(block: Block) -> float:
    return max(abs(mean) + half for mean, half in map(_ends, block)) or 1.0


def _tops(blocks: Sequence[Block]) -> list[int]:
    """Where each block begins, in lines: each has a line for its name and one for each variant."""
    tops = [0]
    for block in blocks:
        tops.append(tops[-1] + len(block) + 1)
    return tops


def _told(one: Difference) -> str:
    if not _is_drawn(one):
        return "identical" if one.identical else "–"
    return format_difference(one)


def _dots(blocks: Sequence[Block], label: str, place: int, look: Stroke) -> Curve:
    """The dots of one variant."""
    some = [
        (top + 1.0 + number, _scale(block), one)
        for top, block in zip(_tops(blocks), blocks, strict=False)
        for number, one in enumerate(block)
        if one.variant == label and _is_drawn(one)
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plain(label),
        "legendgroup": plain(label),
        "showlegend": False,
        "x": [_short(_ends(one)[0] / scale) for _, scale, one in some],
        "y": [y for y, _, _ in some],
        "error_x": {
            "type": "data",
            "array": [_short(_ends(one)[1] / scale) for _, scale, one in some],
            "color": look.colour,
            "thickness": 1.7,
            "width": 0,
        },
        "marker": {
            "symbol": MARKERS[place % len(MARKERS)],
            "size": 8,
            "color": [look.colour if one.is_detected else "#ffffff" for _, _, one in some],
            "line": {"color": look.colour, "width": 1.5},
        },
        "text": [plain(f"{one.request}\n{label}: {_told(one)}\n{verdict(one)}") for _, _, one in some],
        "hoverinfo": "text",
    }


def _signs(labels: Sequence[str], looks: Sequence[Stroke]) -> list[Curve]:
    """What stands in the legend: the variants, and what hollow dots and tinted sides mean."""
    signs: dict[str, dict[str, Any]] = {
        label: {"symbol": MARKERS[place % len(MARKERS)], "size": 8, "color": looks[place].colour}
        for place, label in enumerate(labels)
    }
    signs[HOLLOW] = {
        "symbol": "circle",
        "size": 8,
        "color": "#ffffff",
        "line": {"color": FAINT, "width": 1.5},
    }
    signs[SIDE] = {"symbol": "square", "size": 12, "color": see_through(BETTER, 0.25)}
    nowhere = {"type": "scatter", "mode": "markers", "x": [None], "y": [None], "hoverinfo": "skip"}
    return [
        {**nowhere, "name": plain(name), "legendgroup": plain(name), "marker": marker}
        for name, marker in signs.items()
    ]


def _layout(blocks: Sequence[Block], names: Sequence[str], page: Page, is_wide: bool) -> dict[str, Any]:
    tops = _tops(blocks)
    whole = (LINE if is_wide else PHONE_LINE) * (tops[-1] + 0.5)
    notes = [_name(block, top, page, is_wide) for block, top in zip(blocks, tops, strict=False)]
    if is_wide:
        notes += [
            _beside(one, top + 1.0 + number)
            for block, top in zip(blocks, tops, strict=False)
            for number, one in enumerate(block)
        ]
    return {
        **surrounded(page, whole, legend_height(names, page)),
        "hovermode": "closest",
        "xaxis": {
            "range": [-END, END],
            "tickvals": [0],
            "ticktext": ["no difference"],
            "fixedrange": True,
            "showgrid": False,
            "zeroline": True,
            "zerolinecolor": INK,
        },
        "yaxis": {"range": [tops[-1] + 0.5, 0.0], "visible": False, "fixedrange": True},
        "shapes": [
            _side(block, top)
            for block, top in zip(blocks, tops, strict=False)
            if block[0].request.better != "neither"
        ],
        "annotations": notes,
    }


def _side(block: Block, top: int) -> dict[str, Any]:
    """The side on which a difference is for the better."""
    return {
        "type": "rect",
        "layer": "below",
        "xref": "x",
        "yref": "y",
        "x0": 0.0,
        "x1": END if block[0].request.better == "more" else -END,
        "y0": top + 0.4,
        "y1": top + len(block) + 0.6,
        "fillcolor": TINT,
        "line": {"width": 0},
    }


def _name(block: Block, top: int, page: Page, is_wide: bool) -> dict[str, Any]:
    room = (WIDEST_NAME if is_wide else page.least) * POINTS
    return {
        "text": plain(text_metrics.shortened(str(block[0].request), NAME * POINTS, room)),
        "x": 0,
        "xref": "paper",
        "xanchor": "right" if is_wide else "left",
        "xshift": -BESIDE if is_wide else 0,
        "y": top + (1.0 + len(block)) / 2 if is_wide else top + 0.1,
        "yref": "y",
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": NAME, "color": INK},
    }


def _beside(one: Difference, y: float) -> dict[str, Any]:
    """The difference in figures, beside its dot's line."""
    return {
        "text": plain(_told(one)),
        "x": 1,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 6,
        "y": y,
        "yref": "y",
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": 11, "color": INK if one.is_detected else FAINT},
    }


def _short(value: float) -> float:
    return float(f"{value:.5g}")
