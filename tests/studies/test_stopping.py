"""Studies that end once their intervals are narrow enough, whoever does the runs."""

from __future__ import annotations

import pytest
from stormy_terminal import CURTAILED, Counting, variant

from sim.errors import InputError
from sim.studies.ensemble import ensemble
from sim.studies.estimates import Estimate
from sim.studies.stopping import Width, read_width, stopping_points


def test_looks_are_at_fixed_numbers_and_at_the_last() -> None:
    assert list(stopping_points(200)) == [10, 15, 20, 30, 50, 80, 120, 180, 200]
    assert list(stopping_points(7)) == [7]
    assert list(stopping_points(10)) == [10]
    assert list(stopping_points(16)) == [10, 15, 16]


def test_a_study_stops_at_the_first_look_at_which_it_is_narrow_enough() -> None:
    wide = ensemble(variant(), 10).estimate(CURTAILED)
    assert wide is not None
    assert wide.half_width is not None
    goal = wide.half_width / 2
    found = ensemble(variant(), 400, until=[Width(request=CURTAILED, amount=goal)])
    assert len(found) in list(stopping_points(400))[1:-1]
    assert found.estimate(CURTAILED).half_width <= goal  # type: ignore[union-attr, operator]
    before = list(stopping_points(400))[list(stopping_points(400)).index(len(found)) - 1]
    assert ensemble(variant(), before).estimate(CURTAILED).half_width > goal  # type: ignore[union-attr, operator]


def test_the_number_of_runs_does_not_depend_on_the_workers() -> None:
    until = [Width(request=CURTAILED, share=0.2)]
    one, two = (ensemble(variant(), 400, workers=count, until=until) for count in (1, 2))
    assert len(one) == len(two) < 400
    assert one.values.tobytes() == two.values.tobytes()


def test_what_is_never_reached_ends_at_the_most() -> None:
    workers = Counting()
    found = ensemble(variant(), 12, workers=workers, until=[Width(request=None, share=1e-6)])
    assert len(found) == 12
    assert workers.asked == list(range(12))


def test_a_share_is_one_of_the_mean_and_an_amount_is_in_the_measures_unit() -> None:
    found = Estimate(2.0, 0.1, 10)
    assert Width(request=None, share=0.06).is_reached(found, found.mean)
    assert not Width(request=None, share=0.04).is_reached(found, found.mean)
    assert Width(request=None, amount=0.1).is_reached(found, found.mean)
    assert not Width(request=None, amount=0.09).is_reached(found, found.mean)
    assert not Width(request=None, amount=1.0).is_reached(Estimate(2.0, None, 1), 2.0)


def test_widths_are_read_with_their_units() -> None:
    scenario = variant().scenario
    assert read_width("1%", scenario) == Width(request=None, share=0.01)
    assert read_width("curtailed,*=2 %", scenario) == Width(request=CURTAILED, share=0.02)
    found = read_width("curtailed, * = 5 kt", scenario)
    assert found.amount == pytest.approx(0.005)  # Mt
    assert read_width("exported,XX>world=1%", scenario).request is not None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("narrow", "not a half-width"),
        ("0%", "as narrow"),
        ("curtaild,*=1%", "curtailed"),
        ("curtailed,ZZ=1%", "is not measured of this"),
        ("curtailed,*=5 days", "does not measure this"),
        ("curtailed,*=", "not a number"),
    ],
)
def test_mistakes_in_widths_are_reported(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_width(text, variant().scenario)
