"""Files as spreadsheets write them, and files that are no tables."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from small import TABLES, Small, expect

from sim.errors import InputError
from sim.network import read_network
from sim.network.tables import read_table

CASPIAN = Path(__file__).parents[2] / "scenarios" / "caspian"
HEADERS = {name: text.splitlines()[0] for name, text in TABLES.items()}


def _rewrite(small: Small, separator: str, decimal: str, mark: str = "", end: str = "\n") -> None:
    """Save every table as another spreadsheet would."""
    for name, text in TABLES.items():
        if separator == ";":
            text = re.sub(r"([^,\n]*;[^,\n]*)", r'"\1"', text)
        text = text.replace(",", separator)
        if decimal == ",":
            text = re.sub(r"(?<=[;])(-?\d+)\.(\d+)(?=[; ])", r"\1,\2", text)
        small.table(name).write_bytes((mark + text).replace("\n", end).encode())


@pytest.mark.parametrize(
    ("separator", "decimal", "mark", "end"),
    [
        (";", ",", "\ufeff", "\r\n"),
        (";", ".", "", "\n"),
        ("\t", ".", "", "\n"),
        (",", ".", "\ufeff", "\r\n"),
        (",", ".", "", "\r"),
    ],
)
def test_same_network_whichever_spreadsheet_wrote_it(
    small: Small, separator: str, decimal: str, mark: str, end: str
) -> None:
    before = small.network()
    _rewrite(small, separator, decimal, mark, end)
    if decimal == ",":
        assert "46,15" in small.table("places").read_text(encoding="utf-8")
    assert small.network() == before


def test_shipped_network_reads_the_same_from_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    number = re.compile(r"-?\d+\.\d+( .*)?")
    for table in CASPIAN.glob("*.csv"):
        with table.open(encoding="utf-8", newline="") as file:
            header, *rest = csv.reader(file)
            rows = [
                [
                    cell.replace(".", ",", 1) if number.fullmatch(cell) and column != "note" else cell
                    for column, cell in zip(header, row, strict=True)
                ]
                for row in rest
            ]
        with (tmp_path / table.name).open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows([header, *rows])
    read, shipped = read_network(tmp_path), read_network(CASPIAN)
    for name, elements in shipped.kinds():
        assert getattr(read, name) == elements


def test_three_decimals_are_understood_where_other_numbers_show_decimal_commas(small: Small) -> None:
    _rewrite(small, ";", ",")
    small.edit("links", ("36,5 Mt/yr", "36,500 Mt/yr"))
    assert small.network().links["trunk"].capacity == pytest.approx(100_000)


def test_point_that_could_mark_thousands_is_refused_among_decimal_commas(small: Small) -> None:
    _rewrite(small, ";", ",")
    file = small.edit("links", ("20 kt/day", "20.000 t/day"))
    words = "point", "20,000 for decimals", "20000 for thousands"
    expect(small.network_faults(), file, 3, "capacity", "20.000 t/day", *words)


def test_trailing_separators_and_blank_rows_of_a_spreadsheet_do_not_matter(small: Small) -> None:
    before = small.network()
    text = "\n".join(line + ",,," for line in TABLES["links"].splitlines()) + "\n,,,,\n\n"
    small.table("links").write_text(text, encoding="utf-8")
    assert small.network() == before


def test_lines_are_right_below_cells_of_several_lines(small: Small) -> None:
    small.edit("links", ("Trunk,", '"Trunk\nline\nof steel",'), ("20 kt/day", "many"))
    expect(small.network_faults(), small.table("links"), 5, "capacity", "many")


def test_lines_are_right_with_windows_line_ends(small: Small) -> None:
    file = small.edit("links", ("20 kt/day", "many"))
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    expect(small.network_faults(), file, 3, "capacity", "many")


def test_misspelt_column_is_reported_with_the_nearest(small: Small) -> None:
    file = small.edit("links", ("capacity,", "capcity,"))
    expect(small.network_faults(), file, 1, "capcity", None, "unknown column", "did you mean capacity?")


def test_missing_column_is_reported(small: Small) -> None:
    small.write("net/weather.csv", "id,place,month,storms,source,note\n")
    expect(small.network_faults(), small.table("weather"), 1, "duration", None, "missing column")


def test_column_twice_and_column_without_a_name_are_reported(small: Small) -> None:
    small.write(
        "net/weather.csv", "id,place,month,storms,duration,source,place,,x\na,port,1,1,1,atlas,port,1,2\n"
    )
    told = [(fault.line, fault.key, fault.message) for fault in small.network_faults()]
    assert (1, "place", "the column appears twice") in told
    assert (1, None, "a column without a name") in told
    assert (1, "x", "unknown column") in told


def test_cells_beyond_the_columns_are_reported_in_each_row(small: Small) -> None:
    small.edit(
        "weather", ("1,1.5,1.5,atlas,", "1,1.5,1.5,atlas,,over"), ("0.8,1,atlas,", "0.8,1,atlas,,,too")
    )
    faults = small.network_faults()
    assert [(fault.line, fault.value) for fault in faults] == [(2, "over"), (3, "too")]
    assert "more cells than the 7 columns" in faults[0].message
    assert "quotes" in faults[0].advice


def test_quote_that_is_never_closed_is_reported_where_it_opens(small: Small) -> None:
    file = small.edit("links", ("Spur,", '"Spur,'))
    expect(small.network_faults(), file, 3, None, None, "a quote opened here is never closed")


def test_quote_inside_a_cell_is_reported(small: Small) -> None:
    file = small.edit("links", ("Spur,", '"Spur" line,'))
    expect(small.network_faults(), file, 3, None, None, "not a table", "twice")


def test_empty_file_is_reported(small: Small) -> None:
    file = small.table("weather")
    file.write_text(" \n\n", encoding="utf-8")
    expect(small.network_faults(), file, None, None, None, "the file is empty")


@pytest.mark.parametrize("name", ["weather", "history"])
def test_table_of_what_may_be_absent_may_hold_a_header_only(small: Small, name: str) -> None:
    small.table(name).write_text(HEADERS[name] + "\n", encoding="utf-8")
    assert getattr(small.network(), name) == {}


@pytest.mark.parametrize("name", ["cargoes", "places"])
def test_table_that_a_network_cannot_do_without_needs_rows(small: Small, name: str) -> None:
    file = small.table(name)
    file.write_text(HEADERS[name] + "\n", encoding="utf-8")
    [fault] = [fault for fault in small.network_faults() if fault.file == file]
    assert (fault.line, fault.key) == (1, None)
    assert f"no rows; a network has {name}" in fault.message


LIQUID = ("links", "stocks", "berths", "fleets", "shippers", "contracts", "history")
DRY = ("lines", "yards", "quays", "services", "demands", "corridors")


def _emptied(small: Small, names: tuple[str, ...]) -> None:
    for name in names:
        small.table(name).write_text(HEADERS[name] + "\n", encoding="utf-8")


def test_network_may_be_of_oil_alone_or_of_boxes_and_wagons_alone(small: Small) -> None:
    _emptied(small, DRY)
    assert list(small.network().shippers) == ["well"]
    for name in DRY:
        small.table(name).write_text(TABLES[name], encoding="utf-8")
    _emptied(small, LIQUID)
    assert list(small.network().demands) == ["goods", "ores"]


def test_network_in_which_nothing_is_sent_is_reported(small: Small) -> None:
    _emptied(small, (*LIQUID, *DRY))
    words = "nothing is sent here", "demands.csv"
    expect(small.network_faults(), small.table("shippers"), 1, None, None, *words)


def test_network_without_ships_needs_no_berths_or_fleets(small: Small) -> None:
    for name in ("berths", "fleets", "weather"):
        small.table(name).write_text(HEADERS[name] + "\n", encoding="utf-8")
    small.edit(
        "links",
        ("sea,Sea lane,sea,port,world,crude,ZZ,2000,,", "sea,Main,pipeline,port,world,crude,ZZ,2000,1 Mt/d,"),
    )
    assert small.network().fleets == {}


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04\x00"])
def test_binary_file_is_reported(small: Small, data: bytes) -> None:
    small.table("weather").write_bytes(data)
    expect(small.network_faults(), small.table("weather"), None, None, None, "not a text file", "CSV UTF-8")


@pytest.mark.parametrize("encoding", ["latin-1", "cp1251", "utf-16"])
def test_file_in_another_encoding_is_reported(small: Small, encoding: str) -> None:
    text = TABLES["links"].replace("Spur", "Ст" if encoding == "cp1251" else "Größe")
    small.table("links").write_bytes(text.encode(encoding))
    [fault] = small.network_faults()
    assert fault.file == small.table("links")
    assert "not a text file" in fault.message
    assert "UTF-8" in fault.advice
    if encoding != "utf-16":
        assert fault.line == 3


def test_missing_table_is_reported_with_its_columns(small: Small) -> None:
    small.table("places").unlink()
    expect(
        small.network_faults(),
        small.table("places"),
        None,
        None,
        None,
        "this table is missing",
        "columns id,name",
    )


def test_missing_table_that_may_be_empty_comes_with_its_header(small: Small) -> None:
    small.table("weather").unlink()
    words = "this table is missing", "one line: id,place,month,storms,duration,source"
    expect(small.network_faults(), small.table("weather"), None, None, None, *words)


def test_missing_table_is_reported_with_the_nearest_file(small: Small) -> None:
    small.table("links").rename(small.tables / "link.csv")
    expect(small.network_faults(), small.table("links"), None, None, None, "did you mean link.csv?")


def test_folder_in_place_of_a_table_is_reported(small: Small) -> None:
    small.table("links").unlink()
    small.table("links").mkdir()
    expect(small.network_faults(), small.table("links"), None, None, None, "this is a folder")


def test_device_in_place_of_a_file_is_not_read() -> None:
    with pytest.raises(InputError, match="not a file"):
        read_table(Path("/dev/zero"))


def test_missing_folder_is_reported_with_the_nearest(small: Small) -> None:
    with pytest.raises(InputError) as caught:
        read_network(small.folder / "nett")
    expect(
        list(caught.value.faults),
        small.folder / "nett",
        None,
        None,
        None,
        "no such network folder",
        "did you mean net?",
    )


def test_header_may_stand_below_blank_lines(small: Small) -> None:
    before = small.network()
    text = small.table("links").read_text(encoding="utf-8")
    small.table("links").write_text(f"\n\n{text}", encoding="utf-8")
    assert small.network() == before
    small.edit("links", ("20 kt/day", "many"))
    expect(small.network_faults(), small.table("links"), 5, "capacity", "many")
