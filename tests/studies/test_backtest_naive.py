"""Loss in proportion to closed capacity and days, worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import builders as b
import pytest
from made_up_figures import figure

from sim.network import Network
from sim.scenario import Boycott, Disturbance, Scenario
from sim.studies.backtest.naive import Proportion, Proportions
from sim.studies.backtest.reported import Reported


def drawn_up(of: Reported) -> Proportion:
    found = Proportions(of.scenario, of.undisturbed).of(of)
    assert found is not None
    return found


def closed(of: Reported) -> Mapping[str, float]:
    return {wanted.element: share for wanted, share in drawn_up(of).parts}


def two_ways() -> Network:
    """A field "well" that sends 60 to "world" over the port and 40 to "inland", as contracts have it."""
    return b.network(
        b.field("well", 100.0),
        b.place("port", "terminal", berths_at_once=2),
        [b.market("world"), b.market("inland")],
        [b.pipe("pipe", "well-field", "port", 200.0), b.pipe("spur", "well-field", "inland", 40.0)],
        b.tanks("farm", "port", "sea", 1000.0),
        b.lane("sea", "port", "world"),
        [b.berth(f"spm{n}", "port", "sea", 1000.0) for n in (1, 2, 3)],
        b.called("tanker", "sea", 100.0),
        [b.contract("well", "world", normal=60.0), b.contract("well", "inland", normal=40.0)],
    )


def shut(*closures: tuple[str, float, float, float], days: int = 30) -> Scenario:
    """Return the terminal with elements cut to a share from one day until another."""
    return b.scenario(two_ways(), days, *(b.closure(*one[:3], remaining=one[3]) for one in closures))


def test_a_pipe_shut_for_a_fifth_of_the_days_takes_a_fifth_of_what_went_by_it() -> None:
    of = figure(element="*>*", scenario=shut(("pipe", 10.0, 16.0, 0.0)))
    assert closed(of) == pytest.approx({"well>world": 0.2})
    amounts = {"well>world": 1.8, "well>inland": 1.2}
    assert drawn_up(of).forecast(3.0, lambda wanted: amounts[wanted.element]) == pytest.approx(2.64)


def test_days_outside_the_window_do_not_count() -> None:
    of = figure(scenario=shut(("pipe", 10.0, 16.0, 0.0)), since=12, until=24)
    assert closed(of) == pytest.approx({"well>world": 4 / 12})


def test_half_a_pipe_is_half_of_what_went_by_it_however_much_room_it_had() -> None:
    assert closed(figure(scenario=shut(("pipe", 0.0, 30.0, 0.5)))) == pytest.approx({"well>world": 0.5})


@pytest.mark.parametrize(("moorings", "share"), [(1, 0.0), (2, 0.5), (3, 1.0)])
def test_of_three_moorings_two_may_load_at_once(moorings: int, share: float) -> None:
    closures = [(f"spm{n}", 0.0, 30.0, 0.0) for n in range(1, moorings + 1)]
    assert closed(figure(scenario=shut(*closures))).get("well>world", 0.0) == pytest.approx(share)


def test_what_is_closed_most_on_a_way_decides_day_by_day() -> None:
    of = figure(element="*>*", scenario=shut(("well", 0.0, 15.0, 0.4), ("pipe", 10.0, 20.0, 0.0)))
    assert closed(of) == pytest.approx({"well>world": (10 * 0.6 + 10) / 30, "well>inland": 15 * 0.6 / 30})


def test_planned_closures_are_in_the_undisturbed_scenario_already() -> None:
    planned = b.closure("pipe", 10, 16, planned=True)
    assert closed(figure(scenario=b.scenario(two_ways(), 30, planned))) == {}


def test_what_is_curtailed_has_the_loss_put_on_but_not_that_of_the_field_itself() -> None:
    of = figure("curtailed", "well", scenario=shut(("well", 0.0, 15.0, 0.0), ("pipe", 0.0, 3.0, 0.0)))
    assert closed(of) == pytest.approx({"well>world": 0.1})
    assert drawn_up(of).forecast(0.5, lambda wanted: 2.0) == pytest.approx(0.7)


def test_tankers_are_lost_like_the_oil_that_they_would_have_loaded() -> None:
    of = figure("tankers", "sea", scenario=shut(("pipe", 0.0, 6.0, 0.0)))
    assert drawn_up(of).forecast(40.0, lambda wanted: 1.8) == pytest.approx(32.0)


@pytest.mark.parametrize(
    ("measure", "element"), [("diverted", "*"), ("fill", "farm"), ("share", "*>world"), ("mean wait", "sea")]
)
def test_a_loss_of_capacity_says_nothing_of_some_measures(measure: str, element: str) -> None:
    of = figure(measure, element, scenario=shut(("pipe", 0.0, 6.0, 0.0)))
    assert Proportions(of.scenario, of.undisturbed).of(of) is None


# -- freight --------------------------------------------------------------------------------------


def corridors(*closures: Disturbance, boycotts: Sequence[Boycott] = ()) -> Scenario:
    """ "goods" by "middle" over the strait, or by "detour", for 30 days."""
    extra = [
        b.rail("detour-line", "east", "west", 9.0),
        b.service("detour.train", "detour-line", 10.0),
        b.corridor("detour", "east", "west", "detour-line"),
    ]
    return b.scenario(b.by_rail_and_ship(extra=extra), 30, *closures, boycotts=boycotts)


def test_a_corridor_is_as_open_as_its_least_open_line_quay_or_ship() -> None:
    scenario = corridors(b.closure("strait", 0, 3), b.closure("boat", 0, 30, remaining=0.5))
    of = figure("passed", "strait", scenario=scenario)
    assert closed(of) == pytest.approx({"goods>middle": (3 + 27 * 0.5) / 30})


@pytest.mark.parametrize(("quays", "share"), [(1, 0.2), (2, 0.1)])
def test_quays_side_by_side_count_together(quays: int, share: float) -> None:
    made = b.by_rail_and_ship(quays=quays)
    scenario = b.scenario(made, 30, b.closure("lagoon.quay1", 0, 6))
    assert closed(figure("freight", "middle", scenario=scenario)) == pytest.approx({"goods>middle": share})


def test_those_who_refuse_a_corridor_are_taken_off_it_and_not_put_on_another() -> None:
    boycotts = [
        b.boycott("plain", "goods", 0.2, since=15),
        b.boycott("hill", "goods", 0.5, since=24, until=27),
    ]
    of = figure("containers", "*", scenario=corridors(boycotts=boycotts))
    assert closed(of) == pytest.approx({"goods>middle": (9 * 0.2 + 3 * 0.5 + 3 * 0.2) / 30})
    assert drawn_up(of).forecast(300.0, lambda wanted: 100.0) == pytest.approx(300 - 100 * 3.9 / 30)


def test_only_corridors_that_lead_that_way_over_a_line_count() -> None:
    scenario = corridors(b.closure("plain", 0, 6))
    assert closed(figure("passed", "strait>cape", scenario=scenario)) == {"goods>middle": pytest.approx(0.2)}
    assert closed(figure("passed", "strait>lagoon", scenario=scenario)) == {}
    assert closed(figure("passed", "detour-line", scenario=scenario)) == {}


def test_a_forecast_is_never_less_than_nothing() -> None:
    of = figure("passed", "strait", scenario=corridors(b.closure("plain", 0, 30)))
    assert drawn_up(of).forecast(90.0, lambda wanted: 100.0) == 0.0
