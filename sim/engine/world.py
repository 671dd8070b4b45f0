"""One run: a fresh world built from a plan, simulated on one SimPy environment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sim.engine.clock import Clock
from sim.engine.freight import Freight, FreightBalance
from sim.engine.freight.deadlock import freight_stalled
from sim.engine.gates import Gate
from sim.engine.journal import Journal
from sim.engine.oil.deadlock import stalled
from sim.engine.oil.ledger import Balance
from sim.engine.oil.system import Oil
from sim.engine.plan import Plan
from sim.engine.timeline import DisturbanceSchedule
from sim.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Records of a run: its journal, its books, and a line for each queue that came to rest."""

    journal: Journal
    balance: Balance
    freight_balance: FreightBalance
    stalled: tuple[str, ...]


class World:
    """Everything that changes during one run. Build it, `run` it once, keep its outcome."""

    def __init__(self, plan: Plan, seed: int, replication: int = 0) -> None:
        self.plan, self.seed, self.replication = plan, seed, replication
        scenario = plan.scenario
        self.env = Clock()
        self.journal = Journal(until=scenario.days)
        self.gates = build_gates(plan.network)
        self.oil = Oil(
            self.env, self.journal, plan.network, plan.oil, self.gates, plan.outlook, seed, replication
        )
        self.freight = Freight(
            self.env, self.journal, scenario, plan.freight, self.gates, plan.outlook, seed, replication
        )

    def run(self, watch: Callable[[World], None] | None = None) -> Outcome:
        """Simulate to the end of the horizon; `watch` is called after every event.

        Raises RuntimeError if the books do not balance.
        """
        env, until = self.env, self.plan.scenario.days
        self.oil.fill()
        DisturbanceSchedule(
            env,
            self.journal,
            self.gates,
            self.plan.scenario,
            self.seed,
            self.replication,
            self.oil.forget_capacities,
        )
        self.oil.start()
        self.freight.start()
        self.journal.event_count = env.run_to(until, None if watch is None else partial(watch, self))
        self.oil.close(until)
        self.freight.close()
        balance, freight_balance = self.oil.balance(), self.freight.balance()
        if not (balance.holds and freight_balance.holds):
            error = max(balance.max_error, freight_balance.max_error)
            raise RuntimeError(f"{self.plan.scenario.name}: {error:,.3f} units of cargo do not add up")
        return Outcome(
            journal=self.journal,
            balance=balance,
            freight_balance=freight_balance,
            stalled=(*stalled(self.oil.ports.values(), until), *freight_stalled(self.freight, until)),
        )


def build_gates(network: Network) -> dict[str, Gate]:
    """Return a gate for every element that has a capacity; berths out of service are closed."""
    bases: dict[str, float] = {link.id: link.capacity or 0.0 for link in network.links.values()}
    bases |= {stock.id: stock.capacity for stock in network.stocks.values()}
    bases |= {berth.id: berth.rate for berth in network.berths.values()}
    bases |= {fleet.id: 1.0 for fleet in network.fleets.values()}
    bases |= {shipper.id: shipper.rate for shipper in network.shippers.values()}
    bases |= {line.id: line.paths or 1.0 for line in network.lines.values()}
    bases |= {yard.id: yard.capacity for yard in network.yards.values()}
    bases |= {quay.id: quay.rate for quay in network.quays.values()}
    bases |= {service.id: 1.0 for service in network.services.values()}
    bases |= {demand.id: demand.rate for demand in network.demands.values()}
    gates = {id: Gate(id, base) for id, base in bases.items()}
    for berth in network.berths.values():
        if not berth.in_service:
            gates[berth.id].restrict("not in service", 0.0)
    return gates
