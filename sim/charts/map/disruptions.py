"""Disruptions of a run, and the choice of the day that its map shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.measures.record import BoycottSpan, Record, Span
from sim.measures.series import Numbers
from sim.measures.sides import Side, spans_of

MIN_LONG = 7.0  # days of a closure that outlasts a storm
TYPICAL = 0.75  # of a disruption's days have less missing than the day that a map shows
Kind = Literal["closure", "planned closure", "boycott"]


@dataclass(slots=True, kw_only=True)
class Disruption:
    """Closures or boycotts of one label that follow one another without a day between them.

    It is inherited if the scenario has all of them from its base.
    """

    kind: Kind
    label: str
    start: float
    end: float
    inherited: bool

    @property
    def name(self) -> str:
        """Label without its cause."""
        return self.label.partition(": ")[0]

    @property
    def title(self) -> str:
        """Kind and label, the cause in brackets: closure of SPM-3 (storm damage)."""
        _, _, cause = self.label.partition(": ")
        return f"{self.kind} “{self.name}”" + (f" ({cause})" if cause else "")


def disruptions(record: Record, side: Side) -> list[Disruption]:
    """Return the closures, and in freight the boycotts, that concern one side, in order of their start."""
    latest: dict[tuple[Kind, str], Disruption] = {}
    result = []
    for kind, item in sorted(_events(record, side), key=lambda event: event[1].start):
        start, end = max(item.start, 0.0), min(item.end, record.days)
        before = latest.get((kind, item.label))
        if before is not None and start <= before.end:
            before.end = max(before.end, end)
            before.inherited &= item.inherited
        elif end > start:
            latest[kind, item.label] = Disruption(
                kind=kind, label=item.label, start=start, end=end, inherited=item.inherited
            )
            result.append(latest[kind, item.label])
    return result


def _events(record: Record, side: Side) -> Iterator[tuple[Kind, Span | BoycottSpan]]:
    for span in spans_of(record, side):
        if span.remaining < 1.0:
            yield "planned closure" if span.planned else "closure", span
    for boycott in record.boycotts if side == "freight" else ():
        yield "boycott", boycott


def subjects(record: Record, reference: Record | None, side: Side) -> list[Disruption]:
    """Return the disruptions that a run is about.

    They are those not in force throughout; of these those that the reference run has not, if any; of these
    those that the scenario does not inherit from its base, if any.
    """
    items = [item for item in disruptions(record, side) if item.start > 0.0 or item.end < record.days]
    theirs = {(item.kind, item.label) for item in disruptions(reference, side)} if reference else set()
    items = [item for item in items if (item.kind, item.label) not in theirs] or items
    return [item for item in items if not item.inherited] or items


def choose_frame(
    missing: Numbers, edges: Numbers, candidates: Sequence[Disruption]
) -> tuple[int, Disruption | None]:
    """Choose a frame on which the costliest disruption bites: three quarters of its days have less missing.

    Unplanned closures of a week or more go before boycotts and short closures, and those before planned
    ones. A disruption's cost is the flow `missing` in its frames, added up, so that a month without a
    mooring outweighs a storm of two days. Without any disruption it is the middle of the run.
    """
    middles = (edges[1:] + edges[:-1]) / 2
    if not candidates:
        return int(np.argmax(missing)) if missing.any() else len(middles) // 2, None
    during = {}
    for number, item in enumerate(_weightiest(candidates)):
        frames = np.flatnonzero((middles >= item.start) & (middles < item.end))
        during[number] = frames if len(frames) else np.array([np.argmin(np.abs(middles - item.start))])
    cost, _, number = max((missing[frames].sum(), len(frames), -n) for n, frames in during.items())
    frames = during[-number]
    ordered = frames[np.argsort(missing[frames], kind="stable")]
    frame = ordered[int(TYPICAL * (len(ordered) - 1))] if cost > 0.0 else frames[len(frames) // 2]
    return int(frame), _weightiest(candidates)[-number]


def _weightiest(candidates: Sequence[Disruption]) -> Sequence[Disruption]:
    unplanned = [item for item in candidates if item.kind != "planned closure"]
    long = [item for item in unplanned if item.kind == "closure" and item.end - item.start >= MIN_LONG]
    return long or unplanned or candidates
