"""The story of the mooring shutdown follows the reported events in their order."""

from __future__ import annotations

import pytest

from sim.measures import Record
from sim.measures.series import step_at
from sim.report.story import story
from sim.report.story_line import StoryLine, duration
from sim.scenario import load
from sim.studies.runs import run


@pytest.fixture(scope="module")
def record() -> Record:
    return run(load("mooring-shutdown-2022"))


@pytest.fixture(scope="module")
def lines(record: Record) -> list[StoryLine]:
    return story(record)


def first(lines: list[StoryLine], words: str, after: float = 0.0) -> float:
    return next(line.day for line in lines if words in line.text and line.day >= after)


def test_lines_come_in_order_of_time(lines: list[StoryLine]) -> None:
    assert [line.day for line in lines] == sorted(line.day for line in lines)


def test_the_shutdown_reaches_tanks_then_fields_then_routes(lines: list[StoryLine]) -> None:
    shut = first(lines, "Mooring SPM-1 shut (inspection)")
    full = first(lines, "CPC terminal tank farm 90% full", shut)
    cut = first(lines, "Tengiz (TCO) curtailed", shut)
    turns = first(lines, "Tengiz (TCO): ", shut)
    opened = first(lines, "Mooring SPM-3 reopened")
    assert shut < full < cut < turns < opened
    assert full - shut < 4.0


def test_a_line_is_dated_to_the_minute(record: Record, lines: list[StoryLine]) -> None:
    line = next(line for line in lines if "Mooring SPM-3 shut" in line.text)
    assert line.dated(record).startswith("21 Mar 00:00  Mooring SPM-3 shut (storm damage)")


def test_losses_in_the_story_add_up_to_nearly_all_curtailment(record: Record, lines: list[StoryLine]) -> None:
    """Cuts below a tenth of a shipper's rate are left out, so the sum is somewhat less."""
    told = sum(
        float(line.text.split("full output, ")[1].split(" kt")[0])
        for line in lines
        if "full output, " in line.text
    )
    assert 0.85 * record.balance.curtailed < 1000 * told <= 1.01 * record.balance.curtailed


def test_a_recovery_in_many_steps_has_few_lines(lines: list[StoryLine]) -> None:
    kashagan = [
        line for line in lines if line.text.startswith("Kashagan (NCOC) ") and "capacity" in line.text
    ]
    assert 1 <= len(kashagan) <= 3


def test_the_state_of_the_pipeline_is_its_flow_not_the_limit_on_it(
    record: Record, lines: list[StoryLine]
) -> None:
    """In the storm of January the moorings are idle but not shut, so the limit exceeds the flow."""
    into = [link.id for link in record.network.links.values() if link.destination == "novorossiysk"]

    def flow(day: float) -> float:
        return sum(float(step_at(record.journal.step_series("flow", id), [day])[0]) for id in into)

    marked, full = (
        next(line for line in lines if f"tank farm {state}" in line.text) for state in ("90%", "full")
    )
    assert marked.text.endswith(f"pipeline continues at {flow(marked.day) / 1e3:.0f} kt/day")
    assert marked.day < full.day
    assert flow(full.day) == 0
    assert full.text.endswith("intake stopped")


def test_one_hour_is_singular() -> None:
    assert [duration(days) for days in (0.9 / 24, 1.0 / 24, 1.5, 2.0)] == [
        "1 hour",
        "1 hour",
        "36 hours",
        "2 days",
    ]
