"""Days to average arrivals over, so that single trains and ships do not show."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.measures.record import Record
from sim.measures.smoothing import Events, smoothing_width

MIN_ARRIVALS = 30.0  # of equal size, in the window
WIDER = 4.0


def window_for(record: Record, flows: Iterable[Events]) -> float:
    """Return the width of the mean for some flows: the usual one, or four times that where they are lumpy.

    A flow is lumpy if the usual window holds so few arrivals that their number scatters by about a fifth:
    fewer than `MIN_ARRIVALS`, by the effective number (sum a)^2 / sum a^2 of arrivals of sizes a. The least
    lumpy flow decides.
    """
    baseline = smoothing_width(record.days)
    effective = max((_effective_arrivals(flow) for flow in flows), default=0.0)
    return baseline if effective * baseline / record.days >= MIN_ARRIVALS else WIDER * baseline


def _effective_arrivals(flow: Events) -> float:
    if not len(flow.times):
        return 0.0
    _, moment = np.unique(flow.times, return_inverse=True)
    amounts = np.bincount(moment, weights=flow.amounts)
    return float(np.sum(amounts) ** 2 / np.sum(amounts**2))
