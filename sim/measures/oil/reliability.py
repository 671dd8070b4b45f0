"""Reliability of exports: their concentration on few routes, and the weeks in which they came in full."""

from __future__ import annotations

import numpy as np

from sim.measures.concentration import DEFINITION, concentration
from sim.measures.measure import Headline, Measure
from sim.measures.oil.origins import (
    ALL,
    ORIGIN,
    exported_tonnes,
    exported_until,
    home_country,
    of_countries,
    total_until,
)
from sim.measures.record import Record

WEEK = 7.0
RELIABLE_SHARE = 0.9  # of a week's potential


def _concentration(record: Record, element: str, a: float, b: float) -> float | None:
    """Return the index over routes; markets of one route count together."""
    by_route: dict[str, float] = {}
    for place in record.network.places.values():
        if place.kind == "market":
            tonnes = exported_tonnes(record, f"{element}>{place.id}", a, b)
            by_route[place.route] = by_route.get(place.route, 0.0) + tonnes
    return concentration(np.array(list(by_route.values())))


def _reliable(record: Record, element: str, a: float, b: float) -> float | None:
    edges = np.arange(a, b + 1e-9, WEEK)
    if len(edges) < 2:
        return None
    potential = np.diff(total_until(record, "potential", element, edges))
    exported = np.diff(exported_until(record, f"{element}>{ALL}", edges))
    with_potential = potential > 0.0
    reliable = exported[with_potential] >= RELIABLE_SHARE * potential[with_potential]
    return 100.0 * float(reliable.mean()) if len(reliable) else None


EXPORT_RELIABILITY = (
    Measure(
        name="concentration",
        title="Concentration of exports by route (HHI)",
        unit="",
        better="less",
        definition=f"{DEFINITION}, of exports by route.",
        kind=ORIGIN,
        formula=_concentration,
        elements=of_countries,
        headline=Headline(place=8, elements=home_country),
    ),
    Measure(
        name="reliable weeks",
        title=f"Weeks with {RELIABLE_SHARE:.0%} of potential exported",
        unit="%",
        better="more",
        definition=f"Share of the full weeks of the window in which exports reached {RELIABLE_SHARE:.0%} of "
        "potential.",
        kind=ORIGIN,
        formula=_reliable,
        elements=of_countries,
    ),
)
