"""The journal knows its quantities; a misspelt name is an error, never an empty series."""

from typing import Any, get_args

import pytest

from sim.engine.journal import POINT_UNITS, STEP_UNITS, Journal, PointQuantity, StepQuantity


def test_every_quantity_has_a_unit() -> None:
    assert set(STEP_UNITS) == set(get_args(StepQuantity))
    assert set(POINT_UNITS) == set(get_args(PointQuantity))


def test_a_series_reads_as_it_was_logged() -> None:
    journal = Journal(until=10.0)
    journal.log_step("flow", "pipe", 1.0, 5.0)
    journal.log_point("level", "tank", 2.0, 7.0)
    steps, points = journal.step_series("flow", "pipe"), journal.point_series("level", "tank")
    assert steps is not None
    assert points is not None
    assert (steps.times, steps.values, points.times, points.values) == ([1.0], [5.0], [2.0], [7.0])
    assert journal.step_series("flow", "other") is None


@pytest.mark.parametrize("method", ["step_series", "point_series", "open_steps", "open_points"])
def test_an_unknown_quantity_is_refused(method: str) -> None:
    access: Any = getattr(Journal(until=1.0), method)
    with pytest.raises(ValueError, match="'curtialed'"):
        access("curtialed", "well")
    with pytest.raises(ValueError, match="no quantity"):
        access("level" if "step" in method else "flow", "well")  # of the other kind of series
