"""How many ships wait in the roads and lie alongside, from the stays that a run has noted."""

from __future__ import annotations

import numpy as np

from sim.engine.journal import Journal, Series, StepKey
from sim.measures.series import occupancy


def traffic(journal: Journal) -> dict[StepKey, Series]:
    """The step series ("waiting", lane) and ("alongside", lane) of every lane that ships came to load for."""
    found: dict[StepKey, Series] = {}
    for lane in dict.fromkeys(stay[0] for stay in journal.stays):
        times = np.array([stay[1:] for stay in journal.stays if stay[0] == lane])
        since, berthed, left = times.T
        found["waiting", lane] = occupancy(since, berthed, journal.until)
        found["alongside", lane] = occupancy(berthed, left, journal.until)
    return found
