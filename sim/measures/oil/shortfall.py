"""Oil that its normal route refused: diverted, delayed or curtailed; and the worst week."""

from __future__ import annotations

import numpy as np

from sim.measures.measure import Headline, Measure
from sim.measures.oil.origins import (
    ALL,
    KILOTONNE,
    ORIGIN,
    all_origins,
    exported_until,
    home_country,
    of_countries,
    origins,
    shippers,
    total_of,
    total_until,
)
from sim.measures.record import Record
from sim.measures.series import Numbers, line_rises

WEEK = 7.0


def _delayed(record: Record, element: str, a: float, b: float) -> float:
    """Return the oil that went into field tanks, which are empty while all of it can leave."""
    mine = set(shippers(record, element))
    own = [stock.id for stock in record.network.stocks.values() if stock.feeds in mine]
    return sum(line_rises(record.journal.point_series("level", id), a, b) for id in own) / KILOTONNE


def _turned_away(record: Record, element: str, a: float, b: float) -> float:
    diverted, curtailed = (
        total_of(record, quantity, element, a, b) / KILOTONNE for quantity in ("diverted", "curtailed")
    )
    return diverted + curtailed + _delayed(record, element, a, b)


def _part_lost(record: Record, element: str, a: float, b: float) -> float | None:
    turned_away = _turned_away(record, element, a, b)
    lost = total_of(record, "curtailed", element, a, b) / KILOTONNE
    return 100.0 * lost / turned_away if turned_away > 0.0 else None


def weeks(a: float, b: float) -> tuple[Numbers, Numbers]:
    """Return the starts and ends of all periods of seven days that start full days after a window's start.

    A window shorter than a week is one period.
    """
    starts = np.arange(a, max(b - WEEK, a) + 1e-9)
    return starts, np.minimum(starts + WEEK, b)


def _peak(record: Record, element: str, a: float, b: float) -> float:
    starts, ends = weeks(a, b)
    curtailed = [total_until(record, "curtailed", element, days) for days in (starts, ends)]
    return float(np.max((curtailed[1] - curtailed[0]) / (ends - starts))) / KILOTONNE


def _export_peak(record: Record, element: str, a: float, b: float) -> float:
    starts, ends = weeks(a, b)
    missing = [
        total_until(record, "potential", element, days) - exported_until(record, f"{element}>{ALL}", days)
        for days in (starts, ends)
    ]
    return max(float(np.max((missing[1] - missing[0]) / (ends - starts))), 0.0) / KILOTONNE


SHORTFALL = (
    Measure(
        name="turned away",
        title="Refused by the normal route",
        unit="kt",
        better="less",
        definition="Sum of `diverted`, `delayed in tanks` and `curtailed`: the whole effect of a disruption "
        "on oil. Oil that is first stored and then diverted counts as both.",
        kind=ORIGIN,
        formula=_turned_away,
        elements=origins,
    ),
    Measure(
        name="delayed in tanks",
        title="Delayed in field tanks",
        unit="kt",
        better="less",
        definition="Oil that went into the fields' own tanks, to leave later: the sum of all rises of their "
        "levels. They are empty while all output can leave.",
        kind=ORIGIN,
        formula=_delayed,
        elements=origins,
        headline=Headline(place=5, elements=all_origins, decimals=0),
    ),
    Measure(
        name="part lost",
        title="Curtailed share of refused oil",
        unit="%",
        better="less",
        definition="`curtailed`, divided by `turned away`: the rest was only diverted or delayed.",
        kind=ORIGIN,
        formula=_part_lost,
        elements=origins,
    ),
    Measure(
        name="peak shortfall",
        title="Peak output shortfall, 7-day mean",
        unit="kt/day",
        better="less",
        definition="Largest mean over seven days of potential less output, that is, of curtailment.",
        kind=ORIGIN,
        formula=_peak,
        elements=origins,
        headline=Headline(place=6, elements=home_country, decimals=0),
    ),
    Measure(
        name="peak export shortfall",
        title="Peak export shortfall, 7-day mean",
        unit="kt/day",
        better="less",
        definition="Largest mean over seven days of potential less exports; tanks and tankers at sea make it "
        "lag behind `peak shortfall`.",
        kind=ORIGIN,
        formula=_export_peak,
        elements=of_countries,
    ),
)
