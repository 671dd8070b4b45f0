"""What happens to the world, in order of time: closures, storms and dated changes, through its gates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import groupby
from operator import itemgetter

from sim.engine.clock import Clock

Action = tuple[float, Callable[[], None]]


def put_on_agenda(env: Clock, actions: Iterable[Action]) -> None:
    """Have all dated actions carried out, those of one moment in the order given and ahead of all else then.

    They go onto the agenda before a run begins, so that their order never depends on what happens
    meanwhile.
    """
    for moment, together in groupby(sorted(actions, key=itemgetter(0)), key=itemgetter(0)):
        env.call_at(moment, partial(_carry_out, [action for _, action in together]))


def _carry_out(actions: list[Callable[[], None]]) -> None:
    for action in actions:
        action()
