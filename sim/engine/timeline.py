"""What happens to the world, in order of time: closures, storms and dated changes, through its gates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import itemgetter

from sim.engine.clock import Clock

Action = tuple[float, Callable[[], None]]


class Timeline:
    """Walks a list of dated actions. Those of one instant are carried out in the order given."""

    def __init__(self, env: Clock, actions: Iterable[Action]) -> None:
        self._env = env
        self._actions = sorted(actions, key=itemgetter(0))[::-1]
        self._next()

    def _next(self) -> None:
        now = self._env.now
        while self._actions and self._actions[-1][0] <= now:
            self._actions.pop()[1]()
        if self._actions:
            self._env.call(self._actions[-1][0] - now, self._next)
