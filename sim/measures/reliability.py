"""How far one can count on a way: on how few of them trade rests, and how evenly it delivers."""

from __future__ import annotations

import numpy as np

from sim.measures.freight.delivered import delivered
from sim.measures.freight.selectors import ALL, WAYS, groups, select, within
from sim.measures.freight.transit import transits, ways, weighed_quantile
from sim.measures.measure import Measure
from sim.measures.oil.origins import (
    ORIGINS,
    exported_tonnes,
    exported_until,
    of_countries,
    total_until,
)
from sim.measures.record import Record
from sim.measures.series import Numbers

WEEK = 7.0
ENOUGH = 0.9  # of a week's potential
SLOW = 0.95  # of what is delivered comes within this time


def hhi(amounts: Numbers) -> float | None:
    """The Herfindahl-Hirschman index of some amounts: the sum of their squared shares, 1/n to 1."""
    whole = float(amounts.sum())
    return float(np.sum((amounts / whole) ** 2)) if whole > 0.0 else None


def _of_routes(record: Record, element: str, a: float, b: float) -> float | None:
    """By the routes that sales are counted under; markets of one route count together."""
    by_route: dict[str, float] = {}
    for place in record.network.places.values():
        if place.kind == "market":
            tonnes = exported_tonnes(record, f"{element}>{place.id}", a, b)
            by_route[place.route] = by_route.get(place.route, 0.0) + tonnes
    return hhi(np.array(list(by_route.values())))


def _of_groups(record: Record, element: str, a: float, b: float) -> float | None:
    table, network = record.trip_table, record.network
    rows = select(record, element).of(table) & within(delivered(table.loads), a, b)
    names = groups(network)
    group = np.array([names.index(network.corridors[id].group) for id in table.corridors], dtype=np.int64)
    by_group: Numbers = np.bincount(
        group[table.loads.corridor[rows]], weights=table.loads.tonnes[rows]
    ).astype(float)
    return hhi(by_group)


def _reliable(record: Record, element: str, a: float, b: float) -> float | None:
    edges = np.arange(a, b + 1e-9, WEEK)
    if len(edges) < 2:
        return None
    potential = np.diff(total_until(record, "potential", element, edges))
    exported = np.diff(exported_until(record, f"{element}>{ALL}", edges))
    wanted = potential > 0.0
    kept = exported[wanted] >= ENOUGH * potential[wanted]
    return 100.0 * float(kept.mean()) if len(kept) else None


def _buffer(record: Record, element: str, a: float, b: float) -> float | None:
    days, weights = transits(record, element, a, b)
    slow, median = (weighed_quantile(days, weights, part) for part in (SLOW, 0.5))
    return 100.0 * (slow / median - 1.0) if slow is not None and median else None


def _senders(record: Record) -> list[str]:
    """All, each cargo that travels, and each demand."""
    network = record.network
    cargoes = dict.fromkeys(demand.cargo for demand in network.demands.values())
    return [ALL, *cargoes, *network.demands] if network.demands else []


INDEX = (
    "Herfindahl-Hirschman index: the sum of the squared shares, from 1/n for n equal ones to 1 for a single "
    "one (times 10,000 where shares are in per cent; Rhoades 1993, *Federal Reserve Bulletin* 79)"
)
OF_EXPORTS = (
    Measure(
        name="concentration",
        title="Concentration of exports by route (HHI)",
        unit="",
        better="less",
        what=f"{INDEX}, of exports by route.",
        by=ORIGINS,
        of=_of_routes,
        elements=of_countries,
    ),
    Measure(
        name="reliable weeks",
        title=f"Weeks with {ENOUGH:.0%} of potential exported",
        unit="%",
        better="more",
        what=f"Of the whole weeks of the window, the part in which exports reached {ENOUGH:.0%} of "
        "potential.",
        by=ORIGINS,
        of=_reliable,
        elements=of_countries,
    ),
)
OF_CORRIDORS = (
    Measure(
        name="corridor concentration",
        title="Concentration of corridors (HHI)",
        unit="",
        better="less",
        what=f"{INDEX}, of what was delivered by group of corridors, by weight.",
        by="a demand, a cargo",
        of=_of_groups,
        elements=_senders,
    ),
    Measure(
        name="buffer time",
        title="Buffer time",
        unit="%",
        better="less",
        what="How much longer than the median to allow for in order to be late once in twenty times: the "
        f"{SLOW:.0%} quantile of transit divided by its median, less 1. A buffer time index (FHWA "
        "2006, *Travel Time Reliability*, which takes the mean), here with the median, as delays are "
        "skewed.",
        by=WAYS,
        of=_buffer,
        elements=ways,
    ),
)
