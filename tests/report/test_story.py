"""The story of the mooring shutdown tells what was reported to have happened, in its order."""

from __future__ import annotations

import pytest

from sim.measures import Record
from sim.report.lines import Line
from sim.report.story import story
from sim.scenario import load
from sim.studies.single import run


@pytest.fixture(scope="module")
def record() -> Record:
    return run(load("mooring-shutdown-2022"))


@pytest.fixture(scope="module")
def lines(record: Record) -> list[Line]:
    return story(record)


def first(lines: list[Line], words: str, after: float = 0.0) -> float:
    return next(line.day for line in lines if words in line.text and line.day >= after)


def test_lines_come_in_order_of_time(lines: list[Line]) -> None:
    assert [line.day for line in lines] == sorted(line.day for line in lines)


def test_who_notices_when(lines: list[Line]) -> None:
    shut = first(lines, "Mooring SPM-1 shut (inspection)")
    full = first(lines, "CPC terminal tank farm 90% full", shut)
    cut = first(lines, "Tengiz (TCO) curtailed", shut)
    turns = first(lines, "Tengiz (TCO) turns to", shut)
    opened = first(lines, "Mooring SPM-3 open again")
    assert shut < full < cut < turns < opened
    assert full - shut < 4.0


def test_a_line_is_dated_to_the_minute(record: Record, lines: list[Line]) -> None:
    line = next(line for line in lines if "Mooring SPM-3 shut" in line.text)
    assert line.dated(record).startswith("21 Mar 00:00  Mooring SPM-3 shut (storm damage)")


def test_curtailment_told_adds_up_to_nearly_all_that_was_curtailed(record: Record, lines: list[Line]) -> None:
    """Cuts below a tenth of a shipper's rate are not told, so the sum is somewhat less."""
    told = sum(
        float(line.text.split(" back, ")[1].split(" kt")[0]) for line in lines if " back, " in line.text
    )
    assert 0.85 * record.balance.curtailed < 1000 * told <= 1.01 * record.balance.curtailed


def test_a_recovery_in_many_steps_is_told_in_few(lines: list[Line]) -> None:
    kashagan = [
        line for line in lines if line.text.startswith("Kashagan (NCOC) ") and "capacity" in line.text
    ]
    assert 1 <= len(kashagan) <= 3
