"""Coverage of intervals, over thousands of runs of a small terminal."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from stormy_terminal import CURTAILED, EXPORTED, samples, variant

from sim.studies.compare import compare_ensembles
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import estimate
from sim.studies.request import flows_of, main_measures
from sim.studies.sampling import Sample
from sim.studies.variants import Variant

pytestmark = pytest.mark.slow

RUNS = 10
TRIALS = 200
USUAL = variant()


@pytest.fixture(scope="module")
def many() -> list[Sample]:
    return samples(USUAL, 2 * RUNS * TRIALS)


def ensembles(one: Variant, some: list[Sample]) -> Iterator[Ensemble]:
    """The samples in groups, each as if it were a study of its own seed."""
    for first in range(0, len(some), RUNS):
        group = some[first : first + RUNS]
        yield Ensemble(
            label=f"{first}",
            name="made up",
            title="made up",
            start=one.scenario.start,
            days=one.scenario.days,
            seed=first,
            digest="",
            requests=main_measures(one.scenario),
            flows=flows_of(one.scenario.network),
            replications=tuple(range(RUNS)),
            values=np.array([sample.values for sample in group]),
            daily=np.array([sample.daily for sample in group]),
        )


@pytest.mark.parametrize("wanted", [CURTAILED, EXPORTED], ids=str)
def test_intervals_hold_the_truth_in_about_95_of_100_studies(many: list[Sample], wanted: object) -> None:
    """Of 400 studies of 10 runs each, 380 may be expected, give or take 4.4."""
    place = main_measures(USUAL.scenario).index(wanted)  # type: ignore[arg-type]
    values = np.array([sample.values[place] for sample in many]).reshape(-1, RUNS)
    truth = values.mean()
    found = [estimate(study) for study in values]
    held = sum(abs(one.mean - truth) <= (one.half_width or 0.0) for one in found)
    assert 365 <= held <= 395


def test_the_same_scenario_on_other_random_draws_is_found_different_in_about_5_of_100_trials(
    many: list[Sample],
) -> None:
    """By one measure 10 of 200 trials, give or take 3; by any of all, adjusted, no more than that."""
    studies = list(ensembles(USUAL, many))
    trials = [compare_ensembles(pair) for pair in zip(studies[::2], studies[1::2], strict=True)]
    assert len(trials) == TRIALS
    by_one = [trial.of(trial.others[0].label, *CURTAILED.key).p_value for trial in trials]
    assert 4 <= sum(one is not None and one < 0.05 for one in by_one) <= 18
    assert sum(any(one.is_detected for one in trial.differences) for trial in trials) <= 18
