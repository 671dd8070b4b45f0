"""Fill of all tank farms that were used, one row for each."""

from __future__ import annotations

import numpy as np

from sim.charts.chart import Chart, Limit, Mark, NumberAxis, Panel
from sim.charts.oil.tank_level import reference_level
from sim.charts.over_time import layers, time_chart
from sim.charts.style import CLOSED, FILLS, Stroke
from sim.charts.wording import count, day_and_month, percent
from sim.engine.journal import Series
from sim.measures.record import Record
from sim.measures.series import daily_edges, line_means, line_ranges
from sim.network.elements import Stock

MAX_FARMS = 8
FULL = 0.9  # of the capacity
FILL = FILLS[5]._replace(hatch="")


def used_farms(record: Record) -> list[Stock]:
    """Return the tank farms whose level was ever above zero, the fullest first."""
    highest = {stock.id: _highest(record, stock) for stock in record.network.stocks.values()}
    used = [stock for stock in record.network.stocks.values() if highest[stock.id] > 0.0]
    return sorted(used, key=lambda stock: -highest[stock.id])


def tank_farms(record: Record, reference: Record | None = None) -> Chart:
    """Return the chart of how full the fullest tank farms were."""
    farms = used_farms(record)
    hidden = len(farms) - MAX_FARMS
    return time_chart(
        record,
        "oil",
        name="tank-farms",
        finding=finding(record),
        subject="How full each tank farm was, % of capacity, mean of each day",
        panels=[_panel(record, reference, farm) for farm in farms[:MAX_FARMS]],
        reference=reference,
        note=f"Not shown: {count(hidden, 'less full tank farm')}." if hidden > 0 else "",
    )


def finding(record: Record) -> str:
    """Return how many tank farms were nearly full at some time, and which was fullest."""
    farms = used_farms(record)
    full = [farm for farm in farms if _highest(record, farm) >= FULL]
    _, highest = line_ranges(_series(record, farms[0]), daily_edges(record.days))
    day = day_and_month(record.start, int(np.argmax(highest)))
    fullest = f"{farms[0].name}: {percent(_highest(record, farms[0]), 1.0)} full on {day}"
    if not full:
        return f"No tank farm was {percent(FULL, 1.0)} full; {fullest}"
    farms_in_use = count(len(farms), "tank farm") + " in use"
    return f"Of {farms_in_use}, {len(full)} became {percent(FULL, 1.0)} full; {fullest}"


def _panel(record: Record, reference: Record | None, farm: Stock) -> Panel:
    edges = daily_edges(record.days)
    percents = 100.0 * line_means(_series(record, farm), edges) / farm.capacity
    marks: list[Mark] = [*layers(edges, {"Fill": percents}, {"Fill": FILL}, steps=True)]
    if reference and farm.id in reference.network.stocks:
        marks.append(reference_level(record, reference, farm.id, 100.0))
    marks.append(Limit(name="Capacity", at=100.0, stroke=Stroke(CLOSED, "dash")))
    return Panel(
        name=farm.name,
        unit="% of capacity",
        marks=tuple(marks),
        y=NumberAxis(low=0.0, high=108.0),
        height=64.0,
    )


def _series(record: Record, farm: Stock) -> Series | None:
    return record.journal.point_series("level", farm.id)


def _highest(record: Record, farm: Stock) -> float:
    _, highest = line_ranges(_series(record, farm), [0.0, record.days])
    return float(highest[0]) / farm.capacity
