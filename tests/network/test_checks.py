"""Checks that elements which refer to each other fit together."""

from __future__ import annotations

import pytest
from small import Small, check, expect

from sim.network.sourcing import citations, sourced_numbers


@pytest.mark.parametrize(
    ("table", "old", "new", "key", "value", "words"),
    [
        (
            "links",
            "well-field,port",
            "well-field,prot",
            "destination",
            "prot",
            ("no place", "did you mean port?"),
        ),
        ("links", "rail,well-field", "rail,wellfield", "origin", "wellfield", ("no place", "well-field")),
        ("links", "inland,crude,AA,900", "inland,crud,AA,900", "cargo", "crud", ("no cargo", "crude")),
        ("stocks", "port,sea", "port,see", "feeds", "see", ("no link or shipper", "did you mean sea?")),
        ("berths", "One,port,sea", "One,port,sea trunk", "lanes", "trunk", ("no sea lane",)),
        ("fleets", "Tankers,sea", "Tankers,seas", "lanes", "seas", ("no sea lane", "did you mean sea?")),
        (
            "contracts",
            "well,inland",
            "wells,inland",
            "shipper",
            "wells",
            ("no shipper", "did you mean well?"),
        ),
        ("contracts", "well,inland", "well,port", "market", "port", ("no market",)),
        ("weather", "02,port", "02,prot", "place", "prot", ("no place", "did you mean port?")),
        ("history", "2010,trunk", "2010,trnk", "element", "trnk", ("no element", "did you mean trunk")),
        (
            "places",
            ",,,2,coast,atlas",
            ",,,2,coast,atlsa",
            "source",
            "atlsa",
            ("no source", "did you mean atlas?"),
        ),
        ("cargoes", "atlas", "atlsa", "source", "atlsa", ("no source", "did you mean atlas?")),
        ("history", "report-2021", "report-2012", "source", "report-2012", ("no source", "report-2021")),
        ("berths", "rate=atlas", "rat=atlas", "source", "rat", ("no column", "did you mean rate?")),
        ("berths", "rate=atlas", "report-2021", "source", "assumed; report-2021", ("two sources",)),
        ("berths", "as the first", "", "note", None, ("an assumed figure needs its reasoning",)),
        ("contracts", "0,5 kt/day", "6 kt/day,5 kt/day", "surge", "5 kt/day", ("lies below normal",)),
        ("contracts", "0,5 kt/day", ",5 kt/day", "surge", "5 kt/day", ("normal has no limit",)),
        ("contracts", "7,21", "7,0", "ramp", "0", ("more than no time",)),
        ("links", "20 kt/day", "", "capacity", None, ("a rail link needs a capacity",)),
        (
            "links",
            "ZZ,2000,",
            "ZZ,2000,5 t/h",
            "capacity",
            "5 t/h",
            ("berths and ships limit a sea lane", "empty"),
        ),
        ("links", "well-field,inland", "inland,inland", "destination", "inland", ("differ from the origin",)),
        ("places", "Land,-20 USD/t", "Land,", "price", None, ("a market needs a price",)),
        ("places", "Land,-20", ",-20", "route", None, ("name of the route",)),
        ("fleets", ",,,,5,0.5", ",,,,,0.5", "lead", None, ("need a lead", "vessels")),
        ("fleets", "85.5 kt,,", "85.5 kt,3,", "speed", None, ("needs a speed",)),
        ("fleets", "85.5 kt", "0", "load", "0", ("above zero",)),
        (
            "berths",
            "One,port,sea,load,crude,12000 t/h",
            "One,port,sea,load,crude,0",
            "rate",
            "0",
            ("close it",),
        ),
    ],
)
def test_misfit_is_reported(
    small: Small, table: str, old: str, new: str, key: str, value: object, words: tuple[str, ...]
) -> None:
    [before] = [line for line in small.table(table).read_text(encoding="utf-8").split("\n") if old in line]
    file = small.edit(table, (old, new))
    at = small.table(table).read_text(encoding="utf-8").split("\n").index(before.replace(old, new)) + 1
    faults = [fault for fault in small.network_faults() if fault.file == file and fault.line == at]
    expect(faults, file, at, key, value, *words)


def line_with(small: Small, table: str, words: str) -> int:
    return small.table(table).read_text(encoding="utf-8").split(words)[0].count("\n") + 1


@pytest.mark.parametrize(
    ("table", "row", "line"),
    [
        ("links", "spur,Again,rail,well-field,inland,crude,AA,900,5 kt/day,,,,atlas,\n", 5),
        ("contracts", "well:inland,well,inland,crude,,,,,atlas,\n", 4),
        ("sources", "atlas,Again,,\n", 4),
    ],
)
def test_id_twice_in_a_table_is_reported_with_the_other_line(
    small: Small, table: str, row: str, line: int
) -> None:
    file = small.append(table, row)
    id = row.split(",")[0]
    first = line_with(small, table, f"\n{id},") + 1
    expect(small.network_faults(), file, line, "id", id, f"is already in {table}.csv, line {first}")


def test_id_in_two_tables_is_reported_with_the_other_file_and_line(small: Small) -> None:
    file = small.edit("fleets", ("tanker,", "trunk,"))
    expect(small.network_faults(), file, 2, "id", "trunk", "this id is already in links.csv, line 2")


def test_source_may_share_its_id_with_an_element(small: Small) -> None:
    small.append("sources", "trunk,The pipeline's own page,,\n")
    assert "trunk" in small.network().sources


def test_contract_without_a_way_to_its_market_is_reported(small: Small) -> None:
    small.edit("links", ("rail,well-field,inland", "rail,inland,well-field"))
    words = "no links lead there from well", "join well-field to it"
    expect(small.network_faults(), small.table("contracts"), 3, "market", "inland", *words)


def test_shipper_at_a_market_is_reported(small: Small) -> None:
    file = small.edit("shippers", ("well-field", "inland"))
    small.edit("stocks", ("well-field,well", "inland,well"))
    expect(small.network_faults(), file, 2, "place", "inland", "cannot sit at one")


def test_same_contract_twice_is_reported(small: Small) -> None:
    file = small.append("contracts", "well:again,well,inland,crude,,,,,atlas,\n")
    expect(
        small.network_faults(),
        file,
        4,
        "market",
        "inland",
        "well has a contract there already in contracts.csv, line 3",
    )


def test_same_month_twice_is_reported(small: Small) -> None:
    file = small.append("weather", "extra,port,2,1,1,atlas,\n")
    expect(small.network_faults(), file, 4, "month", 2, "port has this month already in weather.csv, line 3")


def test_two_stocks_that_feed_the_same_are_reported(small: Small) -> None:
    file = small.append("stocks", "more,More,port,sea,crude,1000 kt,,,,,,atlas,\n")
    expect(small.network_faults(), file, 4, "feeds", "sea", "is fed by port.tanks already")


def test_stock_away_from_what_it_feeds_is_reported(small: Small) -> None:
    file = small.edit("stocks", ("port,sea", "inland,sea"))
    expect(small.network_faults(), file, 2, "place", "inland", "starts at port")


def test_berth_away_from_its_lane_is_reported(small: Small) -> None:
    file = small.edit("berths", ("One,port", "One,inland"))
    expect(small.network_faults(), file, 2, "place", "inland", "sea loads at port")


def test_lane_without_berths_ships_or_stock_is_reported(small: Small) -> None:
    file = small.append("links", "strait,Strait,sea,port,world,crude,ZZ,10,,,,,atlas,\n")
    faults = small.network_faults()
    assert {fault.value for fault in faults} == {"strait"}
    assert {(fault.file, fault.line) for fault in faults} == {(file, 5)}
    said = " ".join(fault.message for fault in faults)
    for words in ("needs a stock", "no berth in service loads", "no fleet sails"):
        assert words in said


def test_shipper_without_stock_or_contract_is_reported(small: Small) -> None:
    small.append("shippers", "spring,Spring,well-field,AA,crude,1 kt/day,5,,,atlas,\n")
    told = [fault.message for fault in small.network_faults()]
    assert told == ["a shipper needs a stock that feeds it", "has no contract to any market"]


def test_routes_that_part_behind_a_stock_are_refused(small: Small) -> None:
    """A stock gives to one leg; where the links of two markets part behind it, each needs its own."""
    small.edit("links", ("rail,well-field,inland", "rail,fork,inland"))
    small.append("links", "feeder,Feeder,pipeline,port,fork,crude,BB,9,9 kt/day,,,,atlas,\n")
    small.append("links", "coast,Coast,rail,fork,seaside,crude,BB,9,9 kt/day,,,,atlas,\n")
    small.append(
        "places", "fork,Fork,station,BB,45,45,,,,,atlas,\nseaside,Seaside,market,BB,45,46,Coast,0,,,atlas,\n"
    )
    small.append("contracts", "well:seaside,well,seaside,crude,,,,,atlas,\n")
    small.network()
    small.append("stocks", "yard,Yard,port,feeder,crude,9 kt,,,,,,atlas,\n")
    words = "part behind this stock", "feeder+coast to seaside and feeder+spur to inland", "stock of its own"
    expect(small.network_faults(), small.table("stocks"), 4, "feeds", "feeder", *words)


def test_what_ships_discharge_needs_a_stock_to_go_on_from(small: Small) -> None:
    small.append("links", "onward,Onward,pipeline,haven,inland,crude,BB,9,9 kt/day,,,,atlas,\n")
    small.append("links", "bay,Bay,sea,port,haven,crude,BB,9,,,,,atlas,\n")
    small.edit("links", ("rail,well-field,inland", "rail,inland,well-field"))
    small.append("places", "haven,Haven,port,BB,45,45,,,,,atlas,\n")
    small.append("stocks", "bay.tanks,Bay tanks,port,bay,crude,9 kt,,,,,,atlas,\n")
    small.append("fleets", "ferry,Ferry,bay,crude,1 kt,2,10 knot,,,,,,atlas,\n")
    for place, work in (("port", "load"), ("haven", "discharge")):
        small.append("berths", f"bay.{work},B,{place},bay,{work},crude,1 kt/h,0,0,,,,atlas,\n")
    words = "ships discharge here", "add one to stocks.csv"
    expect(small.network_faults(), small.table("links"), 5, "id", "onward", *words)
    small.append("stocks", "haven.tanks,Haven tanks,haven,onward,crude,9 kt,,,,,,atlas,\n")
    assert "haven.tanks" in small.network().stocks


def test_equal_marks_below_full_are_reported(small: Small) -> None:
    file = small.edit("stocks", ("90 %,75 %", "75 %,75 %"))
    expect(small.network_faults(), file, 2, "release_at", "75 %", "to and fro", "both to 100 %")


def test_lane_without_a_berth_in_service_is_reported(small: Small) -> None:
    small.edit("berths", ("yes,yes", "yes,no"))
    words = "no berth in service loads for this sea lane"
    expect(small.network_faults(), small.table("links"), 4, "id", "sea", words)


def test_fleet_whose_ships_hold_more_than_the_tanks_is_reported(small: Small) -> None:
    small.edit("fleets", ("85.5 kt,,,,5", "900 kt,3,10 knot,,5"))
    small.append("berths", "world.pier,Pier,world,sea,discharge,crude,1 kt/h,0,0,,,,atlas,\n")
    words = "port.tanks never holds one"
    expect(small.network_faults(), small.table("fleets"), 2, "load", 900_000.0, words)


def test_ships_never_called_are_reported(small: Small) -> None:
    file = small.edit("fleets", ("0.5,,", "0.5,0 %,"))
    expect(small.network_faults(), file, 2, "mix", 0.0, "no ship is ever called for sea")


@pytest.mark.parametrize(
    ("old", "new", "key", "value", "words"),
    [
        (
            "trunk,capacity",
            "trunk,capcity",
            "field",
            "capcity",
            ("trunk has no such field", "did you mean capacity?"),
        ),
        ("28 Mt/yr", "28 km", "value", "28 km", ("does not measure this", "t/day")),
        ("28 Mt/yr", "-28 Mt/yr", "value", "-28 Mt/yr", ("cannot be negative",)),
        ("28 Mt/yr", "much", "value", "much", ("not a number",)),
        ("2018-01-01", "2009-01-01", "until", "2009-01-01", ("ends before it begins", "2010-01-01")),
        ("2018-01-01", "2010-01-01", "until", "2010-01-01", ("ends before it begins",)),
    ],
)
def test_bad_history_is_reported_even_outside_any_run(
    small: Small, old: str, new: str, key: str, value: str, words: tuple[str, ...]
) -> None:
    file = small.table("history")
    text = file.read_text(encoding="utf-8")
    file.write_text(new.join(text.rsplit(old, 1)), encoding="utf-8")
    expect(small.network_faults(), file, 2, key, value, *words)


def test_history_that_overlaps_is_reported(small: Small) -> None:
    file = small.append("history", "trunk.2017,trunk,capacity,2017-01-01,,30 Mt/yr,report-2021,\n")
    words = "begins before trunk.2010 ends in history.csv, line 2"
    expect(small.network_faults(), file, 3, "since", "2017-01-01", words)


def test_source_cell_cites_per_figure() -> None:
    assert citations("argus; tariff=assumed; rate = b") == {"": "argus", "tariff": "assumed", "rate": "b"}
    assert citations("") == {}


def test_every_number_has_a_source(small: Small) -> None:
    cited = {(element, field): source for element, field, _, source in sourced_numbers(small.network())}
    assert cited["port.spm2", "rate"] == "atlas"
    assert cited["port.spm2", "approach"] == "assumed"
    assert cited["trunk", "capacity"] == "atlas"


def test_faults_of_two_lines_are_reported_in_the_order_of_the_tables(small: Small) -> None:
    small.edit("links", ("well-field,port", "well-field,prot"), ("rail,well-field", "rail,wellfield"))
    first, second = small.network_faults()
    check(first, small.table("links"), 2, "destination", "prot")
    check(second, small.table("links"), 3, "origin", "wellfield")


def test_sizes_of_called_ships_must_add_up_to_all_calls(small: Small) -> None:
    small.append("fleets", "large,Large tankers,sea,crude,140 kt,,,,5,0.5,40 %,,atlas,\n")
    path = small.table("fleets")
    expect(small.network_faults(), path, 3, "mix", 0.4, "adds up to 140.0%")


@pytest.mark.parametrize(
    ("table", "edit", "line", "key", "value", "told"),
    [
        (
            "berths",
            ("sea,load,crude,12000 t/h,6 h,3.5 h,yes,yes", "sea,load,crude,12000 kt/h,6 h,3.5 h,yes,yes"),
            2,
            "rate",
            "12000 kt/h",
            "too large",
        ),
        (
            "berths",
            ("sea,load,crude,12000 t/h,6 h,3.5 h,yes,yes", "sea,load,crude,1e-6 t/h,6 h,3.5 h,yes,yes"),
            2,
            "rate",
            "1e-6 t/h",
            "too small",
        ),
        (
            "places",
            ("well-field,Well,field,AA", "well-field,Well,field,Aland"),
            2,
            "country",
            "Aland",
            "two capital letters",
        ),
        ("stocks", ("well.tanks,", "tag:tanks,"), 3, "id", "tag:tanks", "starts with a prefix"),
    ],
)
def test_slips_of_units_and_reserved_names_are_reported(
    small: Small, table: str, edit: tuple[str, str], line: int, key: str, value: str, told: str
) -> None:
    file = small.edit(table, edit)
    expect(small.network_faults(), file, line, key, value, told)


def test_a_tanker_larger_than_its_tank_farm_is_reported(small: Small) -> None:
    file = small.edit("fleets", ("85.5 kt", "2000 kt"))
    expect(small.network_faults(), file, 2, "load", 2_000_000, "never holds one")
