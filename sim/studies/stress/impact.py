"""Impact of a closure: what is lost and how long recovery takes, against the runs without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np

from sim.measures import MEASURES
from sim.measures.series import Numbers
from sim.studies.differences import paired_differences
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import Estimate, estimate_of
from sim.studies.request import MeasureRequest
from sim.studies.stress.recovery import days_to_recover
from sim.studies.stress.targets import Target

FLOW_LOSSES = {
    "produced": "Output lost",
    "exported": "Exports lost",
    "freight": "Dry cargo not delivered",
    "containers": "Containers not delivered",
    "sent": "Dry cargo not sent",
    "containers sent": "Containers not sent",
}
"""Measures of which less is the loss, whatever their better side, with the name of the loss."""

Losses = Mapping[MeasureRequest, Numbers]
"""Losses by measure, an array with a value for each replication, more being worse, nan for none."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClosureImpact:
    """The impact of closing a target for some days.

    `recoveries` are the days until full recovery in each replication, infinite where that is not within
    the run, nan where nothing fell. `parts` are for a pair the losses from closing either target alone.
    `p_values` are adjusted for all losses of the stress test.
    """

    target: Target
    days: float
    losses: Losses
    recoveries: Numbers
    parts: tuple[Losses, ...] = ()
    p_values: Mapping[MeasureRequest, float] = field(default_factory=dict)

    def loss(self, request: MeasureRequest) -> Estimate | None:
        """Return the mean loss by a measure."""
        return estimate_of(self.losses[request])

    def beyond_worse(self, request: MeasureRequest) -> Estimate | None:
        """Return the loss of a pair above that of the target which costs more alone."""
        if not self.parts:
            return None
        worse = max((part[request] for part in self.parts), key=lambda losses: float(np.nanmean(losses)))
        return estimate_of(self.losses[request] - worse)

    def beyond_both(self, request: MeasureRequest) -> Estimate | None:
        """Return the loss of a pair above the sum of both alone, as where each is the other's detour."""
        if not self.parts:
            return None
        return estimate_of(self.losses[request] - sum(part[request] for part in self.parts))

    @property
    def fell(self) -> int:
        """Number of replications in which any flow fell."""
        return int((~np.isnan(self.recoveries)).sum())

    @property
    def lasting(self) -> int:
        """Number of replications without full recovery within the run."""
        return int(np.isinf(self.recoveries).sum())

    @property
    def recovery(self) -> Estimate | None:
        """Days until full recovery, over the replications that fell and recovered."""
        return estimate_of(np.where(np.isinf(self.recoveries), np.nan, self.recoveries))


def closure_impact(
    target: Target, days: float, since: float, base: Ensemble, closed: Ensemble
) -> ClosureImpact:
    """Return the impact of a target that is closed from day `since`: paired with the runs without."""
    recoveries = []
    for before, after in zip(base.daily, closed.daily, strict=True):
        fell, recovered = days_to_recover(base.flows, before, after, since, since + days)
        recoveries.append(np.nan if not fell else inf if recovered is None else recovered)
    return ClosureImpact(
        target=target,
        days=days,
        losses=_losses(base, closed, base.requests),
        recoveries=np.array(recoveries, dtype=float),
    )


def _losses(base: Ensemble, closed: Ensemble, requests: Sequence[MeasureRequest]) -> Losses:
    return {
        request: loss_sign(request) * paired_differences(base.column(request), closed.column(request)) + 0.0
        for request in requests
    }


def loss_sign(request: MeasureRequest) -> float:
    """Return 1 if a loss is more of a measure, -1 if it is less."""
    return -1.0 if request.better == "more" or request.measure in FLOW_LOSSES else 1.0


def loss_title(request: MeasureRequest) -> str:
    """Return the name of the loss by a measure: `Output lost, all fields`."""
    if request.measure in FLOW_LOSSES:
        element = str(request).removeprefix(MEASURES[request.measure].title)
        return FLOW_LOSSES[request.measure] + element
    title = str(request)
    return f"{'Decrease' if request.better == 'more' else 'Increase'} in {title[:1].lower()}{title[1:]}"
