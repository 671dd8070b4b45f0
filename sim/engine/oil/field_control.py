"""Twice a day: new settings for the wells of fields that are amiss, and oil turned to other markets."""

from __future__ import annotations

from collections.abc import Iterable

from sim.engine.clock import AFTERWARDS, Clock
from sim.engine.journal import Journal
from sim.engine.oil.fields import Field
from sim.engine.oil.flows import Flows
from sim.engine.outlook import Outlook

INSTRUCTIONS = 0.5  # days: control rooms give fields and routes new instructions twice a day (assumed)


class FieldControl:
    """Gives instructions at fixed hours, half a day apart, to each field that does not run as it would.

    A field is told by how long it has been amiss since it was last told: no other field's trouble
    changes what it is told, or when. While all run as they would, this sleeps.

    `ways_out` are, per shipper, the elements that its usual route runs through: while one of them is
    known to be shut for a short time only, its shipper waits rather than diverts.
    """

    def __init__(
        self, env: Clock, journal: Journal, fields: list[Field], flows: Flows, outlook: Outlook,
        ways_out: dict[str, tuple[str, ...]],
    ) -> None:  # fmt: skip
        self._env, self._journal, self._fields, self._flows = env, journal, fields, flows
        self._outlook = outlook
        self._ways_out = {id: outlook.among(elements) for id, elements in ways_out.items()}
        self._told: dict[Field, float] = {}  # the fields amiss: when they fell so, or were last told
        self._awake = False

    def look(self, fields: Iterable[Field]) -> None:
        """See which of the fields whose rates have just been set are amiss."""
        for field in fields:
            if field.settled:
                self._told.pop(field, None)
            else:
                self._told.setdefault(field, self._env.now)
        self._wake()

    def _wake(self) -> None:
        if self._told and not self._awake:
            self._awake = True
            next_hour = (self._env.now // INSTRUCTIONS + 1.0) * INSTRUCTIONS
            self._env.call_at(next_hour, self._instruct, AFTERWARDS)

    def _instruct(self) -> None:
        now = self._env.now
        for field in self._fields:
            if field not in self._told:
                continue
            elapsed, self._told[field] = now - self._told[field], now
            if elapsed == 0.0:  # fell amiss this instant
                continue
            turned = field.may_turn and self._turn(field, elapsed)
            if field.adjust(elapsed) or turned:
                self._flows.touch(field)
            if field.settled:
                del self._told[field]
        self._awake = False
        self._wake()

    def _turn(self, field: Field, elapsed: float) -> bool:
        """Have a field decide about other markets. Whether what may go there is not what it was."""
        now, id = self._env.now, field.shipper.id
        changed, turned = field.divert(elapsed, self._outlook.over_in(self._ways_out[id], now))
        for outlet, begins in turned:
            kind = "diverts" if begins else "returns"
            self._journal.log_event(now, kind, id, field.short, f"to {outlet.contract.market}")
        return changed
