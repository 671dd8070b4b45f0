"""Use of tank farms and waiting of tankers."""

from __future__ import annotations

import numpy as np

from sim.measures.measure import Headline, Measure, one_of
from sim.measures.oil.demurrage import CALLED_LANE, called_lanes, lane_headline
from sim.measures.oil.disruption import stock_headline
from sim.measures.record import Record
from sim.measures.series import line_means, line_ranges


def _fill(record: Record, element: str, a: float, b: float) -> float:
    stock = record.network.stocks[element]
    level = line_means(record.journal.point_series("level", element), [a, b])[0]
    return float(100.0 * level / stock.capacity)


def _peak_fill(record: Record, element: str, a: float, b: float) -> float:
    stock = record.network.stocks[element]
    _, highest = line_ranges(record.journal.point_series("level", element), [a, b])
    return float(100.0 * highest[0] / stock.capacity)


def _waits(record: Record, lane: str, a: float, b: float) -> list[float]:
    return [
        call.berthed - call.arrived
        for call in record.journal.calls
        if call.lane == lane and call.work == "load" and a <= call.left < b
    ]


def _tankers(record: Record, element: str, a: float, b: float) -> float:
    return float(len(_waits(record, element, a, b)))


def _mean_wait(record: Record, element: str, a: float, b: float) -> float | None:
    waits = _waits(record, element, a, b)
    return 24.0 * sum(waits) / len(waits) if waits else None


def _long_wait(record: Record, element: str, a: float, b: float) -> float | None:
    waits = _waits(record, element, a, b)
    return 24.0 * float(np.quantile(waits, 0.9)) if waits else None


def _sent_back(record: Record, element: str, a: float, b: float) -> float:
    return float(
        sum(
            event.kind == "sent back" and event.reason == element and a <= event.time < b
            for event in record.journal.events
        )
    )


def _stocks(record: Record) -> list[str]:
    fed = {stock.feeds: stock.id for stock in record.network.stocks.values()}
    return [fed[link] for link in record.network.links if link in fed]


def _lanes(record: Record) -> list[str]:
    return [link.id for link in record.network.links.values() if link.mode == "sea"]


STOCK = one_of("a tank farm", lambda record: record.network.stocks)
LANE = one_of("a sea lane", _lanes)
TERMINAL = (
    Measure(
        name="fill",
        title="Mean fill of tanks",
        unit="%",
        better="neither",
        definition="Mean level of a tank farm, as a share of its capacity.",
        kind=STOCK,
        formula=_fill,
        elements=_stocks,
        headline=Headline(place=13, elements=stock_headline, decimals=0),
    ),
    Measure(
        name="fullest",
        title="Peak fill of tanks",
        unit="%",
        better="less",
        definition="Highest level of a tank farm, as a share of its capacity.",
        kind=STOCK,
        formula=_peak_fill,
        elements=_stocks,
        headline=Headline(place=14, elements=stock_headline, decimals=0),
    ),
    Measure(
        name="tankers",
        title="Tankers loaded",
        unit="ships",
        better="more",
        definition="Ships that left a loading berth in the window.",
        kind=LANE,
        formula=_tankers,
        elements=_lanes,
        headline=Headline(place=15, elements=lane_headline, decimals=0),
    ),
    Measure(
        name="mean wait",
        title="Mean wait for a berth",
        unit="h",
        better="less",
        definition="From arrival in the roads to first making fast, of ships that left in the window.",
        kind=LANE,
        formula=_mean_wait,
        elements=_lanes,
        headline=Headline(place=16, elements=lane_headline, decimals=1),
    ),
    Measure(
        name="long wait",
        title="Wait for a berth, 90th percentile",
        unit="h",
        better="less",
        definition="Wait that one in ten of these ships exceeded.",
        kind=LANE,
        formula=_long_wait,
        elements=_lanes,
    ),
    Measure(
        name="sent back",
        title="Ships sent back to the roads",
        unit="ships",
        better="less",
        definition="Ships whose berth closed before they had loaded all their cargo.",
        kind=CALLED_LANE,
        formula=_sent_back,
        elements=called_lanes,
    ),
)
