"""Schedule of closures, storms and dated changes, which act through the gates of a world."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from operator import itemgetter

from sim.engine.clock import Clock
from sim.engine.gates import STORM, Gate
from sim.engine.journal import Journal
from sim.engine.weather import storms
from sim.network.elements import Berth, Weather
from sim.network.freight.elements import Quay
from sim.scenario import Scenario

Action = tuple[float, Callable[[], None]]


class DisturbanceSchedule:
    """Put the disturbances of a scenario and its weather on the agenda before the run begins.

    Those of one moment are carried out in the order of the scenario and ahead of everything else, so that
    their order never depends on other events. `on_rebase` is called when a base capacity changes.
    """

    def __init__(
        self,
        env: Clock,
        journal: Journal,
        gates: dict[str, Gate],
        scenario: Scenario,
        seed: int,
        replication: int,
        on_rebase: Callable[[], None],
    ) -> None:
        self._env, self._journal, self._gates, self._scenario = env, journal, gates, scenario
        self._before: dict[str, float] = {}
        self._reasons: dict[str, str] = {}
        self._on_rebase = on_rebase
        actions = [*self._closures(), *self._changes(), *self._weather(seed, replication)]
        for moment, together in groupby(sorted(actions, key=itemgetter(0)), key=itemgetter(0)):
            env.call_at(moment, partial(self._carry_out, [action for _, action in together]))

    def _closures(self) -> Iterator[Action]:
        for key, item in enumerate(self._scenario.disturbances):
            start = max(item.start, 0.0)
            if start < self._scenario.days:
                what = item.label, item.remaining, item.cause
                yield start, partial(self._journal.log_event, start, "begins", *what)
            for day, share in item.steps:
                yield max(day, 0.0), partial(self._restrict, item.elements, key, share, item.cause)

    def _changes(self) -> Iterator[Action]:
        for change in self._scenario.dated:
            yield change.day, partial(self._rebase, change.element, change.value)

    def _weather(self, seed: int, replication: int) -> Iterator[Action]:
        scenario, network = self._scenario, self._scenario.network
        months: dict[str, list[Weather]] = {}
        for row in network.weather.values():
            months.setdefault(row.place, []).append(row)
        for place, rows in months.items():
            berths: list[Berth | Quay] = [*network.berths.values(), *network.quays.values()]
            exposed = tuple(b.id for b in berths if b.place == place and b.weather_limited)
            for begin, end in storms(rows, scenario.start, scenario.days, seed, replication):
                yield begin, partial(self._storm, place, exposed, 0.0)
                yield end, partial(self._storm, place, exposed, 1.0)

    def _carry_out(self, actions: list[Callable[[], None]]) -> None:
        """Carry out the actions of one moment, log their effects, and only then announce them."""
        for action in actions:
            action()
        before, self._before = self._before, {}
        self._log(before)
        for id in before:
            self._gates[id].announce()

    def _log(self, before: dict[str, float]) -> None:
        now = self._env.now
        for id, share in before.items():
            after = self._gates[id].share
            if after != share:
                self._journal.log_step("share", id, now, after)
                if id in self._reasons:
                    self._journal.log_event(
                        now, "closes" if after < share else "opens", id, after, self._reasons[id]
                    )
        self._reasons.clear()

    def _touch(self, id: str) -> Gate:
        gate = self._gates[id]
        self._before.setdefault(id, gate.share)
        return gate

    def _restrict(self, elements: tuple[str, ...], key: object, share: float, reason: str) -> None:
        for id in elements:
            self._touch(id).put(key, share)
            self._reasons[id] = reason

    def _storm(self, place: str, berths: tuple[str, ...], share: float) -> None:
        self._journal.log_event(self._env.now, "storm" if share < 1.0 else "calm", place)
        for id in berths:
            self._touch(id).put(STORM, share)

    def _rebase(self, element: str, value: float) -> None:
        self._touch(element).rebase(value)
        self._journal.log_event(self._env.now, "changes", element, value)
        self._on_rebase()
