"""Faults of a table of reported figures, with line, column and the nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import Small, check

from sim.errors import InputError
from sim.studies.backtest.reported_table import read_reported

TABLE = """id,scenario,measure,element,from,to,value,unit,tolerance,source,role,note
oil,year,exported,AA>world,2022-01-01,2022-12-01,28,Mt,5 %,report-2021,held-out,
boxes,year,passed,narrows>cape,2022-01-01,2022-12-01,9000,TEU,5 %,report-2021,held-out,
stop,year,loading stopped,sea,2022-03-01,2022-05-01,2022-03-21,date,1 day,report-2021,calibration,
"""


def faults(folder: Path, *changes: tuple[str, str], extra: str = "") -> InputError:
    text = TABLE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file = Small(folder).write("mine.csv", text + extra)
    with pytest.raises(InputError) as caught:
        read_reported(file)
    return caught.value


def test_the_table_is_sound(tmp_path: Path) -> None:
    file = Small(tmp_path).write("mine.csv", TABLE)
    assert [one.value for one in read_reported(file)] == [28.0, 9000.0, 79.0]


@pytest.mark.parametrize(
    ("change", "line", "key", "value", "words"),
    [
        (("oil,year", "oil,yaer"), 2, "scenario", "yaer", "did you mean year"),
        (("oil,year", "oil,baselin-2022"), 2, "scenario", "baselin-2022", "baseline-2022"),
        (("exported", "exportd"), 2, "measure", "exportd", "did you mean exported"),
        (("AA>world", "AA>wrold"), 2, "element", "AA>wrold", "did you mean AA>world"),
        (("narrows>cape", "narows>cape"), 3, "element", "narows>cape", "did you mean narrows"),
        (("stopped,sea", "stopped,see"), 4, "element", "see", "did you mean sea"),
        (("28,Mt", "28,km"), 2, "value", "28 km", "does not measure this"),
        (("28,Mt", "many,Mt"), 2, "value", "many Mt", "not a number"),
        (("28,Mt", "0,Mt"), 2, "tolerance", "5 %", "more than 0"),
        (("28,Mt,5 %", "28,Mt,1 day"), 2, "tolerance", "1 day", "does not measure this"),
        (("2022-03-21,date", "21 March,date"), 4, "value", "21 March", "should be a date"),
        (("2022-03-21,date,1 day", "2022-03-21,date,1 Mt"), 4, "tolerance", "1 Mt", "does not measure"),
        (("AA>world,2022-01-01", "AA>world,2021-01-01"), 2, "from", "2021-01-01", "runs from 2022-01-01"),
        (("world,2022-01-01,2022-12-01", "world,2022-01-01,2023-12-01"), 2, "to", "2023-12-01", "outside"),
        (("2022-03-01,2022-05-01", "2022-03-01,2022-02-01"), 4, "to", "2022-02-01", "before it begins"),
        (("2022-03-01,2022-05-01", "2022-03-01,May"), 4, "to", "May", "should be a date"),
        (("calibration", "calibrated"), 4, "role", "calibrated", "did you mean calibration"),
        (("boxes,year", "oil,year"), 3, "id", "oil", "line 2"),
    ],
)
def test_a_fault_is_reported(
    tmp_path: Path, change: tuple[str, str], line: int, key: str, value: str, words: str
) -> None:
    error = faults(tmp_path, change)
    assert len(error.faults) == 1, str(error)
    check(error.faults[0], tmp_path / "mine.csv", line, key, value, words)


def test_columns_are_reported_by_the_names_that_they_have_in_tables(tmp_path: Path) -> None:
    unknown, missing = faults(tmp_path, (",from,", ",form,")).faults
    check(unknown, tmp_path / "mine.csv", 1, "form", None, "unknown column", "element, from, to, value")
    check(missing, tmp_path / "mine.csv", 1, "from", None, "missing column")


def test_all_faults_are_reported_together(tmp_path: Path) -> None:
    error = faults(tmp_path, ("28,Mt", "28,km"), ("narrows>cape", "narow"), ("stopped,sea", "stoped,sea"))
    assert [fault.line for fault in error.faults] == [2, 3, 4]


def test_faults_inside_a_scenario_are_reported_where_they_stand(tmp_path: Path) -> None:
    small = Small(tmp_path)
    file = small.edit("year.toml", ("port.spm1", "port.spm9"))
    with pytest.raises(InputError) as caught:
        read_reported(small.write("mine.csv", TABLE))
    assert [fault.file for fault in caught.value.faults] == [file]


def test_the_undisturbed_scenario_must_be_of_the_same_days(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.write("calm.toml", (tmp_path / "year.toml").read_text().replace("start = 2022", "start = 2021"))
    text = TABLE.replace("id,scenario", "id,undisturbed,scenario").replace("oil,", "oil,calm,")
    text = text.replace("boxes,", "boxes,,").replace("stop,", "stop,,")
    with pytest.raises(InputError) as caught:
        read_reported(small.write("mine.csv", text))
    (fault,) = caught.value.faults
    check(fault, tmp_path / "mine.csv", 2, "undisturbed", "calm", "starts on another day", "2022-01-01")


def test_a_table_without_figures_is_reported(tmp_path: Path) -> None:
    file = Small(tmp_path).write("mine.csv", TABLE.splitlines()[0] + "\n")
    with pytest.raises(InputError, match="a header but no rows"):
        read_reported(file)
