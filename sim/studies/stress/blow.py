"""What it does to a run that something is shut for some days, pair by pair against the run without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np

from sim.measures.series import Numbers
from sim.studies.differences import differing
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import Estimate, estimate_of
from sim.studies.request import MeasureRequest
from sim.studies.stress.recovery import days_to_recover
from sim.studies.stress.targets import Target

# Less of these is the loss.
CARRIED = ("produced", "exported", "freight", "containers", "sent", "containers sent")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Blow:
    """A target shut for some days.

    `losses` has a row for each replication and a column for each measure of loss, more being worse, nan
    where the run or the one without has no value. `recoveries` are the days until all was back, infinite
    where that is not within the run, nan where nothing fell. `parts` are for a pair the losses of its two
    targets alone. `chances` are how probable such losses would be by luck alone, in view of how many were
    looked at.
    """

    target: Target
    days: float
    losses: Numbers
    recoveries: Numbers
    parts: tuple[Numbers, ...] = ()
    chances: tuple[float | None, ...] = field(default=())

    def loss(self, place: int = 0) -> Estimate | None:
        """By a measure of loss, the first if none is named."""
        return estimate_of(self.losses[:, place])

    def beyond_worse(self, place: int = 0) -> Estimate | None:
        """What a pair costs above that of its two parts which costs more alone."""
        alone = [part[:, place] for part in self.parts]
        if not alone:
            return None
        return estimate_of(self.losses[:, place] - max(alone, key=lambda losses: float(np.nanmean(losses))))

    def beyond_both(self, place: int = 0) -> Estimate | None:
        """What a pair costs above its two parts together: where each is the way around the other."""
        return (
            estimate_of(self.losses[:, place] - sum(part[:, place] for part in self.parts))
            if self.parts
            else None
        )

    @property
    def fell(self) -> int:
        """In how many replications anything fell."""
        return int((~np.isnan(self.recoveries)).sum())

    @property
    def lasting(self) -> int:
        """In how many it was not back within the run."""
        return int(np.isinf(self.recoveries).sum())

    @property
    def recovery(self) -> Estimate | None:
        """The days until all was back, over the replications in which something fell and was."""
        return estimate_of(np.where(np.isinf(self.recoveries), np.nan, self.recoveries))


def blow(
    target: Target,
    days: float,
    since: float,
    base: Ensemble,
    found: Ensemble,
    wanted: Sequence[MeasureRequest],
) -> Blow:
    """What a target did: an ensemble with it shut against the one without, on the same luck."""
    losses = [sign_of(one) * differing(base.column(one), found.column(one)) for one in wanted]
    recoveries = []
    for before, after in zip(base.daily, found.daily, strict=True):
        fell, back = days_to_recover(base.flows, before, after, since, since + days)
        recoveries.append(np.nan if not fell else inf if back is None else back)
    return Blow(
        target=target,
        days=days,
        losses=np.array(losses).T + 0.0,
        recoveries=np.array(recoveries, dtype=float),
    )


def sign_of(loss: MeasureRequest) -> float:
    """1 where a loss is more of a measure, -1 where it is less."""
    return -1.0 if loss.better == "more" or loss.measure in CARRIED else 1.0
