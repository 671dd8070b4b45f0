"""What could not leave at once by its usual way: diverted, delayed or lost; and the worst week."""

from __future__ import annotations

import numpy as np

from sim.measures.measure import Measure
from sim.measures.oil.origins import (
    ALL,
    KILOTONNE,
    ORIGINS,
    by_shipper,
    exported_until,
    of_countries,
    origins,
    shippers,
    total_until,
)
from sim.measures.record import Record
from sim.measures.series import Numbers, line_rises

WEEK = 7.0


def _delayed(record: Record, element: str, a: float, b: float) -> float:
    """Oil that went into its field's own tanks, which lie empty while all can leave."""
    chosen = set(shippers(record, element))
    own = [stock.id for stock in record.network.stocks.values() if stock.feeds in chosen]
    return sum(line_rises(record.journal.point_series("level", id), a, b) for id in own) / KILOTONNE


def _turned_away(record: Record, element: str, a: float, b: float) -> float:
    gone = (by_shipper(quantity, KILOTONNE)(record, element, a, b) for quantity in ("diverted", "curtailed"))
    return sum(gone) + _delayed(record, element, a, b)


def _part_lost(record: Record, element: str, a: float, b: float) -> float | None:
    whole = _turned_away(record, element, a, b)
    lost = by_shipper("curtailed", KILOTONNE)(record, element, a, b)
    return 100.0 * lost / whole if whole > 0.0 else None


def weekly(a: float, b: float) -> tuple[Numbers, Numbers]:
    """The beginnings and ends of all stretches of seven days in a window that begin whole days after it.

    One stretch as long as the window, where that is less than a week.
    """
    begins = np.arange(a, max(b - WEEK, a) + 1e-9)
    return begins, np.minimum(begins + WEEK, b)


def _peak(record: Record, element: str, a: float, b: float) -> float:
    begins, ends = weekly(a, b)
    curtailed = [total_until(record, "curtailed", element, days) for days in (begins, ends)]
    return float(np.max((curtailed[1] - curtailed[0]) / (ends - begins))) / KILOTONNE


def _export_peak(record: Record, element: str, a: float, b: float) -> float:
    begins, ends = weekly(a, b)
    missing = [
        total_until(record, "potential", element, days) - exported_until(record, f"{element}>{ALL}", days)
        for days in (begins, ends)
    ]
    return max(float(np.max((missing[1] - missing[0]) / (ends - begins))), 0.0) / KILOTONNE


SHORTFALL = (
    Measure(
        name="turned away",
        title="Could not leave at once by its usual way",
        unit="kt",
        better="less",
        what="The sum of `diverted`, `delayed in tanks` and `curtailed`: what a disruption did to oil in "
        "all. What is stored first and then diverted counts as both.",
        by=ORIGINS,
        of=_turned_away,
        elements=origins,
    ),
    Measure(
        name="delayed in tanks",
        title="Waited in its field's tanks",
        unit="kt",
        better="less",
        what="What went into the fields' own tanks, to leave later: the sum of all rises of their levels. "
        "They lie empty while all can leave.",
        by=ORIGINS,
        of=_delayed,
        elements=origins,
    ),
    Measure(
        name="part lost",
        title="Lost, of what could not leave at once",
        unit="%",
        better="less",
        what="`curtailed` as a part of `turned away`: the rest was only diverted or delayed.",
        by=ORIGINS,
        of=_part_lost,
        elements=origins,
    ),
    Measure(
        name="peak shortfall",
        title="Output missing in the worst seven days",
        unit="kt/day",
        better="less",
        what="The largest mean over seven days of potential less output, that is, of what is curtailed.",
        by=ORIGINS,
        of=_peak,
        elements=origins,
    ),
    Measure(
        name="peak export shortfall",
        title="Exports missing in the worst seven days",
        unit="kt/day",
        better="less",
        what="The largest mean over seven days of potential less exports; tanks and tankers under way make "
        "it lag behind `peak shortfall`.",
        by=ORIGINS,
        of=_export_peak,
        elements=of_countries,
    ),
)
