"""Whatever stands in the files, the answer is a scenario or an `InputError` that says where."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import POLICY, SCENARIO, TABLES, Small

from sim.errors import Fault, InputError
from sim.scenario.lines import key_lines

NASTY = (
    "",
    " ",
    "-1",
    "0",
    "1e999",
    "nan",
    "1,000",
    "67 Mt/yer",
    "é",
    "\x00",
    '"',
    '""',
    "=",
    ";",
    "a b",
    "*",
    "true",
    "2022-02-30",
    "9999-12-31",
    "0001-01-01",
    "[",
    "]]",
    "{",
    "port",
    "narrows",
    "plain narrows",
    "ore",
    "world",
    "sea",
    "well",
    "assumed",
    "x" * 300,
    "\n",
    "\r",
    "\t",
    "\u2028",
    "\udcff".encode("utf-8", "surrogatepass").decode("latin-1"),
)
TABLE_FILES = [f"net/{name}.csv" for name in TABLES]
OVER = """title = "Over"
extends = "year.toml"
cargo = ["crude", "boxes"]

[[boycott]]
element = "country:FF"
demand = "goods"
share = "25 %"
premium = "300 USD/FEU"
from = 2022-03-03
until = 2022-10-03
source = "report-2021"
"""
SCENARIOS = ["year.toml", "over.toml", "wider.toml"]
OWN = {
    **{f"net/{name}.csv": text for name, text in TABLES.items()},
    "year.toml": SCENARIO,
    "over.toml": OVER,
    "wider.toml": POLICY,
}


@pytest.fixture(scope="module")
def shared() -> Iterator[Small]:
    """One folder for all examples: each writes a file, and puts it back."""
    with tempfile.TemporaryDirectory() as folder:
        small = Small(Path(folder))
        small.write("over.toml", OVER)
        small.load("over.toml", "wider.toml")
        yield small


def _load(small: Small, file: str, data: bytes) -> None:
    """Load the scenario with other data in one of its files, then put the file back."""
    path = small.folder / file
    faults: tuple[Fault, ...] = ()
    try:
        path.write_bytes(data)
        small.load("over.toml", "wider.toml")
        return
    except InputError as error:
        faults = error.faults
    finally:
        path.write_text(OWN[file], encoding="utf-8")
    lines = data.count(b"\n") + data.count(b"\r") + 1
    assert faults
    assert all(str(fault) for fault in faults)
    assert all(1 <= (fault.line or 1) <= lines for fault in faults if fault.file == path)


@given(file=st.sampled_from(sorted(OWN)), data=st.binary(max_size=200))
@settings(max_examples=60)
def test_any_bytes(shared: Small, file: str, data: bytes) -> None:
    _load(shared, file, data)


@pytest.mark.slow
@given(file=st.sampled_from(sorted(OWN)), data=st.data())
@settings(max_examples=250)
def test_any_words_in_place_of_others(shared: Small, file: str, data: st.DataObject) -> None:
    text = OWN[file]
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 12)))
        text = text[:start] + data.draw(st.one_of(st.sampled_from(NASTY), st.text(max_size=5))) + text[end:]
    _load(shared, file, text.encode("utf-8", "replace"))


@pytest.mark.slow
@given(file=st.sampled_from(TABLE_FILES), data=st.data())
@settings(max_examples=300)
def test_any_cell_in_place_of_another(shared: Small, file: str, data: st.DataObject) -> None:
    lines = [line.split(",") for line in OWN[file].splitlines()]
    for _ in range(data.draw(st.integers(1, 2))):
        row = data.draw(st.sampled_from(lines[1:]))
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(st.sampled_from(NASTY))
    if data.draw(st.booleans()):
        lines.append(data.draw(st.sampled_from(lines)))
    _load(shared, file, "\n".join(map(",".join, lines)).encode())


@given(file=st.sampled_from(TABLE_FILES), data=st.data())
@settings(max_examples=100)
def test_any_rows_missing(shared: Small, file: str, data: st.DataObject) -> None:
    header, *rows = OWN[file].splitlines()
    kept = [row for row in rows if data.draw(st.booleans())]
    _load(shared, file, "\n".join([header, *kept]).encode())


@given(file=st.sampled_from(SCENARIOS), data=st.data())
@settings(max_examples=200)
def test_any_value_of_a_key(shared: Small, file: str, data: st.DataObject) -> None:
    values = [
        "1",
        "-1",
        "1.5",
        "nan",
        "inf",
        "true",
        '""',
        '"x"',
        '"port.*"',
        "[]",
        "[1]",
        "{}",
        "[[]]",
        '["a", "b"]',
        "2022-02-02",
        "2022-02-02T10:00:00",
        "2022-02-02T10:00:00Z",
        "10:00:00",
        "9999-12-31",
        "0001-01-01",
        "{ a = 1 }",
        '"67 Mt/yer"',
        '"ore"',
        '"3 USD/TEU"',
        "99999999999999999999",
        '{ shape = "steps", steps = [[1, 1]] }',
    ]
    lines = OWN[file].split("\n")
    places = [number for number, line in enumerate(lines) if "=" in line]
    for _ in range(data.draw(st.integers(1, 3))):
        number = data.draw(st.sampled_from(places))
        key = data.draw(
            st.sampled_from(
                [lines[number].split("=")[0], "recovery ", "from ", "extends ", "remaining ", "cargo "]
            )
        )
        lines[number] = f"{key}= {data.draw(st.sampled_from(values))}"
    _load(shared, file, "\n".join(lines).encode())


@given(st.text(alphabet="[]{}=.\"'#\\\n ab1", max_size=60))
@settings(max_examples=200)
def test_lines_of_keys_are_read_from_any_text(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in key_lines(text).values())
