"""Quantities as users write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError
from sim.units import DEFINITIONS, Unit, factor, has_decimal_comma, has_decimal_point, known_units, parse


@pytest.mark.parametrize(
    ("text", "wanted", "value"),
    [
        ("67 Mt/yr", "t/day", 67e6 / 365),
        ("67Mt/yr", "t/day", 67e6 / 365),
        ("12000 t/h", "t/day", 288_000),
        ("12 000 t / h", "t/day", 288_000),
        ("12\N{NARROW NO-BREAK SPACE}000 t/h", "t/day", 288_000),
        ("12_000 t per hour", "t/day", 288_000),
        ("80000 TEU/yr", "TEU/day", 80_000 / 365),
        ("1 FEU/day", "TEU/day", 2),
        ("1.4 Mb/d", "t/day", 1.4e6 / 7.9),
        ("1.4 mb/d", "t/day", 1.4e6 / 7.9),
        ("5 USD/bbl", "USD/t", 39.5),
        ("5 USD/t", "USD/t", 5),
        ("10 knot", "km/day", 444.48),
        ("10 knots", "km/day", 444.48),
        ("5 nmi", "km", 9.26),
        ("500 m", "km", 0.5),
        ("6 h", "day", 0.25),
        ("90 min", "day", 0.0625),
        ("1 month", "day", 365 / 12),
        ("30 %", "", 0.3),
        ("30%", "", 0.3),
        ("55,5 %", "", 0.555),
        ("3 storms", "storm", 3),
        ("7", "t/day", 7),
        ("-7.5", "USD/t", -7.5),
        ("+.5", "", 0.5),
        ("5.", "", 5),
        ("1e3 t", "t", 1000),
        ("0,125", "", 0.125),
        ("1000,5", "", 1000.5),
    ],
)
def test_quantity_is_read_into_the_wanted_unit(text: str, wanted: str, value: float) -> None:
    assert parse(text, wanted, 7.9) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "wanted", "words"),
    [
        ("67 Mt/yer", "t/day", "unknown unit 'yer' — did you mean year or yr"),
        ("67 MT/yr", "t/day", "unknown unit 'MT' — did you mean Mt"),
        ("67 qqq", "t/day", "known: % FEU"),
        ("67 km", "t/day", "'km' does not measure this — give it in t/day"),
        ("67 km", "", "leave the unit out, or give it in %"),
        ("67 t/day/day", "t/day", "does not measure this"),
        ("67 TEU/day", "t/day", "does not measure this"),
        ("67 Mt/", "t/day", "cannot read the unit 'Mt/'"),
        ("67 Mt//yr", "t/day", "cannot read the unit"),
        ("67 /yr", "t/day", "not a number"),
        ("Mt/yr", "t/day", "not a number — a number, or one with its unit, such as 5 t/day"),
        ("", "t", "not a number"),
        (".", "t", "not a number"),
        ("1.2.3", "t", "not a number"),
        ("1,2,3", "t", "not a number"),
        ("1,000", "t", "write 1.000 for decimals, 1000 for thousands"),
        ("-12,000 t", "t", "write -12.000 for decimals, -12000 for thousands"),
        ("nan", "t", "not a number"),
        ("inf", "t", "not a number"),
        ("1e400", "t", "too large a number"),
        ("9" * 400, "t", "too large a number"),
        ("0x10", "t", "unknown unit 'x10'"),
        ("5 t**9999999999", "t", "cannot read the unit"),
        ("__import__('os')", "t", "not a number"),
    ],
)
def test_what_is_no_quantity_is_refused(text: str, wanted: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text, wanted)
    [fault] = caught.value.faults
    assert words in f"{fault.message} — {fault.advice}"


def test_barrels_need_the_density_of_a_crude() -> None:
    with pytest.raises(InputError, match="does not measure this"):
        parse("1.4 Mb/d", "t/day")


def test_decimal_commas_nearby_settle_what_a_comma_or_a_point_means() -> None:
    assert parse("8,638 Mt", "Mt", decimal_commas=True) == 8.638
    assert parse("0.125", "", decimal_commas=True) == 0.125
    assert parse("8.63 Mt", "Mt", decimal_commas=True) == 8.63
    with pytest.raises(InputError, match="a point here could mark decimals or thousands"):
        parse("8.638 Mt", "Mt", decimal_commas=True)


@pytest.mark.parametrize(
    ("cell", "shows"),
    [
        ("46,15", True),
        ("-0,125", True),
        ("2,5 kt", True),
        ("1,000", False),
        ("1,000 t", False),
        ("46.15", False),
        ("a, b", False),
        ("", False),
        ("5,", False),
        ("46,15,2", False),
    ],
)
def test_some_commas_can_mark_nothing_but_decimals(cell: str, shows: bool) -> None:
    assert has_decimal_comma(cell) is shows


@pytest.mark.parametrize(
    ("cell", "shows"),
    [
        ("30.5", True),
        ("-0.795", True),
        ("0.125 t", True),
        ("1.0450", True),
        ("12 000.5 t", True),
        ("1.500", False),
        ("20.000 TEU/day", False),
        ("46,15", False),
        ("01.02.2010", False),
        ("1.234.567", False),
        ("1.234,5", False),
        ("5.", False),
        ("", False),
    ],
)
def test_some_points_can_mark_nothing_but_decimals(cell: str, shows: bool) -> None:
    assert has_decimal_point(cell) is shows


@pytest.mark.parametrize("text", ["1.500", "1,500", "20.000 t"])
def test_where_nothing_nearby_reports_three_digits_behind_a_mark_are_unclear(text: str) -> None:
    with pytest.raises(InputError, match="could mark decimals or thousands") as caught:
        parse(text, "t", decimal_commas=None)
    number = text.split()[0]
    [fault] = caught.value.faults
    thousands = number.replace(".", "").replace(",", "")
    assert fault.advice == f"write {number}0 for decimals, {thousands} for thousands"
    assert parse(f"{number}0", "t", decimal_commas=None) == float(number.replace(",", "."))
    assert parse(thousands, "t", decimal_commas=None) == float(thousands)


KINDS = (
    {"day", "hour", "minute", "month", "year"},
    {"tonne", "kt", "Mt"},
    {"barrel", "kb", "Mb"},
    {"TEU", "FEU"},
    {"km", "metre", "nmi"},
    {"knot"},
    {"USD", "MUSD"},
    {"percent", "ship", "storm", "train"},
)
NAMES = sorted(name for name, _, _ in DEFINITIONS)


def test_every_unit_is_of_one_kind() -> None:
    assert sorted(name for kind in KINDS for name in kind) == NAMES


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_units_of_one_kind_convert_there_and_back_and_others_do_not(one: str, other: str) -> None:
    if any({one, other} <= kind for kind in KINDS):
        assert factor(one, other) * factor(other, one) == pytest.approx(1)
    else:
        with pytest.raises(InputError):
            factor(one, other)


def test_every_name_of_a_unit_is_the_same_unit() -> None:
    for name, _, others in DEFINITIONS:
        for other in others.split():
            assert factor(name, other) == 1
            assert other in known_units()


def test_unit_of_a_field_follows_its_cargo() -> None:
    assert Unit("USD/cargo").of("TEU") == "USD/TEU"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_number_reads_back_as_itself(number: float) -> None:
    assert parse(repr(number), "t") == number


@given(st.text(max_size=40))
def test_any_text_is_a_quantity_or_an_input_error(text: str) -> None:
    for commas in (False, True, None):
        with suppress(InputError):
            assert isinstance(parse(text, "t/day", 7.9, decimal_commas=commas), float)


def test_where_a_unit_is_needed_a_bare_number_is_refused_but_for_nought() -> None:
    with pytest.raises(InputError, match="a unit is needed here — such as 12000 t/day"):
        parse("12000", "t/day", unit_needed=True)
    assert parse("0", "t/day", unit_needed=True) == 0.0
    assert parse("12000 t/h", "t/day", unit_needed=True) == 288_000.0
