"""One run as measures and plots see it: what was described, and what was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sim.engine import Balance, Journal, Outcome
from sim.measures.traffic import traffic
from sim.network import Network
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
class Record:
    """A run's description and journal, and how its books closed."""

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
    )
