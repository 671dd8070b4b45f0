"""A scenario lists what it has that its base has not, with units and with who says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small import Small

from sim.scenario import Scenario
from sim.scenario.differences import Difference, differences
from sim.scenario.provenance import Provenance

BOYCOTT = """
[[boycott]]
element = "country:FF"
share = "25 %"
from = 2022-03-03
label = "fear"
source = "report-2021"
note = "as reported"
"""


@pytest.fixture
def base(small: Small) -> Scenario:
    small.append("year.toml", BOYCOTT)
    return small.load()


def rows(found: tuple[Difference, ...]) -> list[tuple[object, ...]]:
    return [(one.part, one.name, one.field, one.before, one.after, one.unit) for one in found]


def test_a_scenario_does_not_differ_from_itself(base: Scenario) -> None:
    assert differences(base, base) == ()


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ("trunk.capacity=10 kt/day", ("element", "trunk", "capacity", 100_000.0, 10_000.0, "t/day")),
        ("port.spm2.in_service=yes", ("element", "port.spm2", "in_service", False, True, "")),
        ("inland.price=-30 USD/t", ("element", "inland", "price", -20.0, -30.0, "USD/t")),
        (
            "trunk.capacity=10 kt/day @2022-05-01",
            ("change", "trunk", "capacity from 2022-05-01", None, 10_000.0, "t/day"),
        ),
        ("closure:storm.remaining=0.3", ("closure", "storm", "remaining", 0.0, 0.3, "")),
        (
            "closure:storm.from=2022-04-01",
            ("closure", "storm", "from", date(2022, 3, 21), date(2022, 4, 1), ""),
        ),
        ("closure:storm.off", ("closure", "storm", "", date(2022, 3, 21), None, "")),
        ("boycott:fear.share=40 %", ("boycott", "fear", "share", 0.25, 0.4, "")),
        ("boycott:fear.until=2022-05-01", ("boycott", "fear", "until", None, date(2022, 5, 1), "")),
    ],
)
def test_each_kind_of_change_is_a_difference(base: Scenario, change: str, row: tuple[object, ...]) -> None:
    (one, *others) = differences(base, base.with_changes(change))
    assert rows((one,)) == [row]
    assert not others
    if not change.endswith("off"):
        assert one.provenance == Provenance(setting=change)
    (back,) = differences(base.with_changes(change), base)
    assert (back.before, back.after) == (one.after, one.before)


def test_a_length_moves_all_dates_at_the_end(base: Scenario) -> None:
    found = differences(base, base.with_changes("closure:storm.days=10"))
    assert [one.field for one in found] == ["until", "open in full from", "announced until"]


def test_who_says_so_is_a_line_of_a_file(small: Small) -> None:
    small.change("port.spm1", "rate", '"6000 t/h"', "from = 2022-02-01")
    base, wider = small.load(), small.load("year.toml", "wider.toml")
    pipe, berth = differences(base, wider)
    assert pipe.provenance == Provenance(source="assumed", reason="a wider pipe", file="wider.toml", line=3)
    assert (berth.part, berth.after, berth.provenance.line) == ("change", 144_000.0, 10)
    (back, _) = differences(wider, base)
    assert (back.provenance.table, back.provenance.line, back.provenance.source) == ("links.csv", 2, "atlas")


def test_the_run_itself_may_differ(small: Small) -> None:
    base = small.load()
    small.write(
        "longer.toml", 'title = "Longer"\nextends = "year.toml"\nend = 2023-02-01\ncargo = ["crude"]\n'
    )
    longer = small.load("longer.toml")
    found = {one.field: one for one in differences(base, longer) if one.part == "run"}
    assert (found["end"].before, found["end"].after) == (date(2023, 1, 1), date(2023, 2, 1))
    assert (found["end"].provenance.file, found["end"].provenance.line) == ("longer.toml", 3)
    assert found["cargo"].after == ("crude",)
    gone = {one.name for one in differences(base, longer) if one.part == "element" and one.after is None}
    assert "taiga.train" in gone
    (seed,) = differences(base, replace(base, seed=8))
    assert (seed.field, seed.before, seed.after) == ("seed", 7, 8)
