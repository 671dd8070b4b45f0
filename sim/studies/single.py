"""One run of one scenario."""

from __future__ import annotations

from sim.engine import World, prepare
from sim.measures import Record, record_of
from sim.scenario import Scenario


def run(scenario: Scenario, replication: int = 0, seed: int | None = None) -> Record:
    """Run a scenario once, with the luck of one replication, and give its record.

    The seed is the scenario's own unless another is given.
    """
    seed = scenario.seed if seed is None else seed
    outcome = World(prepare(scenario), seed, replication).run()
    return record_of(scenario, outcome, replication, seed)
