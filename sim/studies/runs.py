"""Single runs of a scenario, and its replications one by one as complete records."""

from __future__ import annotations

from collections.abc import Iterator

from sim.engine import World, prepare
from sim.measures import Record, record_of
from sim.scenario import Scenario


def run(scenario: Scenario, replication: int = 0, seed: int | None = None) -> Record:
    """Run a scenario once, with the random draws of one replication, and return its record.

    The seed is the scenario's own unless another one is given.
    """
    seed = scenario.seed if seed is None else seed
    outcome = World(prepare(scenario), seed, replication).run()
    return record_of(scenario, outcome, replication, seed)


def replications(scenario: Scenario, count: int) -> Iterator[Record]:
    """Yield the records of a scenario's first `count` replications, holding one at a time."""
    plan = prepare(scenario)
    for number in range(count):
        outcome = World(plan, scenario.seed, number).run()
        yield record_of(scenario, outcome, number)
