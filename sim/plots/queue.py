"""Ships waiting and working where a sea lane loads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from sim.engine.journal import Series
from sim.measures.series import Numbers, daily_edges, step_at, step_means
from sim.plots.dates import on_axis
from sim.plots.frame import surround
from sim.plots.stack import empty, stacked
from sim.plots.style import FILLS, blank, styled

if TYPE_CHECKING:
    from sim.measures.record import Record

EXACT_UNTIL = 120.0


@styled
def queue(record: Record, lane: str, ax: Axes | None = None) -> Axes:
    """Ships alongside and, on top of them, ships waiting in the roads for the berths of a lane.

    Runs up to 120 days show every arrival and departure; longer ones the mean of each day.
    """
    own, ax = ax is None, ax or blank()
    network, journal = record.network, record.journal
    link = network.links[lane]
    ships = "Tankers" if network.cargoes[link.cargo].unit == "t" else "Ships"
    exact = record.days <= EXACT_UNTIL
    alongside, waiting = journal.step_series("alongside", lane), journal.step_series("waiting", lane)
    times = _changes(alongside, waiting, until=record.days) if exact else daily_edges(record.days)
    layers = {
        f"{ships} alongside": _values(alongside, times, exact),
        f"{ships} waiting": _values(waiting, times, exact),
    }
    stacked(
        ax,
        on_axis(record.start, times),
        layers,
        dict(zip(layers, (FILLS[0], FILLS[1]), strict=True)),
        steps=True,
    )
    highest = float(np.max(np.sum(list(layers.values()), axis=0)))
    if highest > 0.0:
        ax.set_ylim(0, max(highest, 1.0) * 1.06)
        ax.yaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_ylabel(f"{ships} (number)")
    else:
        empty(ax, f"no {ships.lower()} called")
    kind = "at each moment" if exact else "mean of each day"
    place = network.places[link.origin].name
    surround(
        ax,
        record.title,
        f"{place}: {ships.lower()} waiting and alongside, {kind}",
        record.start,
        record.days,
        record.spans,
        own=own,
    )
    return ax


def _changes(*series: Series | None, until: float) -> Numbers:
    times = np.concatenate([[0.0, until], *(one.times for one in series if one is not None)])
    return np.unique(times[times <= until])


def _values(series: Series | None, times: Numbers, exact: bool) -> Numbers:
    if exact:
        return step_at(series, times)
    means = step_means(series, float(times[-1]), times)
    return np.append(means, means[-1])
