"""Policies, settings and dated history."""

from __future__ import annotations

import pytest
from small import Small, check, expect

from sim.errors import InputError
from sim.scenario import DatedChange, load


def test_policy_changes_what_it_names_and_nothing_else(small: Small) -> None:
    plain, wider = small.load(), small.load("year.toml", "wider.toml")
    assert wider.network.links["trunk"].capacity == pytest.approx(40e6 / 365)
    assert wider.network.links["spur"] == plain.network.links["spur"]
    assert (wider.name, wider.policies) == ("year+wider", ("wider",))
    assert small.load() == plain


def test_setting_has_the_last_word(small: Small) -> None:
    asked = small.load("year.toml", "wider.toml", settings=("trunk.capacity=10 kt/day",))
    assert asked.network.links["trunk"].capacity == 10_000


@pytest.mark.parametrize(
    ("setting", "read"),
    [
        ('port.spm1.rate="9000 t/h"', ("berths", "port.spm1", "rate", 216_000)),
        ("port.spm1.rate=9000 t/h", ("berths", "port.spm1", "rate", 216_000)),
        (" port.spm1.rate = 216000 t/day ", ("berths", "port.spm1", "rate", 216_000)),
        ("port.spm2.in_service=true", ("berths", "port.spm2", "in_service", True)),
        ("port.spm2.in_service='yes'", ("berths", "port.spm2", "in_service", True)),
        ('well:inland.surge="6 kt/day"', ("contracts", "well:inland", "surge", 6000)),
        ("port.spm1.lanes=sea", ("berths", "port.spm1", "lanes", ("sea",))),
        ("port.berths_at_once=1", ("places", "port", "berths_at_once", 1)),
        ("inland.price=-30 USD/t", ("places", "inland", "price", -30)),
        ("inland.price=-3 USD/bbl", ("places", "inland", "price", pytest.approx(-23.7))),
        ("port.tanks.initial=55,5 %", ("stocks", "port.tanks", "initial", pytest.approx(0.555))),
        ("trunk.via=46.5 50.5;45 40", ("links", "trunk", "via", ((46.5, 50.5), (45.0, 40.0)))),
        ("port.weather-01.storms=0", ("weather", "port.weather-01", "storms", 0)),
    ],
)
def test_setting_is_read_into_its_field(
    small: Small, setting: str, read: tuple[str, str, str, object]
) -> None:
    table, id, field, value = read
    network = small.load(settings=(setting,)).network
    assert getattr(getattr(network, table)[id], field) == value


def test_setting_of_an_id_with_a_sign_for_greater_is_understood(small: Small) -> None:
    small.edit("contracts", ("well:inland,", "well>inland,"))
    assert small.load(settings=("well>inland.lag=3 day",)).network.contracts["well>inland"].lag == 3


@pytest.mark.parametrize(
    ("setting", "key", "value", "words"),
    [
        ("nonsense", "--set", "nonsense", ("element.field=value", "novorossiysk.spm1.rate")),
        ("trunk=5", "--set", "trunk=5", ("element.field=value",)),
        ("trunk.capacity=", "--set", "trunk.capacity=", ("element.field=value",)),
        ('trunk.capacity=""', "--set", 'trunk.capacity=""', ("element.field=value",)),
        ("trnk.capacity=5", "--set trnk.capacity", "trnk", ("no element has this id", "trunk")),
        ("trunk.capcity=5", "--set trunk.capcity", "capcity", ("no such field", "did you mean capacity?")),
        ("trunk.id=x", "--set trunk.id", "id", ("no such field",)),
        (
            "port.tanks.capacity=1590",
            "--set port.tanks.capacity",
            "1590",
            ("a unit is needed", "such as 1590 kt"),
        ),
        ("trunk.qqq=x", "--set trunk.qqq", "qqq", ("it has name, mode",)),
        ("trunk.capacity=67 Mt/yer", "--set trunk.capacity", "67 Mt/yer", ("unknown unit 'yer'", "yr")),
        ("trunk.capacity=67 km", "--set trunk.capacity", "67 km", ("does not measure this", "t/day")),
        ("trunk.capacity=much", "--set trunk.capacity", "much", ("not a number",)),
        ("trunk.capacity=-5 t/h", "--set trunk.capacity", "-5 t/h", ("cannot be negative",)),
        ("trunk.capacity=1,000", "--set trunk.capacity", "1,000", ("decimals or thousands",)),
        ("port.spm2.in_service=perhaps", "--set port.spm2.in_service", "perhaps", ("yes or no",)),
        ("port.berths_at_once=0", "--set port.berths_at_once", "0", ("at least one berth",)),
        ("port.spm1.lanes=see", "--set port.spm1.lanes", "see", ("no sea lane", "did you mean sea?")),
        ("port.spm1.rate=0", "--set port.spm1.rate", "0", ("close it in a scenario",)),
        ("well:inland.surge=-1 t/h", "--set well:inland.surge", "-1 t/h", ("cannot be negative",)),
        ("sea.capacity=5 t/h", "--set sea.capacity", "5 t/h", ("a sea lane",)),
        ("port.tanks.place=inland", "--set port.tanks.place", "inland", ("starts at port",)),
        ("spur.mode=raill", "--set spur.mode", "raill", ("one of pipeline, rail, sea", "did you mean rail?")),
    ],
)
def test_bad_setting_is_reported_with_its_text(
    small: Small, setting: str, key: str, value: object, words: tuple[str, ...]
) -> None:
    check(small.faults(settings=(setting,))[0], None, None, key, value, *words)


def test_all_bad_settings_are_reported_at_once(small: Small) -> None:
    faults = small.faults(settings=("a", "trnk.capacity=5", "trunk.capacity=much"))
    assert [fault.key for fault in faults] == ["--set", "--set trnk.capacity", "--set trunk.capacity"]


@pytest.mark.parametrize(
    ("element", "field", "value", "key", "told", "words"),
    [
        ("trnk", "capacity", "5", "element", "trnk", ("no element has this id", "trunk")),
        ("trunk", "capcity", "5", "field", "capcity", ("no such field", "did you mean capacity?")),
        ("trunk", "capacity", '"67 km"', "value", "67 km", ("does not measure this",)),
        ("trunk", "capacity", '"-5 t/h"', "value", "-5 t/h", ("cannot be negative",)),
        ("trunk", "capacity", "true", "value", True, ("should be a number",)),
        ("trunk", "capacity", "nan", "value", None, ("not a number",)),
        ("port.spm2", "in_service", "1", "value", 1, ("should be yes or no",)),
        ("trunk", "name", "5", "value", 5, ("should be text",)),
        ("port", "berths_at_once", "1.5", "value", 1.5, ("a whole number",)),
        ("port", "berths_at_once", "0", "value", 0, ("at least one berth",)),
        ("trunk", "capacity", "[5]", "value", [5], ("a number, true or false",)),
        ("port.tanks", "initial", '"140 %"', "value", "140 %", ("at most 1",)),
    ],
)
def test_bad_change_in_a_policy_is_reported_at_its_line(
    small: Small, element: str, field: str, value: str, key: str, told: object, words: tuple[str, ...]
) -> None:
    small.change(element, field, value)
    [fault] = small.faults("year.toml", "wider.toml")
    line = {"element": 11, "field": 12, "value": 13}[key]
    assert (fault.file, fault.line, fault.key) == (small.folder / "wider.toml", line, key)
    assert fault.value == told or value == "nan"
    assert all(word in f"{fault.message} — {fault.advice}" for word in words)


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "value", "words"),
    [
        ("field =", "feild =", 5, "feild", "capacity", ("unknown key", "did you mean field?")),
        (
            'source = "assumed"',
            'source = "asumed"',
            7,
            "source",
            "asumed",
            ("no source", "did you mean assumed?"),
        ),
        ('reason = "a wider pipe"', "", 7, "source", "assumed", ("its reasoning, in reason",)),
    ],
)
def test_bad_policy_is_reported(
    small: Small, old: str, new: str, line: int, key: str, value: object, words: tuple[str, ...]
) -> None:
    file = small.edit("wider.toml", (old, new))
    [fault] = [fault for fault in small.faults("year.toml", "wider.toml") if fault.key == key]
    expect([fault], file, line, key, value, *words)


def test_change_without_a_source_is_reported(small: Small) -> None:
    file = small.edit("wider.toml", ('source = "assumed"\n', ""))
    expect(small.faults("year.toml", "wider.toml"), file, 3, "source", None, "a value is needed here")


def test_changes_that_only_fit_together_are_judged_together(small: Small) -> None:
    small.change("well:inland", "normal", '"8 kt/day"')
    small.change("well:inland", "surge", '"9 kt/day"')
    assert small.load("year.toml", "wider.toml").network.contracts["well:inland"].normal == 8000


def test_fault_in_another_field_of_a_changed_element_is_reported_at_the_change(small: Small) -> None:
    [fault] = small.faults(settings=("port.tanks.throttle_at=50 %",))
    assert (fault.key, fault.value) == ("--set port.tanks.throttle_at, release_at", 0.75)


def test_dated_change_becomes_an_event_of_the_run(small: Small) -> None:
    small.change("port.spm1", "rate", '"6000 t/h"', "from = 2022-02-01")
    scenario = small.load("year.toml", "wider.toml")
    assert scenario.dated == (DatedChange(day=31.0, element="port.spm1", field="rate", value=144_000.0),)
    assert scenario.network.berths["port.spm1"].rate == 288_000


def test_change_dated_before_the_run_holds_from_its_start(small: Small) -> None:
    small.change("port.spm1", "rate", '"6000 t/h"', "from = 2021-02-01")
    scenario = small.load("year.toml", "wider.toml")
    assert scenario.dated == ()
    assert scenario.network.berths["port.spm1"].rate == 144_000


def test_last_of_two_changes_on_one_day_holds(small: Small) -> None:
    small.change("trunk", "capacity", '"6 kt/day"', "from = 2022-02-01")
    small.change("trunk", "capacity", '"7 kt/day"', "from = 2022-02-01")
    assert [change.value for change in small.load("year.toml", "wider.toml").dated] == [7000]


@pytest.mark.parametrize(
    ("element", "field", "value", "key", "words"),
    [
        (
            "well:inland",
            "surge",
            '"6 kt/day"',
            "field",
            ("cannot change during a run", "nothing of well:inland can"),
        ),
        (
            "trunk",
            "tariff",
            "5",
            "field",
            ("cannot change during a run", "capacity of trunk can", "without a date"),
        ),
        ("trunk", "capacity", '"-5 t/h"', "value", ("cannot be negative",)),
        ("port.spm1", "rate", "0", "value", ("above zero",)),
        ("sea", "capacity", '"5 t/h"', "value", ("a sea lane",)),
    ],
)
def test_impossible_dated_change_is_reported(
    small: Small, element: str, field: str, value: str, key: str, words: tuple[str, ...]
) -> None:
    small.change(element, field, value, "from = 2022-02-01")
    [fault] = small.faults("year.toml", "wider.toml")
    assert (fault.file, fault.line) == (small.folder / "wider.toml", {"field": 12, "value": 13}[key])
    assert str(fault.value) == (field if key == "field" else value.strip('"'))
    assert all(word in f"{fault.message} — {fault.advice}" for word in words)


@pytest.mark.parametrize(
    ("element", "field", "value", "becomes"),
    [
        ("plain", "paths", '"2 train/day"', 2.0),
        ("lagoon.yard", "capacity", '"900 TEU"', 900.0),
        ("cape.pier", "rate", '"10 TEU/h"', 240.0),
        ("goods", "rate", "0", 0.0),
    ],
)
def test_boxes_and_wagons_have_fields_that_may_change_during_a_run(
    small: Small, element: str, field: str, value: str, becomes: float
) -> None:
    small.change(element, field, value, "from = 2022-02-01")
    [change] = small.load("year.toml", "wider.toml").dated
    assert (change.element, change.field, change.value) == (element, field, becomes)


@pytest.mark.parametrize(
    ("element", "field", "value", "words"),
    [
        ("taiga", "paths", '"2 train/day"', ("taiga has no paths at first", "without a date")),
        ("plain", "days", "9", ("cannot change during a run", "paths of plain can")),
        ("over-the-narrows", "rate", "9", ("nothing of over-the-narrows can",)),
    ],
)
def test_dated_change_of_an_unknown_or_fixed_field_is_reported(
    small: Small, element: str, field: str, value: str, words: tuple[str, ...]
) -> None:
    small.change(element, field, value, "from = 2022-02-01")
    expect(small.faults("year.toml", "wider.toml"), small.folder / "wider.toml", 12, "field", field, *words)


def test_setting_may_give_a_line_its_first_paths_and_a_service_another_size(small: Small) -> None:
    made = small.load(settings=("taiga.paths=5", "boat.vehicles=3", "goods.rate=1e5 TEU/yr")).network
    assert (made.lines["taiga"].paths, made.services["boat"].vehicles) == (5.0, 3)
    assert made.demands["goods"].rate == pytest.approx(1e5 / 365)


def test_setting_that_makes_a_ship_too_large_is_reported_with_its_text(small: Small) -> None:
    faults = small.faults(settings=("boat.load=450 TEU",))
    expect(
        faults, None, None, "--set boat.load", "450 TEU", "a ship larger than its berth takes", "cape.yard"
    )


def test_change_after_the_run_is_a_fault_of_a_scenario_but_not_of_a_policy(small: Small) -> None:
    small.change("trunk", "capacity", "5", "from = 2023-01-01")
    assert small.load("year.toml", "wider.toml").dated == ()
    change = '\n[[change]]\nelement = "trunk"\nfield = "capacity"\nvalue = 5\nfrom = 2023-01-01\n'
    file = small.append("year.toml", change + 'source = "atlas"\n')
    expect(small.faults(), file, 18, "from", "2023-01-01", "takes hold after the run", "2023-01-01")


def test_scenario_may_change_what_would_be_wrong_with_the_table_alone(small: Small) -> None:
    small.edit("links", ("rail,well-field,inland", "rail,inland,well-field"))
    small.edit("wider.toml", ('"trunk"', '"well:inland"'), ('"capacity"', '"market"'), ("40 Mt/yr", "world"))
    assert small.faults("year.toml", "wider.toml")[0].key == "value"


@pytest.mark.slow
def test_shipped_scenarios_are_sound_and_so_are_policies_on_what_these_carry() -> None:
    from sim.scenario.shipped import shipped

    used = set()
    for scenario in shipped("scenarios"):
        load(scenario)
        for policy in shipped("policies"):
            told = _told(scenario, policy)
            assert {message.split(", ")[0] for message in told} <= {"is not part of this run"}
            if not told:
                used.add(policy)
    assert used == {*shipped("policies")}


def _told(scenario: str, policy: str) -> list[str]:
    try:
        load(scenario, [policy])
    except InputError as error:
        return [fault.message for fault in error.faults]
    return []


def test_name_of_many_settings_can_still_be_that_of_a_folder(small: Small) -> None:
    def named(rate: int) -> str:
        settings = [
            f"port.spm{berth}.{field}={rate} min" for berth in (1, 2) for field in ("approach", "cast_off")
        ]
        return small.load(settings=(*settings, "port.spm1.rate=12345 t/h", "trunk.capacity=10 kt/day")).name

    assert len(named(100)) == len(named(101)) == 120
    assert named(100) != named(101)
    assert named(100).startswith("year+port.spm1.approach=100-min+")
