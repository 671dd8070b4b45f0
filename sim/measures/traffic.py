"""Ships in the roads and alongside, from the stays in a journal."""

from __future__ import annotations

import numpy as np

from sim.engine.journal import Journal, Series, StepKey
from sim.measures.series import occupancy


def traffic(journal: Journal) -> dict[StepKey, Series]:
    """Return the step series ("waiting", lane) and ("alongside", lane) of every lane with loading calls."""
    series: dict[StepKey, Series] = {}
    for lane in dict.fromkeys(stay[0] for stay in journal.stays):
        times = np.array([stay[1:] for stay in journal.stays if stay[0] == lane])
        arrived, berthed, left = times.T
        series["waiting", lane] = occupancy(arrived, berthed, journal.until)
        series["alongside", lane] = occupancy(berthed, left, journal.until)
    return series
