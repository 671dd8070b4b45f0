"""Twice a day, while anything is amiss: new settings for wells, and oil turned to other markets."""

from __future__ import annotations

from sim.engine.clock import AFTERWARDS, Clock
from sim.engine.fields import INSTRUCTIONS, Field
from sim.engine.flows import Flows
from sim.engine.journal import Journal
from sim.engine.outlook import Outlook


class Instructions:
    """Gives instructions every half day until all fields run as they would; then sleeps.

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
        self._awake = False

    def look(self) -> None:
        """Wake up if something is amiss."""
        if self._awake:
            return
        for field in self._fields:
            if not field.settled:
                self._awake = True
                self._env.call(INSTRUCTIONS, self._instruct, AFTERWARDS)
                return

    def _instruct(self) -> None:
        now = self._env.now
        over_in: dict[tuple[str, ...], float] = {}
        for field in self._fields:
            if field.settled:
                continue
            ways_out = self._ways_out[field.shipper.id]
            if ways_out not in over_in:
                over_in[ways_out] = self._outlook.over_in(ways_out, now)
            before = [outlet.surge for outlet in field.outlets]
            for outlet, begins in field.divert(INSTRUCTIONS, over_in[ways_out]):
                kind = "diverts" if begins else "returns"
                where = f"to {outlet.contract.market}"
                self._journal.tell(now, kind, field.shipper.id, field.short, where)
            if field.instruct(INSTRUCTIONS) or before != [outlet.surge for outlet in field.outlets]:
                self._flows.touch(field)
        self._awake = False
        self.look()
