"""Simulated against reported: how far runs lie from what really happened, and how far two naive forecasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.measures.series import Numbers
from sim.studies.backtest.claims import Claim
from sim.studies.backtest.findings import Backtest, Finding
from sim.studies.backtest.inquiry import Answers, Inquiry
from sim.studies.backtest.naive import Proportion, Proportions
from sim.studies.backtest.reported import Reported
from sim.studies.backtest.reported_table import read_reported
from sim.studies.ensemble import Done, silent
from sim.studies.spread import spread_of
from sim.studies.store import Store
from sim.studies.workers import Workers

__all__ = ["Study", "backtest", "read_reported"]


class Study:
    """Figures and claims, and what has to be asked of which scenario for them."""

    def __init__(self, figures: Sequence[Reported], claims: Sequence[Claim] = ()) -> None:
        self.figures, self.claims = figures, claims
        self.inquiry = Inquiry()
        self._proportions: dict[tuple[int, int], Proportions] = {}
        self._drawn_up: dict[str, Proportion | None] = {}
        for figure in figures:
            self.inquiry.ask(figure.scenario, figure.wanted)
            if self._is_forecast(figure):
                proportion = self._drawn_up[figure.id] = self._of(figure).of(figure)
                self.inquiry.ask(
                    figure.undisturbed, figure.wanted, *(proportion.wanted if proportion else ())
                )
        for claim in claims:
            claim.ask(self.inquiry, self.by_id)

    @property
    def by_id(self) -> Mapping[str, Reported]:
        return {figure.id: figure for figure in self.figures}

    @property
    def scenarios(self) -> int:
        """How many scenarios have to be run."""
        return len(self.inquiry)

    def run(
        self, count: int, *, workers: int | Workers = 1, store: Store | None = None, done: Done = silent
    ) -> Backtest:
        """Run each of them `count` times; `done` is told of finished runs."""
        answers = self.inquiry.answers(count, workers, store, done)
        return Backtest(
            findings=tuple(self._finding(figure, answers) for figure in self.figures),
            claims=tuple(claim.held(answers, self.by_id) for claim in self.claims),
            replications=count,
        )

    def _is_forecast(self, figure: Reported) -> bool:
        """Whether naive forecasts say something: not of when something stops, nor where nothing happens."""
        if figure.unit == "date":
            return False
        return self.inquiry.digest(figure.scenario) != self.inquiry.digest(figure.undisturbed)

    def _of(self, figure: Reported) -> Proportions:
        key = id(figure.scenario), id(figure.undisturbed)
        if key not in self._proportions:
            self._proportions[key] = Proportions(figure.scenario, figure.undisturbed)
        return self._proportions[key]

    def _finding(self, figure: Reported, answers: Answers) -> Finding:
        values = answers.values(figure.scenario, figure.wanted)
        unchanged = in_proportion = None
        if self._is_forecast(figure):
            unchanged = _usual(answers.values(figure.undisturbed, figure.wanted))
            proportion = self._drawn_up[figure.id]
            if proportion is not None and unchanged is not None:
                in_proportion = proportion.forecast(
                    unchanged, lambda wanted: answers.mean(figure.undisturbed, wanted)
                )
        return Finding(
            reported=figure,
            simulated=answers.estimate(figure.scenario, figure.wanted),
            missed=int(np.isnan(values).sum()),
            spread=spread_of(values),
            unchanged=unchanged,
            in_proportion=in_proportion,
        )


def _usual(values: Numbers) -> float | None:
    """The mean of what usually has a value; None where it mostly has none."""
    there = values[~np.isnan(values)]
    return float(there.mean()) if 2 * len(there) > len(values) else None


def backtest(
    figures: Sequence[Reported],
    count: int,
    *,
    claims: Sequence[Claim] = (),
    workers: int | Workers = 1,
    store: Store | None = None,
    done: Done = silent,
) -> Backtest:
    """Run the scenarios of some figures `count` times, and these undisturbed, and compare."""
    return Study(figures, claims).run(count, workers=workers, store=store, done=done)
