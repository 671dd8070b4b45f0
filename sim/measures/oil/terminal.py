"""Tanks, tankers and berths."""

from __future__ import annotations

import numpy as np

from sim.measures.measure import Measure
from sim.measures.oil.demurrage import CALLED, called_lanes
from sim.measures.record import Record
from sim.measures.series import line_means, line_ranges


def _fill(record: Record, element: str, a: float, b: float) -> float:
    stock = record.network.stocks[element]
    level = line_means(record.journal.point_series("level", element), [a, b])[0]
    return float(100.0 * level / stock.capacity)


def _fullest(record: Record, element: str, a: float, b: float) -> float:
    stock = record.network.stocks[element]
    _, most = line_ranges(record.journal.point_series("level", element), [a, b])
    return float(100.0 * most[0] / stock.capacity)


def _waits(record: Record, lane: str, a: float, b: float) -> list[float]:
    return [
        call.berthed - call.arrived
        for call in record.journal.calls
        if call.lane == lane and call.work == "load" and a <= call.left < b
    ]


def _ships(record: Record, element: str, a: float, b: float) -> float:
    return float(len(_waits(record, element, a, b)))


def _mean_wait(record: Record, element: str, a: float, b: float) -> float | None:
    waits = _waits(record, element, a, b)
    return 24.0 * sum(waits) / len(waits) if waits else None


def _long_wait(record: Record, element: str, a: float, b: float) -> float | None:
    waits = _waits(record, element, a, b)
    return 24.0 * float(np.quantile(waits, 0.9)) if waits else None


def _sent_back(record: Record, element: str, a: float, b: float) -> float:
    return float(
        sum(h.kind == "sent back" and h.reason == element and a <= h.time < b for h in record.journal.events)
    )


def _stocks(record: Record) -> list[str]:
    fed = {stock.feeds: stock.id for stock in record.network.stocks.values()}
    return [fed[link] for link in record.network.links if link in fed]


def _lanes(record: Record) -> list[str]:
    return [link.id for link in record.network.links.values() if link.mode == "sea"]


LANES = "a sea lane"
TERMINAL = (
    Measure(
        name="fill",
        title="Mean fill of tanks",
        unit="%",
        better="neither",
        what="The mean level of a stock, as a part of its capacity.",
        by="a stock",
        of=_fill,
        elements=_stocks,
    ),
    Measure(
        name="fullest",
        title="Fullest",
        unit="%",
        better="less",
        what="The highest level of a stock, as a part of its capacity.",
        by="a stock",
        of=_fullest,
        elements=_stocks,
    ),
    Measure(
        name="tankers",
        title="Tankers loaded",
        unit="ships",
        better="more",
        what="Ships that left a loading berth in the window.",
        by=LANES,
        of=_ships,
        elements=_lanes,
    ),
    Measure(
        name="mean wait",
        title="Mean wait for a berth",
        unit="h",
        better="less",
        what="From coming to the roads to first making fast, of ships that left in the window.",
        by=LANES,
        of=_mean_wait,
        elements=_lanes,
    ),
    Measure(
        name="long wait",
        title="Wait of the worst tenth",
        unit="h",
        better="less",
        what="What one in ten of these ships waited for longer.",
        by=LANES,
        of=_long_wait,
        elements=_lanes,
    ),
    Measure(
        name="sent back",
        title="Sent back to the roads",
        unit="ships",
        better="less",
        what="Ships whose berth closed under them before they had all their cargo.",
        by=CALLED,
        of=_sent_back,
        elements=called_lanes,
    ),
)
