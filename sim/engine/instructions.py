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
        if not self._awake and not all(field.settled for field in self._fields):
            self._awake = True
            self._env.call(INSTRUCTIONS, self._instruct, AFTERWARDS)

    def _instruct(self) -> None:
        changed = False
        for field in self._fields:
            if field.settled:
                continue
            before = [outlet.surge for outlet in field.outlets]
            over_in = self._outlook.over_in(self._ways_out[field.shipper.id], self._env.now)
            for outlet, begins in field.divert(INSTRUCTIONS, over_in):
                kind = "diverts" if begins else "returns"
                self._journal.tell(
                    self._env.now, kind, field.shipper.id, field.short, f"to {outlet.contract.market}"
                )
            changed |= before != [outlet.surge for outlet in field.outlets]
            changed |= field.instruct(INSTRUCTIONS)
        if changed:
            self._flows.mark()
        self._awake = False
        self.look()
