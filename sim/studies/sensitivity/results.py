"""Results of a sensitivity study: the swing of each number, and the share due to assumed numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.studies.ensemble import Ensemble
from sim.studies.request import MeasureRequest
from sim.studies.results import StudyResults, TableRow, estimate_cells
from sim.studies.sensitivity.numbers import Fixed
from sim.studies.sensitivity.swing import Swing

SHARE_DEFINITION = (
    "Each number {scope} is moved alone by {by:.0%} down and up, or as far as it can be; the squares of the "
    "changes in the answer are added up, and the share is the part of this sum that is due to numbers marked "
    "as assumed. It shows which numbers move the answer, not how wrong they are: sourced numbers are taken "
    "to be as uncertain as assumed ones. Counts, such as those of ships, and fields left at their default "
    "are not moved. Squares are products of different replications, so that randomness adds nothing to "
    "them; all but the leading numbers are run twice, and those without effect in the first run count as "
    "zero, so the share is approximate."
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sensitivity(StudyResults):
    """Swings of measures by number, and the numbers that cannot be moved alone.

    `is_complete` when all numbers of the scenario were considered, none being left out by its name.
    """

    base: Ensemble
    by: float
    swings: tuple[Swing, ...]
    fixed: tuple[Fixed, ...]
    is_complete: bool = True

    @property
    def requests(self) -> tuple[MeasureRequest, ...]:
        return self.base.requests

    def ranked(self, request: MeasureRequest | None = None, only_assumed: bool = True) -> list[Swing]:
        """Return the swings run in full that affect a measure, by default the first; the largest first."""
        request = request or self.requests[0]
        swings = [
            swing
            for swing in self.swings
            if swing.replications == len(self.base)
            and swing.size(request) > 0.0
            and (swing.ranged.is_assumed or not only_assumed)
        ]
        return sorted(swings, key=lambda swing: -swing.size(request))

    def by_size(self, request: MeasureRequest) -> list[Swing]:
        """Return all swings, those with the largest effect on a measure first, then by name."""
        return sorted(self.swings, key=lambda swing: (-swing.size(request), swing.name))

    def assumed_share(self, request: MeasureRequest | None = None) -> float | None:
        """Return the share of the answer that is due to assumed numbers; see `share_definition`.

        It is None if no number has an effect, only assumed numbers were moved, or there is one replication.
        """
        request = request or self.requests[0]
        squares = [(swing.ranged.is_assumed, swing.square(request)) for swing in self.swings]
        total = sum(square for _, square in squares)
        if total <= 0.0 or all(is_assumed for is_assumed, _ in squares):
            return None
        assumed = sum(square for is_assumed, square in squares if is_assumed)
        return min(max(assumed / total, 0.0), 1.0)

    @property
    def share_definition(self) -> str:
        scope = "of the network, the closures and the boycotts" if self.is_complete else "that was selected"
        return SHARE_DEFINITION.format(scope=scope, by=self.by)

    def rows(self) -> Iterator[TableRow]:
        """Yield a row for each measure and number, those with the largest effect first."""
        for request in self.requests:
            for rank, swing in enumerate(self.by_size(request), start=1):
                ranged, (low, high) = swing.ranged, swing.ends(request)
                yield {
                    "rank": rank,
                    "number": swing.name,
                    "source": ranged.source,
                    "assumed": ranged.is_assumed,
                    "value": ranged.value,
                    "number_unit": ranged.number.unit,
                    "low": ranged.value * ranged.low,
                    "high": ranged.value * ranged.high,
                    "measure": request.measure,
                    "element": request.element,
                    "unit": request.unit,
                    **estimate_cells(low, "at_low", "at_low_half_width"),
                    **estimate_cells(high, "at_high", "at_high_half_width"),
                    "swing": swing.size(request),
                    "replications": swing.replications,
                }
