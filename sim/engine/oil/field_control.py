"""Control of fields twice a day: settings of wells, and diversion to other markets."""

from __future__ import annotations

from collections.abc import Iterable

from sim.engine.clock import AFTERWARDS, Clock
from sim.engine.journal import EventKind, Journal
from sim.engine.oil.fields import Field
from sim.engine.oil.flows import Flows
from sim.engine.outlook import Outlook

INTERVAL = 0.5  # days: control rooms instruct fields and routes twice a day (assumed)


class FieldControl:
    """Adjust curtailed and diverting fields at fixed hours, half a day apart.

    Each adjustment of a field depends on the days since its last one alone, so no other field's trouble
    changes it. While all fields run normally, no hour is scheduled.

    `normal_ways` are, by shipper, the elements of its normal route: while they are known to be shut for a
    short time only, the shipper waits and does not divert.
    """

    def __init__(
        self,
        env: Clock,
        journal: Journal,
        fields: list[Field],
        flows: Flows,
        outlook: Outlook,
        normal_ways: dict[str, tuple[str, ...]],
    ) -> None:
        self._env, self._journal, self._fields, self._flows = env, journal, fields, flows
        self._outlook = outlook
        self._normal_ways = {id: outlook.among(elements) for id, elements in normal_ways.items()}
        self._unsettled: dict[
            Field, float
        ] = {}  # days since which a field is unsettled, or was adjusted last
        self._scheduled = False

    def review(self, fields: Iterable[Field]) -> None:
        """Note which of the fields whose rates have just been set need adjustment."""
        for field in fields:
            if field.settled:
                self._unsettled.pop(field, None)
            else:
                self._unsettled.setdefault(field, self._env.now)
        self._schedule()

    def _schedule(self) -> None:
        if self._unsettled and not self._scheduled:
            self._scheduled = True
            next_hour = (self._env.now // INTERVAL + 1.0) * INTERVAL
            self._env.call_at(next_hour, self._adjust, AFTERWARDS)

    def _adjust(self) -> None:
        now = self._env.now
        for field in self._fields:
            if field not in self._unsettled:
                continue
            elapsed, self._unsettled[field] = now - self._unsettled[field], now
            if elapsed == 0.0:  # unsettled in this instant
                continue
            diverted = field.may_divert and self._divert(field, elapsed)
            if field.adjust(elapsed) or diverted:
                self._flows.touch(field)
            if field.settled:
                del self._unsettled[field]
        self._scheduled = False
        self._schedule()

    def _divert(self, field: Field, elapsed: float) -> bool:
        """Let a field decide about diversion, and return whether its limits have changed."""
        now, id = self._env.now, field.shipper.id
        changed, turned = field.divert(elapsed, self._outlook.over_in(self._normal_ways[id], now))
        for outlet, begins in turned:
            kind: EventKind = "diverts" if begins else "returns"
            self._journal.log_event(now, kind, id, field.shortfall, f"to {outlet.contract.market}")
        return changed
