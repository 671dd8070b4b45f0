"""Results of a stress test: the impact of every closure, ranked by loss and by time to recover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import inf

from sim.studies.ensemble import Ensemble
from sim.studies.estimates import Estimate
from sim.studies.request import MeasureRequest
from sim.studies.results import StudyResults, TableRow, estimate_cells
from sim.studies.stress.impact import FLOW_LOSSES, ClosureImpact


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stress(StudyResults):
    """Results of a stress test: an impact for each target and length, and the undisturbed runs (`base`)."""

    base: Ensemble
    since: float
    lengths: tuple[float, ...]
    impacts: tuple[ClosureImpact, ...]

    @property
    def requests(self) -> tuple[MeasureRequest, ...]:
        """The measures of loss."""
        return self.base.requests

    def of(self, target: str, days: float) -> ClosureImpact:
        """Return the impact of a target closed for some days. Raises `KeyError` if there is none."""
        for impact in self.impacts:
            if (impact.target.name, impact.days) == (target, days):
                return impact
        raise KeyError((target, days))

    def total(self, request: MeasureRequest) -> float | None:
        """Return the undisturbed amount of which a loss is a share; None if a share has no meaning."""
        estimate = self.base.estimate(request) if request.measure in FLOW_LOSSES else None
        return estimate.mean if estimate is not None and estimate.mean > 0.0 else None

    def shares(self, impact: ClosureImpact) -> dict[MeasureRequest, float]:
        """Return the share lost by each measure, or the losses themselves if one of them has no share."""
        losses = {request: _mean(impact.loss(request)) for request in self.requests}
        totals = {request: self.total(request) for request in self.requests}
        known = {request: total for request, total in totals.items() if total is not None}
        if len(known) < len(totals):
            return losses
        return {request: losses[request] / total for request, total in known.items()}

    def worst(self, impact: ClosureImpact) -> MeasureRequest:
        """Return the measure with the largest share lost, or the first if one of them has no share."""
        if any(self.total(request) is None for request in self.requests):
            return self.requests[0]
        shares = self.shares(impact)
        return max(shares, key=lambda request: shares[request])

    def score(self, impact: ClosureImpact) -> float:
        """Return the number that impacts are ranked by: the largest share lost, or the first loss."""
        return self.shares(impact)[self.worst(impact)]

    def ranked(self, days: float | None = None, paired: bool = False) -> list[ClosureImpact]:
        """Return the impacts of targets or of pairs, largest first, by default at the longest length."""
        length = self.lengths[-1] if days is None else days
        impacts = [
            impact for impact in self.impacts if impact.days == length and bool(impact.target.parts) == paired
        ]
        return sorted(impacts, key=lambda impact: -self.score(impact))

    def ranked_by(self, request: MeasureRequest, paired: bool = False) -> list[ClosureImpact]:
        """Return the longest closures by their loss in a measure; only pairs that cost more together."""
        impacts = self.worse_together() if paired else self.ranked()
        return sorted(impacts, key=lambda impact: -_mean(impact.loss(request), -inf))

    def worse_together(self) -> list[ClosureImpact]:
        """Return the pairs that significantly cost more, at the longest closure, than the worse one alone."""
        return [
            impact
            for impact in self.ranked(paired=True)
            if any(_is_positive(impact.beyond_worse(request)) for request in self.requests)
        ]

    def slowest(self, days: float | None = None) -> list[ClosureImpact]:
        """Return the impacts of a length after which any flow fell, the slowest to recover first."""
        fell = [impact for impact in self.ranked(days) if impact.fell]
        return sorted(fell, key=lambda impact: (-impact.lasting, -_mean(impact.recovery, inf)))

    def rows(self) -> Iterator[TableRow]:
        """Yield a row for each target, length and measure; `loss_share` is in %, pairs are ranked apart."""
        for days, paired in product(self.lengths, (False, True)):
            for rank, impact in enumerate(self.ranked(days, paired), start=1):
                for request in self.requests:
                    yield self._row(impact, rank, request)

    def _row(self, impact: ClosureImpact, rank: int, request: MeasureRequest) -> TableRow:
        target, loss, total = impact.target, impact.loss(request), self.total(request)
        return {
            "target": target.name,
            "kind": target.kind,
            "title": target.title,
            "elements": " ".join(target.elements),
            "days": impact.days,
            "measure": request.measure,
            "element": request.element,
            "unit": request.unit,
            "rank": rank,
            **estimate_cells(loss, "loss", "loss_half_width"),
            "loss_share": 100.0 * loss.mean / total if loss and total else None,
            "p_value_adjusted": impact.p_values.get(request),
            **estimate_cells(
                impact.beyond_worse(request), "beyond_worse_part", "beyond_worse_part_half_width"
            ),
            **estimate_cells(
                impact.beyond_both(request), "beyond_both_parts", "beyond_both_parts_half_width"
            ),
            "fell": impact.fell,
            **estimate_cells(impact.recovery, "recovered_after", "recovered_after_half_width"),
            "not_recovered": impact.lasting,
            "replications": len(self.base),
        }


def _mean(estimate: Estimate | None, default: float = 0.0) -> float:
    return estimate.mean if estimate else default


def _is_positive(estimate: Estimate | None) -> bool:
    return estimate is not None and estimate.mean > 0.0 and not estimate.is_near_zero
