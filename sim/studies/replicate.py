"""Many runs of one scenario, each with its own luck, and what they say together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.engine import World, prepare
from sim.measures import Record, record_of
from sim.scenario import Scenario

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over replications and the half-width of its 95 % interval, None from a single one."""

    mean: float
    half_width: float | None
    replications: int


def replications(scenario: Scenario, count: int) -> Iterator[Record]:
    """Records of a scenario's first `count` replications, one at a time; none is kept here."""
    plan = prepare(scenario)
    for number in range(count):
        outcome = World(plan, scenario.seed, number).run()
        yield record_of(scenario, outcome, number)


def estimate(values: Sequence[float]) -> Estimate:
    """The mean and its Student-t interval."""
    count = len(values)
    if count < 2:
        return Estimate(float(values[0]), None, count)
    from scipy.special import stdtrit

    spread = float(np.std(values, ddof=1)) / count**0.5
    quantile = float(stdtrit(count - 1, 0.5 + CONFIDENCE / 2))
    return Estimate(float(np.mean(values)), quantile * spread, count)
