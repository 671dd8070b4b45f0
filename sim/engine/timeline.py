"""What happens to the world, in order of time: closures, storms and dated changes, through its gates."""

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


class Timeline:
    """Puts all that a scenario and its weather hold onto the agenda before the run begins.

    Those of one moment are carried out in the order given and ahead of all else then, so that
    their order never depends on what happens meanwhile.
    """

    def __init__(
        self, env: Clock, journal: Journal, gates: dict[str, Gate], scenario: Scenario, seed: int,
        replication: int, rebased: Callable[[], None],
    ) -> None:  # fmt: skip
        self._env, self._journal, self._gates, self._scenario = env, journal, gates, scenario
        self._before: dict[str, float] = {}
        self._why: dict[str, str] = {}
        self._rebased = rebased
        actions = [*self._closures(), *self._changes(), *self._weather(seed, replication)]
        for moment, together in groupby(sorted(actions, key=itemgetter(0)), key=itemgetter(0)):
            env.call_at(moment, partial(self._carry_out, [action for _, action in together]))

    def _closures(self) -> Iterator[Action]:
        for key, item in enumerate(self._scenario.disturbances):
            start = max(item.start, 0.0)
            if start < self._scenario.days:
                words = (start, "begins", item.label, item.remaining, item.cause)
                yield start, partial(self._journal.log_event, *words)
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
        """Do all that happens at one moment, and only then tell those concerned."""
        for action in actions:
            action()
        before, self._before = self._before, {}
        now = self._env.now
        for id, share in before.items():
            after = self._gates[id].share
            if after != share:
                self._journal.log_step("share", id, now, after)
                if id in self._why:
                    self._journal.log_event(
                        now, "closes" if after < share else "opens", id, after, self._why[id]
                    )
        self._why.clear()
        for id in before:
            self._gates[id].announce()

    def _touch(self, id: str) -> Gate:
        gate = self._gates[id]
        self._before.setdefault(id, gate.share)
        return gate

    def _restrict(self, elements: tuple[str, ...], key: object, share: float, reason: str) -> None:
        for id in elements:
            self._touch(id).put(key, share)
            self._why[id] = reason

    def _storm(self, place: str, berths: tuple[str, ...], share: float) -> None:
        self._journal.log_event(self._env.now, "storm" if share < 1.0 else "calm", place)
        for id in berths:
            self._touch(id).put(STORM, share)

    def _rebase(self, element: str, value: float) -> None:
        self._touch(element).rebase(value)
        self._journal.log_event(self._env.now, "changes", element, value)
        self._rebased()
