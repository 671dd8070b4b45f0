"""Many runs of one scenario as whole records, one at a time, for what no measure tells."""

from __future__ import annotations

from collections.abc import Iterator

from sim.engine import World, prepare
from sim.measures import Record, record_of
from sim.scenario import Scenario


def replications(scenario: Scenario, count: int) -> Iterator[Record]:
    """Records of a scenario's first `count` replications; none is kept here."""
    plan = prepare(scenario)
    for number in range(count):
        outcome = World(plan, scenario.seed, number).run()
        yield record_of(scenario, outcome, number)
