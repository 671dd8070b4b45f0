"""The terminal that both engines simulate: figures and the arrivals that they share. kt and hours."""

from __future__ import annotations

from functools import cache

import numpy as np

DAYS = 365
INFLOW = 160.0  # kt a day
TANK = 900.0  # kt
TANK_AT_START = 450.0  # kt
CARGO = 110.0  # kt a tanker
TANKERS = 1.45  # a day
MOORINGS = 3
PUMPING = 7.0  # kt an hour and mooring
APPROACH = 6.0  # hours a call, approach and casting off together
CLOSED = 2  # moorings
CLOSED_FROM, CLOSED_UNTIL = 81, 112  # days


@cache
def arrivals(replication: int) -> tuple[float, ...]:
    """The hours at which tankers arrive within the year: a Poisson stream, the same for both engines.

    Drawn once and kept, so that neither engine is timed drawing them.
    """
    generator = np.random.default_rng((2022, replication))
    hours = np.cumsum(generator.exponential(24 / TANKERS, size=int(DAYS * TANKERS * 1.5)))
    return tuple(float(hour) for hour in hours if hour < DAYS * 24)
