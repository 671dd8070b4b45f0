"""The plot of how long boxes and wagons took, by group of corridors."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.measures import Record
from sim.measures.series import Numbers
from sim.network.elements import Cargo
from sim.plots.freight import group_strokes, groups_of, titled, travelling
from sim.plots.transit import arrivals, trailing, window_of
from sim.report.html.curves import Curve, area, curve, dashed
from sim.report.html.figure import Figure, Row, figure, legend_once
from sim.report.html.shown import Shown
from sim.report.html.strip import told_about

TALL = 190.0  # pixels of a row


def transit_figures(shown: Shown) -> Iterator[Figure]:
    """Days from origin to destination: median and 90th percentile by amount of cargo, a row for each kind."""
    rows = [row for cargo in travelling(shown.record.network) for row in _row(shown, cargo)]
    if rows:
        told = (
            f"Of what arrived in the {window_of(shown.record):.0f} days before each date: the median, shaded "
            "up to the 90th percentile; a gap where nothing arrived"
        )
        if shown.beside:
            told += f"; dotted: the median in {shown.beside.name}"
        about = told_about(shown.record, "freight")
        yield figure(shown, "transit", "Days from origin to destination", told, legend_once(rows), about)


def _row(shown: Shown, cargo: Cargo) -> Iterator[Row]:
    looks = group_strokes(shown.record.network)
    curves: list[Curve] = []
    highest = 0.0
    for group in groups_of(shown.record.network, cargo.id):
        median, late = _days(shown, shown.record, cargo.id, group)
        if np.all(np.isnan(median)):
            continue
        colour, dashes = looks[group]
        name = titled(group)
        curves.append(area(shown, median, late, colour, 0.18, f"{name}, 90th percentile"))
        curves.append(curve(shown, f"{name}, 90th percentile", late, colour, width=0.7, legendrank=1002))
        if shown.beside and group in groups_of(shown.beside.network, cargo.id):
            usual, _ = _days(shown, shown.beside, cargo.id, group)
            curves.append(
                curve(shown, f"{name} in {shown.beside.name}", usual, colour, "dot", 1.3, legendrank=1003)
            )
        curves.append(curve(shown, f"{name}, median", median, colour, dashed(dashes), 2.0))
        highest = max(highest, float(np.nanmax(late)))
    if curves:
        yield Row(name=cargo.name, unit="days", curves=curves, height=TALL, top=highest)


def _days(shown: Shown, record: Record, cargo: str, group: str) -> tuple[Numbers, Numbers]:
    """Median and 90th percentile at the first moment of each frame."""
    times = shown.edges[:-1] - shown.shift(record)
    found = trailing(times, window_of(shown.record), *arrivals(record, cargo, group))
    for values in found:
        values[(times < 0.0) | (times > record.days)] = np.nan
    return found
