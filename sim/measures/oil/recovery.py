"""Recovery of output after a closure: the time it took, and the output missing until then."""

from __future__ import annotations

import numpy as np

from sim.measures.measure import Headline, Measure
from sim.measures.oil.origins import ORIGIN, home_country, of_countries, shippers
from sim.measures.record import Record
from sim.measures.series import Flags, Numbers, step_means
from sim.measures.sides import spans_of

RECOVERED = 0.98  # of potential output
HOLD = 14  # days in a row
AFTERWARDS = 3.0  # days after a closure in which curtailment is still attributed to it


def first_closure(record: Record) -> float | None:
    """Return the day of the first unplanned closure that concerns oil."""
    return min((span.start for span in spans_of(record, "oil") if not span.planned), default=None)


def _recovered(record: Record, element: str, a: float, b: float) -> float | None:
    closed = first_closure(record)
    if closed is None:
        return None
    day = recovery(record, element, max(a, closed), b)[1]
    return None if day is None else day - closed


def _triangle(record: Record, element: str, a: float, b: float) -> float | None:
    """Return the missing share of output, in %, times the days for which it was missing."""
    closed = first_closure(record)
    if closed is None:
        return None
    hurt, recovered = recovery(record, element, max(a, closed), b)
    if not hurt:
        return 0.0
    last = np.floor(b) if recovered is None else recovered
    edges = np.arange(np.floor(max(a, closed)), last + 1)
    return float(np.sum(100.0 * (1.0 - _share_of_potential(record, element, edges))))


def recovery(record: Record, element: str, since: float, until: float) -> tuple[bool, float | None]:
    """Return whether a closure hurt output between two days, and the day from which output was back."""
    edges = np.arange(np.floor(since), np.floor(until) + 1)
    if len(edges) < 2:
        return False, None
    well = _share_of_potential(record, element, edges) >= RECOVERED
    hurt = np.flatnonzero(~well & attributed_to_closures(record, edges[:-1]))
    if not len(hurt):
        return False, None
    for day in range(int(hurt[0]), len(well) - HOLD + 1):
        if well[day : day + HOLD].all():
            return True, float(edges[day])
    return True, None


def _share_of_potential(record: Record, element: str, edges: Numbers) -> Numbers:
    """Return the share of its potential that an origin produced on each day between edges; 1 of nothing."""
    journal, ids = record.journal, shippers(record, element)
    produced, potential = (
        sum(
            (step_means(journal.step_series(quantity, id), record.days, edges) for id in ids), 0.0 * edges[1:]
        )
        for quantity in ("produced", "potential")
    )
    shares: Numbers = np.divide(produced, potential, out=np.ones(len(edges) - 1), where=potential > 0.0)
    return shares


def attributed_to_closures(record: Record, days: Numbers) -> Flags:
    """Return a flag for each day: in an unplanned closure of oil, or soon after it, as tanks lag behind."""
    flags = np.zeros(days.shape, dtype=bool)
    for span in spans_of(record, "oil"):
        if not span.planned:
            flags |= (days >= np.floor(span.start)) & (days < span.end + AFTERWARDS)
    return flags


RECOVERY = (
    Measure(
        name="recovered after",
        title="Time to recover output",
        unit="days",
        better="less",
        definition="From the first unplanned closure to the first day, once output has suffered, from which "
        f"it is at least {RECOVERED:.0%} of potential on {HOLD} days in a row. No value where it never "
        "suffers or never recovers.",
        kind=ORIGIN,
        formula=_recovered,
        elements=of_countries,
        headline=Headline(place=11, elements=home_country, decimals=0),
    ),
    Measure(
        name="resilience triangle",
        title="Resilience triangle of output",
        unit="%·day",
        better="less",
        definition="Missing share of performance, 100 % less output by potential, added up day by day from "
        "the first closure to recovery, or to the end (Bruneau et al. 2003, *Earthquake Spectra* 19(4)). "
        "100 %·day is the potential of one day.",
        kind=ORIGIN,
        formula=_triangle,
        elements=of_countries,
        headline=Headline(place=12, elements=home_country, decimals=0),
    ),
)
