"""Early stopping: a study ends once its intervals are as narrow as requested."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.errors import fail
from sim.scenario import Scenario
from sim.studies.estimates import Estimate
from sim.studies.request import MeasureRequest, find_request, read_key
from sim.units import parse

FIRST_STOPS = (10, 15, 20)
MAX_REPLICATIONS = 1000  # where no number is given
ADVICE = "such as 1%, or curtailed,KZ=2%, or curtailed,KZ=0.1 Mt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Width:
    """A half-width to be reached by one measure, or by all main ones: a share, or an amount in its unit."""

    request: MeasureRequest | None
    share: float | None = None
    amount: float | None = None

    def is_reached(self, estimate: Estimate, reference: float) -> bool:
        """Return whether an interval is narrow enough; a share is one of `reference`."""
        if estimate.half_width is None:
            return False
        limit = self.amount if self.amount is not None else (self.share or 0.0) * abs(reference)
        return estimate.half_width <= limit


def stopping_points(max_count: int) -> Iterator[int]:
    """Yield the numbers of replications at which a study may stop, independent of its workers.

    They are far apart and begin at ten, since frequent checks stop too early by chance: 10, 15, 20, then
    half as many again each time, and `max_count` at last.
    """
    count = 0
    for count in FIRST_STOPS:
        if count >= max_count:
            break
        yield count
    while count < max_count:
        count = -(-count * 3 // 20) * 10
        if count < max_count:
            yield count
    yield max_count


def read_width(text: str, scenario: Scenario) -> Width:
    """Read `1%`, `measure,element=2%` or `measure,element=0.1 Mt`. Raises `InputError`."""
    name, _, goal = text.rpartition("=")
    share = re.fullmatch(r"\s*([0-9.,]+)\s*%\s*", goal)
    if not name:
        if share is None:
            raise fail("not a half-width to stop at", key="--until", value=text, advice=ADVICE)
        return Width(request=None, share=_positive(parse(goal, ""), text))
    request = find_request(scenario, *read_key(name))
    if share is not None:
        return Width(request=request, share=_positive(parse(goal, ""), text))
    unit = {"date": "day", "days": "day", "%": "percent"}.get(request.unit, request.unit)
    return Width(request=request, amount=_positive(parse(goal, unit, 7.9), text))


def _positive(value: float, text: str) -> float:
    if value <= 0:
        raise fail("no interval becomes as narrow as this", key="--until", value=text, advice=ADVICE)
    return value


def requests_of(widths: Sequence[Width]) -> list[MeasureRequest]:
    """Return the measures that widths name."""
    return [width.request for width in widths if width.request is not None]
