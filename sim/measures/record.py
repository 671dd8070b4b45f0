"""Record of one run, for measures and charts: its description and its journal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise

from sim.engine import Balance, Journal, Outcome
from sim.engine.freight import FreightBalance
from sim.measures.freight.activities import time_by_activity
from sim.measures.freight.build_trip_table import build_trip_table
from sim.measures.freight.trip_table import TripTable
from sim.measures.series import Numbers
from sim.measures.traffic import traffic
from sim.network import Network
from sim.network.freight.legs import FreightRoutes, find_legs
from sim.network.oil.routes import Route, find_routes
from sim.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A closure on the calendar of a run, in days since its start, and the share that it left open.

    `recovery` holds the days on which more opens again before its end, each with the share open from then on.
    It is `inherited` if the scenario has it from its base.
    """

    label: str
    elements: tuple[str, ...]
    start: float
    end: float
    remaining: float
    planned: bool
    recovery: tuple[tuple[float, float], ...] = ()
    inherited: bool = False

    @property
    def steps(self) -> list[tuple[float, float, float]]:
        """Start and end of each step of the closure, and the share open."""
        steps = [(self.start, self.remaining), *self.recovery, (self.end, 1.0)]
        return [(start, end, share) for (start, share), (end, _) in pairwise(steps) if share < 1.0]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoycottSpan:
    """A boycott on the calendar of a run, in days since its start, with the demands concerned.

    A `share` of the shippers use no corridor over one of the elements; the others add the `premium` (USD
    per unit of cargo) to the rate of such a corridor. It is `inherited` if the scenario has it from its base.
    """

    label: str
    elements: tuple[str, ...]
    demands: tuple[str, ...]
    share: float
    premium: float
    start: float
    end: float
    inherited: bool = False


@dataclass(frozen=True, kw_only=True)
class Record:
    """Description and journal of a run, and its closing balances.

    `freight` holds the legs of its corridors, to which the trips of the journal refer.
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
    boycotts: tuple[BoycottSpan, ...] = ()

    @cached_property
    def trip_table(self) -> TripTable:
        """Movements of its trains and ships, as columns."""
        return build_trip_table(self.journal, self.network, self.freight)

    @cached_property
    def time_by_activity(self) -> dict[str, Numbers]:
        """Days that each load spent on each activity (`activities.ACTIVITIES`), up to the end of the run."""
        return time_by_activity(self.trip_table, self.journal, self.network)

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """Routes of its contracts for oil."""
        return find_routes(self.network)

    def when(self, day: float) -> datetime:
        """Return the date and time of a day of the run, to the minute."""
        minutes = round(day * 1440)
        return datetime.combine(self.start, time()) + timedelta(minutes=minutes)

    def day(self, moment: date) -> float:
        """Return the days from the start of the run to the midnight at which a date starts."""
        return float((moment - self.start).days)


def record_of(scenario: Scenario, outcome: Outcome, replication: int = 0, seed: int | None = None) -> Record:
    """Return the record of a run. Closures that leave everything open are left out."""
    journal = replace(outcome.journal, steps={**outcome.journal.steps, **traffic(outcome.journal)})
    return Record(
        name=scenario.name,
        title=scenario.title,
        network=scenario.network,
        start=scenario.start,
        days=scenario.days,
        seed=scenario.seed if seed is None else seed,
        replication=replication,
        journal=journal,
        balance=outcome.balance,
        stalled=outcome.stalled,
        spans=_spans_of(scenario),
        freight=find_legs(scenario.network),
        freight_balance=outcome.freight_balance,
        boycotts=_boycotts_of(scenario),
    )


def _spans_of(scenario: Scenario) -> tuple[Span, ...]:
    """Return the closures of a scenario within its run, without those that leave everything open."""
    return tuple(
        Span(
            label=item.label if item.planned or not item.cause else f"{item.label}: {item.cause}",
            elements=item.elements,
            start=max(item.start, 0.0),
            end=min(item.end, scenario.days),
            remaining=item.remaining,
            planned=item.planned,
            recovery=tuple((max(day, 0.0), share) for day, share in item.steps[1:-1] if day < scenario.days),
            inherited=item.provenance.file in scenario.base_files,
        )
        for item in scenario.disturbances
        if item.remaining < 1.0
    )


def _boycotts_of(scenario: Scenario) -> tuple[BoycottSpan, ...]:
    """Return the boycotts of a scenario within its run."""
    return tuple(
        BoycottSpan(
            label=item.label,
            elements=item.elements,
            demands=item.demands,
            share=item.share,
            premium=item.premium,
            start=max(item.start, 0.0),
            end=min(item.end, scenario.days),
            inherited=item.provenance.file in scenario.base_files,
        )
        for item in scenario.boycotts
        if item.start < scenario.days and item.end > 0.0
    )
