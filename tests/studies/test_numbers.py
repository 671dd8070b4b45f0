"""Numbers of elements, closures and boycotts, given other values."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import builders as b
import pytest
from small import Small
from stormy_terminal import stormy

from sim.errors import InputError
from sim.scenario import DatedChange, Disturbance, Scenario, load
from sim.scenario.apply import apply_changes
from sim.scenario.event_changes import lasting, leaving
from sim.scenario.numbers import number_of
from sim.scenario.schema import Recovery
from sim.studies.plan import read_requests
from sim.studies.ranges import read_varied
from sim.studies.variants import digest_of


def length(closure: Disturbance) -> float:
    return closure.until - closure.start


def shut(**given: object) -> Scenario:
    """A terminal whose pipe is shut on the days from 10 to 20."""
    return b.scenario(b.terminal(), 60, b.closure("pipe", 10, 20, label="the pipe", **given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "unit", "value", "held"),
    [
        ("farm.capacity", "kt", 0.3, 300.0),
        ("farm.release_at", "%", 100.0, 1.0),
        ("spm1.rate", "t/h", 1000 / 24, 1000.0),
        ("spm1.approach", "h", 0.0, 0.0),
        ("well.rate", "kb/d", 90 * 7.9 / 1000, 90.0),
    ],
)
def test_number_is_read_and_changed_in_the_requested_unit(
    name: str, unit: str, value: float, held: float
) -> None:
    scenario = stormy()
    number = number_of(scenario, name, unit)
    assert number.value(scenario) == pytest.approx(value)
    assert number.unit == unit
    element, _, field = name.rpartition(".")
    twice = apply_changes(scenario, [number.change(value / 2)])
    assert getattr(twice.network.element(element), field) == pytest.approx(held / 2)
    assert number.value(twice) == pytest.approx(value / 2)


def test_change_to_the_present_value_changes_nothing() -> None:
    scenario = stormy()
    number = number_of(scenario, "farm.capacity", "kt")
    assert digest_of(apply_changes(scenario, [number.change(0.3)])) == digest_of(scenario)


def test_new_value_ends_dated_changes_and_a_factor_multiplies_them() -> None:
    change = DatedChange(day=20, element="pipe", field="capacity", value=500.0)
    scenario = replace(stormy(), dated=(change,))
    number = number_of(scenario, "pipe.capacity", "t/day")
    given = apply_changes(scenario, [number.change(800.0)])
    assert (given.network.links["pipe"].capacity, given.dated) == (800.0, ())
    scaled = apply_changes(scenario, [number.scaled(1.2)])
    assert scaled.network.links["pipe"].capacity == 1200.0
    assert [one.value for one in scaled.dated] == [600.0]


def test_rounding_error_does_not_hide_equal_marks() -> None:
    made = b.terminal(throttle_at=0.9, release_at=0.75)
    scenario = b.scenario(made, 30)
    with pytest.raises(InputError, match="lies at throttle_at"):
        apply_changes(scenario, [number_of(scenario, "farm.release_at").scaled(1.2)])


def test_numbers_that_fit_only_together_are_checked_together() -> None:
    scenario = b.scenario(b.terminal(throttle_at=0.9, release_at=0.75), 30)
    throttle, release = (number_of(scenario, f"farm.{name}_at", "%") for name in ("throttle", "release"))
    both = apply_changes(scenario, [throttle.change(50.0), release.change(40.0)])
    assert (both.network.stocks["farm"].throttle_at, both.network.stocks["farm"].release_at) == (0.5, 0.4)
    with pytest.raises(InputError, match=r"farm.throttle_at, release_at: lies above throttle_at"):
        apply_changes(scenario, [throttle.change(50.0)])


def test_announced_end_moves_with_the_length_of_a_closure() -> None:
    closure = b.closure("pipe", 10, 20, recovery=Recovery(shape="steps", steps=((0, 0.5), (5, 1))))
    longer = lasting(closure, 30)
    assert (length(closure), length(longer)) == (10, 30)
    assert longer.steps == ((10, 0.0), (40, 0.5), (45, 1.0))
    assert longer.announced == 40


def test_wrong_announcement_stays() -> None:
    assert lasting(b.closure("pipe", 10, 20, announced=50), 30).announced == 50


def test_closure_of_no_length_does_not_happen() -> None:
    scenario = shut()
    number = number_of(scenario, "closure:the pipe.days")
    assert number.value(scenario) == 10.0
    assert apply_changes(scenario, [number.change(0.0)]).disturbances == ()


def test_recovery_stays_in_proportion_to_the_share_left_open() -> None:
    closure = b.closure("pipe", 10, 20, recovery=Recovery(shape="linear", days=2))
    assert [share for _, share in leaving(closure, 0.5).steps] == pytest.approx([0.5, 0.625, 0.875, 1.0])
    number = number_of(shut(), "closure:the *.remaining", "%")
    assert number.value(apply_changes(shut(), [number.change(30.0)])) == pytest.approx(30.0)


def test_sea_lane_cannot_be_partly_shut() -> None:
    scenario = b.scenario(b.terminal(), 60, b.closure("sea", 10, 20, label="storm"))
    number = number_of(scenario, "closure:storm.remaining")
    apply_changes(scenario, [number.change(1.0)])
    with pytest.raises(InputError, match="shut or open, not partly"):
        apply_changes(scenario, [number.change(0.5)])


def test_pattern_matches_all_closures_by_label() -> None:
    scenario = load("mooring-shutdown-2022")
    number = number_of(scenario, "closure:SPM-*.days")
    assert number.value(scenario) is None
    changed = apply_changes(scenario, [number.change(20.0)])
    lengths = {one.label: length(one) for one in changed.disturbances}
    assert [lengths[name] for name in ("SPM-1", "SPM-2", "SPM-3")] == [20.0, 20.0, 20.0]
    assert lengths["Kashagan overhaul"] == length(
        next(one for one in scenario.disturbances if one.label == "Kashagan overhaul")
    )


def test_share_and_premium_of_a_boycott_are_numbers() -> None:
    made = b.by_rail_and_ship()
    boycott = b.boycott("strait", "goods", share=0.4, premium=100.0, label="fear")
    scenario = b.scenario(made, 30, boycotts=[boycott])
    share = number_of(scenario, "boycott:fear.share", "%")
    premium = number_of(scenario, "boycott:fear.premium", "USD/FEU")
    assert (share.value(scenario), premium.value(scenario)) == (pytest.approx(40), pytest.approx(200))
    (changed,) = apply_changes(scenario, [share.change(50.0), premium.change(100.0)]).boycotts
    assert (changed.share, changed.premium) == (0.5, 50.0)
    with pytest.raises(InputError, match="a share is 0 to 1"):
        apply_changes(scenario, [share.scaled(3.0)])


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("farm", "element.field"),
        ("frm.capacity", "did you mean farm"),
        ("farm.capasity", "did you mean capacity"),
        ("farm.name", "no number of this name"),
        ("farm.capacity", "a unit is needed"),
        ("closure:the pope.days", "the pipe"),
        ("closure:the pipe.length", "it has days, remaining"),
        ("closure:the pipe.until", "a date, which cannot be varied.*its numbers are days and remaining"),
        ("boycott:fear.share", "it has no boycotts"),
    ],
)
def test_unknown_number_is_refused_with_advice(name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        number_of(shut(), name)


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("farm.capacity=400..1600t:4", (400, 800, 1200, 1600), "t"),
        ("farm.capacity = 0.4 .. 1.6 kt : 4", (0.4, 0.8, 1.2, 1.6), "kt"),
        ("farm.capacity=400t..1.6kt:4", (0.4, 0.8, 1.2, 1.6), "kt"),
        ("farm.capacity=400,900,1600 t", (400, 900, 1600), "t"),
        ("farm.throttle_at=60..100%", (60, 70, 80, 90, 100), "%"),
        ("closure:the pipe.days=1..3 months:3", (1, 2, 3), "months"),
        ("closure:the pipe.remaining=0..1:5", (0, 0.25, 0.5, 0.75, 1), ""),
    ],
)
def test_values_are_read_with_their_units(text: str, values: tuple[float, ...], unit: str) -> None:
    found = read_varied(text, shut())
    assert found.values == values
    assert found.number.unit == unit


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("farm.capacity", "element.field=values"),
        ("=400..500t", "element.field=values"),
        ("farm.capacity=400..500", "a unit is needed"),
        ("farm.capacity=500..400t", "ends before it begins"),
        ("farm.capacity=500t", "at least two values"),
        ("farm.capacity=500,500t", "given twice"),
        ("farm.capacity=many..600t", "not a number"),
        ("farm.capacity=400..500kn:3", "does not measure this"),
        ("farm.capacity=400..500t:1", "2 to 1000 values"),
    ],
)
def test_faults_in_vary_name_the_option(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        read_varied(text, shut())
    assert error.value.faults[0].key == "--vary"


@pytest.mark.parametrize("values", ["2022-03-21..2022-04-21:3", "2022-03-21,2022-04-21"])
def test_dates_are_refused_as_dates(values: str) -> None:
    with pytest.raises(InputError, match="from of a closure is a date, which cannot be varied"):
        read_varied(f"closure:the pipe.from={values}", shut())


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("novorossiysk.tanks.capacity=400..1590", "1590 kt"),
        ("novorossiysk.spm1.rate=10..20", "20 kt/h"),
        ("novorossiysk.spm1.rate=9000..15000", "15000 t/h"),
    ],
)
def test_advice_on_a_missing_unit_is_of_the_size_of_the_present_value(text: str, example: str) -> None:
    with pytest.raises(InputError, match=f"a unit is needed here.* such as {example}$"):
        read_varied(text, load("baseline-2022"))


def test_integers_stay_integers_between_the_ends_of_a_range(tmp_path: Path) -> None:
    scenario = Small(tmp_path).load()
    found = read_varied("boat.vehicles=1..4:4", scenario)
    assert [found.at(share) for share in (0.0, 0.4, 0.99)] == [1.0, 2.0, 4.0]
    with pytest.raises(InputError, match="whole number"):
        apply_changes(scenario, [found.number.change(2.5)])


@pytest.mark.parametrize("text", ["curtailed *", "curtailed,*"])
def test_measures_are_named_with_a_space_or_a_comma(text: str) -> None:
    assert [one.key for one in read_requests(stormy(), [text])] == [("curtailed", "*")]
    assert [one.key for one in read_requests(stormy(), ["mean wait sea"])] == [("mean wait", "sea")]


@pytest.mark.parametrize("text", ["curtailed", "curtaild *", "curtailed nowhere", "nonsense"])
def test_unknown_measures_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_requests(stormy(), [text])


def test_numbers_are_titled_by_names_and_not_by_ids() -> None:
    scenario = stormy()
    month = next(iter(scenario.network.weather.values())).id
    assert number_of(scenario, f"{month}.duration").title == "January weather at port, duration"
    contract = next(iter(scenario.network.contracts.values()))
    title = number_of(scenario, f"{contract.id}.surge", "t/day").title
    assert title == f"{contract.shipper} to {contract.market}, surge"
