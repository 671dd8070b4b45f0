"""When a study has run often enough: once its intervals are as narrow as was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.errors import fail
from sim.scenario import Scenario
from sim.studies.estimates import Estimate
from sim.studies.request import MeasureRequest, find_request, read_key
from sim.units import parse

FIRST_LOOKS = (10, 15, 20)
MOST = 1000  # replications, where no number is given
ADVICE = "such as 1%, or curtailed,KZ=2%, or curtailed,KZ=0.1 Mt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Width:
    """A half-width to be reached: of one measure, or of all main ones; a share, or in the measure's unit."""

    wanted: MeasureRequest | None
    share: float | None = None
    amount: float | None = None

    def reached(self, found: Estimate, reference: float) -> bool:
        """Whether an interval is narrow enough; a share is one of `reference`."""
        if found.half_width is None:
            return False
        most = self.amount if self.amount is not None else (self.share or 0.0) * abs(reference)
        return found.half_width <= most


def looks(most: int) -> Iterator[int]:
    """The numbers of replications at which a study asks whether to stop, whoever does the runs.

    Far apart and none before the tenth, since whoever looks often stops by luck: 10, 15, 20, then half as
    many again each time, and `most` at last.
    """
    count = 0
    for count in FIRST_LOOKS:
        if count >= most:
            break
        yield count
    while count < most:
        count = -(-count * 3 // 20) * 10
        if count < most:
            yield count
    yield most


def read_width(text: str, scenario: Scenario) -> Width:
    """What `--until` asks: `1%`, `measure,element=2%` or `measure,element=0.1 Mt`. Raises `InputError`."""
    named, _, goal = text.rpartition("=")
    share = re.fullmatch(r"\s*([0-9.,]+)\s*%\s*", goal)
    if not named:
        if share is None:
            raise fail("not a half-width to stop at", key="--until", value=text, advice=ADVICE)
        return Width(wanted=None, share=_positive(parse(goal, ""), text))
    wanted = find_request(scenario, *read_key(named))
    if share is not None:
        return Width(wanted=wanted, share=_positive(parse(goal, ""), text))
    unit = {"date": "day", "days": "day", "%": "percent"}.get(wanted.unit, wanted.unit)
    return Width(wanted=wanted, amount=_positive(parse(goal, unit, 7.9), text))


def _positive(value: float, text: str) -> float:
    if value <= 0:
        raise fail("no interval gets as narrow as that", key="--until", value=text, advice=ADVICE)
    return value


def asked_for(widths: Sequence[Width]) -> list[MeasureRequest]:
    """The measures that widths name."""
    return [width.wanted for width in widths if width.wanted is not None]
