"""Forms of a cell, and the faults reported for other content."""

from __future__ import annotations

import pytest
from small import Small, expect, line_of


def test_small_network_is_sound_and_in_its_own_units(small: Small) -> None:
    network = small.network()
    assert network.links["trunk"].capacity == pytest.approx(100_000)
    assert network.links["trunk"].via == ((46.5, 50.5), (45.5, 40.5))
    assert network.shippers["well"].rate == pytest.approx(600_000 / 7.9)
    assert network.berths["port.spm2"].in_service is False
    assert network.stocks["port.tanks"].initial == 0.4
    assert network.fleets["tanker"].vessels is None


@pytest.mark.parametrize(
    ("table", "old", "new", "key", "words"),
    [
        ("links", "36.5 Mt/yr", "67 Mt/yer", "capacity", ("unknown unit 'yer'", " yr or ")),
        ("links", "36.5 Mt/yr", "67 km", "capacity", ("'km' does not measure this", "t/day")),
        ("links", "36.5 Mt/yr", "67 MT/yr", "capacity", ("unknown unit 'MT'", "did you mean Mt")),
        ("links", "36.5 Mt/yr", "67 Mt/", "capacity", ("cannot read the unit", "Mt/yr")),
        ("links", "36.5 Mt/yr", "lots", "capacity", ("not a number", "5 t/day")),
        ("links", "36.5 Mt/yr", "nan", "capacity", ("not a number",)),
        ("links", "36.5 Mt/yr", "inf", "capacity", ("not a number",)),
        ("links", "36.5 Mt/yr", "1e999 t/day", "capacity", ("too large",)),
        ("links", "36.5 Mt/yr", "-5 Mt/yr", "capacity", ("cannot be negative",)),
        ("stocks", "40 %", "140 %", "initial", ("at most 1 (100 %)",)),
        ("stocks", "40 %", "40 km", "initial", ("does not measure this", "in %")),
        ("stocks", "75 %", "95 %", "release_at", ("above throttle_at",)),
        ("places", "46.15", "91.5", "latitude", ("beyond 90 degrees",)),
        ("places", "46.15", "north", "latitude", ("not a number",)),
        ("places", ",,2,", ",,0,", "berths_at_once", ("at least one berth", "empty")),
        ("places", ",,2,", ",,2.5,", "berths_at_once", ("a whole number",)),
        ("places", ",,2,", ",,1e9,", "berths_at_once", ("too large a number", "at most 1,000,000")),
        ("places", ",,2,", ",,1234567890123,", "berths_at_once", ("too large a number",)),
        ("places", "terminal", "terminl", "kind", ("one of field,", "did you mean terminal?")),
        ("links", "rail", "pipe-line", "mode", ("one of pipeline, rail, sea", "did you mean pipeline?")),
        ("links", "46.5 50.5;45.5 40.5", "46.5;50.5", "via", ("pairs of degrees", "46.9 50.5")),
        ("berths", "yes,no", "yes,perhaps", "in_service", ("yes or no",)),
        ("fleets", "85.5 kt,,,", "85.5 kt,0,10 knot,", "vessels", ("at least one vessel", "close the fleet")),
        ("weather", "port,2", "port,13", "month", ("1 to 12",)),
        ("history", "2010-01-01", "01.01.2010", "since", ("a date, such as 2022-03-21",)),
        ("history", "2010-01-01", "44000", "since", ("a date",)),
        ("history", "2010-01-01", "2010-02-30", "since", ("a date",)),
        ("shippers", "0.6 Mb/d", "#REF!", "rate", ("not a number",)),
        ("shippers", ",5,", ",0,", "restart", ("more than no time",)),
    ],
)
def test_bad_cell_is_reported_with_line_column_value_and_advice(
    small: Small, table: str, old: str, new: str, key: str, words: tuple[str, ...]
) -> None:
    file = small.edit(table, (old, new))
    faults = small.network_faults()
    assert (faults[0].file, faults[0].line, faults[0].key) == (file, line_of(file, new), key)
    assert len(faults) == 1
    assert isinstance(faults[0].value, str)
    assert faults[0].value in new
    for word in words:
        assert word in f"{faults[0].message} — {faults[0].advice}"


@pytest.mark.parametrize("cell", ["1,000 t/day", "12,000", "1,234.5"])
def test_comma_that_could_mark_thousands_is_refused(small: Small, cell: str) -> None:
    file = small.edit("links", ("20 kt/day", f'"{cell}"'))
    faults = small.network_faults()
    assert (faults[0].file, faults[0].line, faults[0].key, faults[0].value) == (file, 3, "capacity", cell)


def test_ambiguous_comma_comes_with_both_ways_to_write_it(small: Small) -> None:
    file = small.edit("links", ("20 kt/day", '"20,000 t/day"'))
    words = "decimals or thousands", "20.000 for decimals", "20000 for thousands"
    expect(small.network_faults(), file, 3, "capacity", "20,000 t/day", *words)


@pytest.mark.parametrize(
    "cell", ["20 000 t/day", "20\N{NO-BREAK SPACE}000 t/day", '"20,0 kt/day"', "20 kt per day"]
)
def test_other_ways_to_write_the_same_number_are_understood(small: Small, cell: str) -> None:
    small.edit("links", ("20 kt/day", cell))
    assert small.network().links["spur"].capacity == 20_000


def test_every_fault_of_every_table_is_reported_at_once(small: Small) -> None:
    small.edit("links", ("36.5 Mt/yr", "67 Mt/yer"), ("port,world", "prot,world"))
    small.edit("stocks", ("40 %", "140 %"))
    small.edit("berths", ("port.spm1,One,port", "port.spm1,One,harbour"))
    small.edit("fleets", ("id,name", "id,nmae"))
    small.edit("weather", (",atlas,\nport.weather-02", ",atlsa,\nport.weather-02"))
    small.table("contracts").unlink()
    told = [(fault.file and fault.file.name, fault.line, fault.key) for fault in small.network_faults()]
    assert sorted(told, key=str) == sorted(
        [
            ("links.csv", 2, "capacity"),
            ("links.csv", 4, "origin"),
            ("stocks.csv", 2, "initial"),
            ("berths.csv", 2, "place"),
            ("fleets.csv", 1, "nmae"),
            ("weather.csv", 2, "source"),
            ("contracts.csv", None, None),
        ],
        key=str,
    )


def test_fault_in_a_row_does_not_make_rows_that_name_it_wrong(small: Small) -> None:
    file = small.edit("places", ("44.5", "here"))
    expect(small.network_faults(), file, 3, "latitude", "here")


def test_row_without_an_id_is_reported(small: Small) -> None:
    file = small.edit("links", ("spur,", ","))
    expect(small.network_faults(), file, 3, "id", None, "a value is needed here")


def test_row_with_a_bad_figure_is_still_held_to_what_it_names(small: Small) -> None:
    file = small.edit("links", ("well-field,port,crude,BB,500 km", "well-field,prot,crude,BB,500 kt"))
    assert [(fault.file, fault.line, fault.key) for fault in small.network_faults()] == [
        (file, 2, "length"),
        (file, 2, "destination"),
    ]


def test_unreadable_cargo_does_not_make_quantities_wrong(small: Small) -> None:
    file = small.edit("cargoes", ("7.9", "7.9 km"))
    expect(small.network_faults(), file, 2, "barrels_per_tonne", "7.9 km", "bbl/t")


def test_empty_cell_that_needs_a_value_is_reported(small: Small) -> None:
    file = small.edit("shippers", ("0.6 Mb/d", ""))
    expect(small.network_faults(), file, 2, "rate", None, "a value is needed here")


def test_ids_may_be_in_any_script_and_hold_colons(small: Small) -> None:
    for table in ("places", "links", "stocks", "berths", "weather"):
        file = small.table(table)
        text = file.read_text(encoding="utf-8").replace("port,", "Новороссийск:港,")
        file.write_text(text, encoding="utf-8")
    assert small.network().stocks["port.tanks"].place == "Новороссийск:港"


@pytest.mark.parametrize("id", ["tan ker", "tan=ker", "tan*", '"tan,ker"', "tan;ker", "tan#2"])
def test_id_that_could_not_be_written_elsewhere_is_refused(small: Small, id: str) -> None:
    file = small.edit("fleets", ("tanker,", f"{id},"))
    expect(small.network_faults(), file, 2, "id", id.strip('"'), "an id has no spaces", "letters")


def _spread(small: Small, table: str, separator: str) -> None:
    """Save a table with another separator, and nothing in it that shows how decimals are written."""
    text = small.table(table).read_text(encoding="utf-8").replace(",", separator)
    text = text.replace("0.5;", "1;").replace("0.5\t", "1\t")
    small.table(table).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize(
    ("number", "mark", "advice"),
    [
        ("20.000", "point", "write 20.0000 for decimals, 20000 for thousands"),
        ("1,500", "comma", "write 1,5000 for decimals, 1500 for thousands"),
    ],
)
def test_number_that_nothing_in_its_table_makes_clear_is_refused(
    small: Small, separator: str, number: str, mark: str, advice: str
) -> None:
    _spread(small, "yards", separator)
    file = small.edit("yards", ("500 TEU", f"{number} TEU"))
    words = f"a {mark} here could mark decimals or thousands", advice
    expect(small.network_faults(), file, line_of(file, number), "capacity", f"{number} TEU", *words)


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize(("hours", "capacity"), [("12.5 h", "500.000 TEU"), ("12,5 h", "500,000 TEU")])
def test_one_clear_number_settles_the_others_of_its_table(
    small: Small, separator: str, hours: str, capacity: str
) -> None:
    _spread(small, "yards", separator)
    small.edit("yards", ("500 TEU", capacity), ("12 h", hours))
    assert small.network().yards["lagoon.yard"].capacity == 500


def test_figure_in_a_note_does_not_settle_the_others(small: Small) -> None:
    _spread(small, "yards", ";")
    file = small.edit("yards", ("500 TEU", "20.000 TEU"), ("12 h;;atlas;", "12 h;;atlas;1.5 times the old"))
    words = ("a point here could mark",)
    expect(small.network_faults(), file, line_of(file, "20.000"), "capacity", "20.000 TEU", *words)


def test_three_decimals_among_commas_are_decimals(small: Small) -> None:
    small.edit("yards", ("500 TEU", "500.125 TEU"))
    assert small.network().yards["lagoon.yard"].capacity == 500.125


def test_integer_with_an_unclear_mark_is_refused(small: Small) -> None:
    text = small.table("services").read_text(encoding="utf-8").replace(",", ";")
    small.table("services").write_text(text, encoding="utf-8")
    file = small.edit("services", ("5 day;2;1;", "5 day;2.000;1;"))
    words = ("a point here could mark",)
    expect(small.network_faults(), file, line_of(file, "boat"), "vehicles", "2.000", *words)
