"""A scenario prepared for runs: routes and the dispatch problem, the same for every replication."""

from __future__ import annotations

from dataclasses import dataclass

from sim.engine.oil.plan import OilPlan, prepare_oil
from sim.engine.outlook import Outlook
from sim.network import Network
from sim.network.freight.legs import FreightRoutes, find_legs
from sim.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that the replications of a scenario share."""

    scenario: Scenario
    oil: OilPlan
    freight: FreightRoutes
    outlook: Outlook

    @property
    def network(self) -> Network:
        return self.scenario.network


def prepare(scenario: Scenario) -> Plan:
    """Find the routes of a scenario's network and lay out its dispatch problem."""
    network = scenario.network
    return Plan(
        scenario=scenario,
        oil=prepare_oil(network),
        freight=find_legs(network),
        outlook=Outlook(scenario.disturbances),
    )
