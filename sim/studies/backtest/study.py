"""Back-test: simulated against reported figures, with the errors of two naive forecasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Unpack

import numpy as np

from sim.measures.series import Numbers
from sim.studies.backtest.claims import Claim
from sim.studies.backtest.naive import Proportion, Proportions
from sim.studies.backtest.reported import Reported
from sim.studies.backtest.reported_table import read_reported
from sim.studies.backtest.results import Backtest, Finding
from sim.studies.backtest.run_collection import CollectedRuns, RunCollection
from sim.studies.plan import RunOptions
from sim.studies.spread import spread_of

__all__ = ["BacktestPlan", "backtest", "read_reported"]


class BacktestPlan:
    """A back-test before it is run: figures and claims, with the measures they need of each scenario."""

    def __init__(self, figures: Sequence[Reported], claims: Sequence[Claim] = ()) -> None:
        self.figures, self.claims = figures, claims
        self.collection = RunCollection()
        self._pairs: dict[tuple[int, int], Proportions] = {}
        self._proportions: dict[str, Proportion | None] = {}
        for figure in figures:
            self.collection.add(figure.scenario, figure.request)
            if self._has_forecasts(figure):
                proportion = self._proportions[figure.id] = self._pair(figure).of(figure)
                extra = proportion.requests if proportion else ()
                self.collection.add(figure.undisturbed, figure.request, *extra)
        for claim in claims:
            claim.add_to(self.collection, self.by_id)

    @property
    def by_id(self) -> Mapping[str, Reported]:
        return {figure.id: figure for figure in self.figures}

    @property
    def scenarios(self) -> int:
        """Number of scenarios to be run."""
        return len(self.collection)

    def run(self, count: int, **options: Unpack[RunOptions]) -> Backtest:
        """Run each scenario `count` times and compare the results with the figures."""
        runs = self.collection.run(count, **options)
        return Backtest(
            findings=tuple(self._finding(figure, runs) for figure in self.figures),
            claims=tuple(claim.check(runs, self.by_id) for claim in self.claims),
            replications=count,
        )

    def _has_forecasts(self, figure: Reported) -> bool:
        """Return whether naive forecasts apply: not to dates, nor where the scenario is undisturbed."""
        if figure.unit == "date":
            return False
        return self.collection.digest(figure.scenario) != self.collection.digest(figure.undisturbed)

    def _pair(self, figure: Reported) -> Proportions:
        key = id(figure.scenario), id(figure.undisturbed)
        if key not in self._pairs:
            self._pairs[key] = Proportions(figure.scenario, figure.undisturbed)
        return self._pairs[key]

    def _finding(self, figure: Reported, runs: CollectedRuns) -> Finding:
        values = runs.values(figure.scenario, figure.request)
        unchanged = in_proportion = None
        if self._has_forecasts(figure):
            unchanged = _mean_of_most(runs.values(figure.undisturbed, figure.request))
            proportion = self._proportions[figure.id]
            if proportion is not None and unchanged is not None:
                in_proportion = proportion.forecast(
                    unchanged, lambda request: runs.mean(figure.undisturbed, request)
                )
        return Finding(
            reported=figure,
            simulated=runs.estimate(figure.scenario, figure.request),
            missed=int(np.isnan(values).sum()),
            spread=spread_of(values),
            unchanged=unchanged,
            in_proportion=in_proportion,
        )


def _mean_of_most(values: Numbers) -> float | None:
    """Return the mean of the values that are not nan; None if most are nan."""
    present = values[~np.isnan(values)]
    return float(present.mean()) if 2 * len(present) > len(values) else None


def backtest(
    figures: Sequence[Reported],
    count: int,
    *,
    claims: Sequence[Claim] = (),
    **options: Unpack[RunOptions],
) -> Backtest:
    """Run the scenarios of figures and their undisturbed counterparts `count` times, and compare."""
    return BacktestPlan(figures, claims).run(count, **options)
