"""One run as measures and plots see it: what was described, and what was recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sim.engine import Balance, Journal, Outcome
from sim.engine.freight import FreightBalance
from sim.measures.freight.build_trip_table import passages_of
from sim.measures.freight.trip_table import Passages
from sim.measures.freight.waits import time_spent
from sim.measures.series import Numbers
from sim.measures.traffic import traffic
from sim.network import Network
from sim.network.freight.legs import FreightRoutes, find_legs
from sim.network.oil.routes import Route, find_routes
from sim.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A closure on the calendar of a run: days since its start, and the share that it left open."""

    label: str
    elements: tuple[str, ...]
    start: float
    end: float
    remaining: float
    planned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Boycotted:
    """A boycott on the calendar of a run: days since its start, whose demands, and how many refuse.

    `share` of the shippers use no corridor over one of the elements; `premium` (USD per unit of cargo) is
    what the others see on top of its rate.
    """

    label: str
    elements: tuple[str, ...]
    demands: tuple[str, ...]
    share: float
    premium: float
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A run's description and journal, and how its books closed.

    `freight` are the legs of its corridors, to which the journal's trips refer.
    """

    name: str
    title: str
    network: Network
    start: date
    days: float
    seed: int
    replication: int
    journal: Journal
    balance: Balance
    stalled: tuple[str, ...]
    spans: tuple[Span, ...]
    freight: FreightRoutes
    freight_balance: FreightBalance | None = None
    boycotts: tuple[Boycotted, ...] = ()
    _passages: list[Passages] = field(default_factory=list, init=False, repr=False, compare=False)
    _routes: list[tuple[Route, ...]] = field(default_factory=list, init=False, repr=False, compare=False)
    _spent: dict[str, Numbers] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def passages(self) -> Passages:
        """What its trains and ships carried, as columns; drawn up when first asked for."""
        if not self._passages:
            self._passages.append(passages_of(self.journal, self.network, self.freight))
        return self._passages[0]

    @property
    def spent(self) -> dict[str, Numbers]:
        """The days that each load spent by kind (see `waits`), up to the end of the run."""
        if not self._spent:
            self._spent.update(time_spent(self.passages, self.journal, self.network))
        return self._spent

    @property
    def routes(self) -> tuple[Route, ...]:
        """The ways of its contracts for oil, found when first asked for."""
        if not self._routes:
            self._routes.append(find_routes(self.network))
        return self._routes[0]

    def when(self, day: float) -> datetime:
        """The moment that a day of the run is, to the minute."""
        minutes = round(day * 1440)
        return datetime.combine(self.start, time()) + timedelta(minutes=minutes)

    def day(self, moment: date) -> float:
        """Days from the start of the run to the midnight that begins a date."""
        return float((moment - self.start).days)


def record_of(scenario: Scenario, outcome: Outcome, replication: int = 0, seed: int | None = None) -> Record:
    """The record of a scenario's run. Closures that leave everything open are not shown as closures."""
    outcome.journal.steps.update(traffic(outcome.journal))
    return Record(
        name=scenario.name,
        title=scenario.title,
        network=scenario.network,
        start=scenario.start,
        days=scenario.days,
        seed=scenario.seed if seed is None else seed,
        replication=replication,
        journal=outcome.journal,
        balance=outcome.balance,
        stalled=outcome.stalled,
        spans=tuple(
            Span(
                label=item.label if item.planned or not item.cause else f"{item.label}: {item.cause}",
                elements=item.elements,
                start=max(item.start, 0.0),
                end=min(item.end, scenario.days),
                remaining=item.remaining,
                planned=item.planned,
            )
            for item in scenario.disturbances
            if item.remaining < 1.0
        ),
        freight=find_legs(scenario.network),
        freight_balance=outcome.freight_balance,
        boycotts=tuple(
            Boycotted(
                label=item.label,
                elements=item.elements,
                demands=item.demands,
                share=item.share,
                premium=item.premium,
                start=max(item.start, 0.0),
                end=min(item.end, scenario.days),
            )
            for item in scenario.boycotts
            if item.start < scenario.days and item.end > 0.0
        ),
    )
