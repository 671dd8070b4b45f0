"""Reliability of corridors: concentration on few of them, and the buffer time of their transit."""

from __future__ import annotations

import numpy as np

from sim.measures.concentration import DEFINITION, concentration
from sim.measures.freight.delivered import delivered
from sim.measures.freight.selectors import ALL, FLOW, SENDER, groups, select, total_headline, within
from sim.measures.freight.transit import by_corridor, transits, weighted_quantile
from sim.measures.measure import Headline, Measure
from sim.measures.record import Record
from sim.measures.series import Numbers

LATE_QUANTILE = 0.95


def _concentration(record: Record, element: str, a: float, b: float) -> float | None:
    table, network = record.trip_table, record.network
    rows = select(record, element).of(table) & within(delivered(table.loads), a, b)
    names = groups(network)
    group = np.array([names.index(network.corridors[id].group) for id in table.corridors], dtype=np.int64)
    by_group: Numbers = np.bincount(
        group[table.loads.corridor[rows]], weights=table.loads.tonnes[rows]
    ).astype(float)
    return concentration(by_group)


def _buffer(record: Record, element: str, a: float, b: float) -> float | None:
    days, weights = transits(record, element, a, b)
    late, median = (weighted_quantile(days, weights, part) for part in (LATE_QUANTILE, 0.5))
    return 100.0 * (late / median - 1.0) if late is not None and median else None


def _senders(record: Record) -> list[str]:
    """Return all dry cargo (*), each cargo that is sent, and each demand."""
    network = record.network
    cargoes = dict.fromkeys(demand.cargo for demand in network.demands.values())
    return [ALL, *cargoes, *network.demands] if network.demands else []


CORRIDOR_RELIABILITY = (
    Measure(
        name="corridor concentration",
        title="Concentration of dry cargo by corridor (HHI)",
        unit="",
        better="less",
        definition=f"{DEFINITION}, of deliveries by group of corridors, by weight.",
        kind=SENDER,
        formula=_concentration,
        elements=_senders,
        headline=Headline(place=39, elements=total_headline),
    ),
    Measure(
        name="buffer time",
        title="Buffer time",
        unit="%",
        better="less",
        definition="Time to allow beyond the median so as to be late once in twenty times: the "
        f"{LATE_QUANTILE:.0%} quantile of transit divided by its median, less 1. A buffer time index (FHWA "
        "2006, *Travel Time Reliability*, which takes the mean), here with the median, as delays are "
        "skewed.",
        kind=FLOW,
        formula=_buffer,
        elements=by_corridor,
    ),
)
