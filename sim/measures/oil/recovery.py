"""How long output was missing after a closure, and how much of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.measures.measure import Measure
from sim.measures.oil.origins import ORIGINS, of_countries, shippers
from sim.measures.record import Record, Span
from sim.measures.series import Numbers, step_means

RECOVERED = 0.98  # of potential output
HOLD = 14  # days in a row
AFTERWARDS = 3.0  # days after a closure in which what is cut is still put down to it


def first_closure(record: Record) -> float | None:
    """The day of the first closure that was not planned, those of boxes and wagons alone left aside."""
    return min((span.start for span in record.spans if _counts(record, span)), default=None)


def dry_elements(record: Record, span: Span) -> list[str]:
    """What a closure shuts of lines, yards, quays, services and demands."""
    network = record.network
    tables = (network.lines, network.yards, network.quays, network.services, network.demands)
    return [id for id in span.elements if any(id in table for table in tables)]


def _counts(record: Record, span: Span) -> bool:
    return not span.planned and len(dry_elements(record, span)) < len(span.elements)


def _recovered(record: Record, element: str, a: float, b: float) -> float | None:
    since = first_closure(record)
    if since is None:
        return None
    day = recovery(record, element, max(a, since), b)[1]
    return None if day is None else day - since


def _triangle(record: Record, element: str, a: float, b: float) -> float | None:
    """The missing share of output, in %, times the days for which it was missing."""
    since = first_closure(record)
    if since is None:
        return None
    hurt, back = recovery(record, element, max(a, since), b)
    if not hurt:
        return 0.0
    edges = np.arange(np.floor(max(a, since)), (np.floor(b) if back is None else back) + 1)
    return float(np.sum(100.0 * (1.0 - _share_of_potential(record, element, edges))))


def recovery(record: Record, element: str, since: float, until: float) -> tuple[bool, float | None]:
    """Whether output was hurt by a closure between two days, and the day from which it was back."""
    edges = np.arange(np.floor(since), np.floor(until) + 1)
    if len(edges) < 2:
        return False, None
    well = _share_of_potential(record, element, edges) >= RECOVERED
    hurt = np.flatnonzero(~well & put_down_to_closures(record, edges[:-1]))
    if not len(hurt):
        return False, None
    for day in range(int(hurt[0]), len(well) - HOLD + 1):
        if well[day : day + HOLD].all():
            return True, float(edges[day])
    return True, None


def _share_of_potential(record: Record, element: str, edges: Numbers) -> Numbers:
    """The part of its potential that an origin gave on each day between edges; all of nothing."""
    journal, names = record.journal, shippers(record, element)
    produced, potential = (
        sum(
            (step_means(journal.step_series(quantity, id), record.days, edges) for id in names),
            0.0 * edges[1:],
        )
        for quantity in ("produced", "potential")
    )
    shares: Numbers = np.divide(produced, potential, out=np.ones(len(edges) - 1), where=potential > 0.0)
    return shares


def put_down_to_closures(record: Record, days: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Which days lie in a closure that was not planned, or so soon after that tanks may still feel it."""
    found = np.zeros(days.shape, dtype=bool)
    for span in record.spans:
        if _counts(record, span):
            found |= (days >= np.floor(span.start)) & (days < span.end + AFTERWARDS)
    return found


RECOVERY = (
    Measure(
        name="recovered after",
        title=f"Output back to {RECOVERED:.0%} for {HOLD} days, after the first closure",
        unit="days",
        better="less",
        what="Time to recover: from the first closure that was not planned to the first day, once output "
        f"has suffered, from which it is at least {RECOVERED:.0%} of potential on {HOLD} days in a "
        "row. No value where it never suffers or never recovers.",
        by=ORIGINS,
        of=_recovered,
        elements=of_countries,
    ),
    Measure(
        name="resilience triangle",
        title="Output missing, first closure to recovery",
        unit="%·day",
        better="less",
        what="Area of the resilience triangle: the missing share of performance, 100 % less output by "
        "potential, added up day by day from the first closure to recovery, else to the end (Bruneau "
        "et al. 2003, *Earthquake Spectra* 19(4)). 100 %·day is a day's potential lost.",
        by=ORIGINS,
        of=_triangle,
        elements=of_countries,
    ),
)
