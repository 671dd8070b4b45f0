"""How many ships wait in the roads and lie alongside, from the stays that a run has noted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.engine.journal import Journal, Key, Series


def traffic(journal: Journal) -> dict[Key, Series]:
    """The step series ("waiting", lane) and ("alongside", lane) of every lane that ships came to load for."""
    found: dict[Key, Series] = {}
    for lane in dict.fromkeys(stay[0] for stay in journal.stays):
        times = np.array([stay[1:] for stay in journal.stays if stay[0] == lane])
        since, berthed, left = times.T
        found["waiting", lane] = _number(since, berthed, journal.until)
        found["alongside", lane] = _number(berthed, left, journal.until)
    return found


def _number(begins: NDArray[np.float64], ends: NDArray[np.float64], until: float) -> Series:
    """How many spans are under way, from the start of the run on."""
    times = np.concatenate(([0.0], begins, ends))
    changes = np.concatenate(([0], np.ones(len(begins)), -np.ones(len(ends))))
    order = np.argsort(times, kind="stable")
    times, numbers = times[order], np.cumsum(changes[order])
    last_of_moment = np.append(times[1:] != times[:-1], True)
    times, numbers = times[last_of_moment], numbers[last_of_moment]
    turns = np.append(True, numbers[1:] != numbers[:-1]) & ((times < until) | (times == 0.0))
    series = Series()
    series.times, series.values = times[turns].tolist(), numbers[turns].tolist()
    return series
