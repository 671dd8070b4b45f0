"""Consignments on their way along a corridor: distance against date, waiting as level stretches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from sim.charts import text_metrics
from sim.measures.intervals import event_intervals
from sim.network.network import Network
from sim.plots.dates import on_axis
from sim.plots.frame import LEFT, surround
from sim.plots.freight import main_corridor
from sim.plots.spine import Course, Spine, apart, courses, spine_of
from sim.plots.stack import empty
from sim.plots.style import UNPLANNED, Stroke, blank, styled

if TYPE_CHECKING:
    from sim.measures.record import Record

HEIGHT = 380.0
SIZE = 8.5
MOST = 48
APART = 1.7  # points
WAYS = {True: ("Westward", Stroke("#0072B2", "-")), False: ("Eastward", Stroke("#D55E00", "--"))}


@styled
def space_time(record: Record, cargo: str, ax: Axes | None = None, most: int = MOST) -> Axes:
    """Where consignments were and when, along the main corridor of a cargo that has one.

    Each line is one consignment, up to `most` each way, evenly picked by date of birth, of any corridor
    of the same group, where it shares these lines. A level stretch is waiting; those who wait together
    are drawn beside each other, on the side that they come from. Storms are shaded at their port.
    """
    own, ax = ax is None, ax or blank()
    corridor = main_corridor(record, cargo)
    assert corridor is not None
    spine = spine_of(record.network, corridor)
    far = max(spine.places.values())
    some = apart(courses(record, corridor, spine, most), far * APART / HEIGHT)
    for west, (name, stroke) in WAYS.items():
        _draw(ax, record, [course for course in some if course.westward == west], name, stroke)
    _storms(ax, record, spine, 0.012 * far)
    ax.set_ylim(-0.03 * far, 1.03 * far)
    labels = _named(record.network, spine, far)
    ax.set_yticks(list(labels), list(labels.values()), fontsize=SIZE)
    ax.set_ylabel("Distance along the corridor (km)")
    if not some:
        empty(ax, "nothing travelled here")
    kind = record.network.cargoes[cargo]
    surround(
        ax,
        record.title,
        f"{corridor.name}: some consignments of {kind.name.lower()}, level where they wait",
        record.start,
        record.days,
        record.spans,
        own=own,
        boycotts=record.boycotts,
        height=HEIGHT,
        left=max(LEFT, 34.0 + max(text_metrics.width(label, SIZE) for label in labels.values())),
    )
    return ax


def _draw(ax: Axes, record: Record, some: list[Course], name: str, stroke: Stroke) -> None:
    if not some:
        return
    lines = [np.column_stack((on_axis(record.start, one.days), one.kilometres)) for one in some]
    drawn = LineCollection(
        lines, colors=stroke.colour, linewidths=0.9, linestyles=stroke.dashes, alpha=0.75, zorder=2.5
    )
    drawn.set_label(name)
    ax.add_collection(drawn, autolim=False)


def _storms(ax: Axes, record: Record, spine: Spine, half: float) -> None:
    label = "Storm at a port"
    for place, at in spine.places.items():
        for first, last in event_intervals(
            record.journal.events, "storm", "calm", place, record.days
        ).pairs():
            left, right = on_axis(record.start, [first, last])
            ax.fill_between(
                [left, right], at - half, at + half, facecolor=UNPLANNED, alpha=0.45, linewidth=0,
                zorder=2.2, label=label,
            )  # fmt: skip
            label = "_nolegend_"


def _named(network: Network, spine: Spine, far: float) -> dict[float, str]:
    """Labels of the places by their km, stops first; places too close to one that is named go without."""
    room = far * 1.06 * SIZE * 1.35 / HEIGHT
    ends = {0.0, far}
    order = sorted(
        spine.places.items(), key=lambda item: (item[1] not in ends, item[0] not in spine.stops, item[1])
    )
    kept: dict[float, str] = {}
    for id, at in order:
        if all(abs(at - other) >= room for other in kept):
            kept[at] = f"{network.places[id].name}  {at:,.0f}"
    return dict(sorted(kept.items()))
