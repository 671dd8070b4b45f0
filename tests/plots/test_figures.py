"""The standard figures as files: all of them, and the same bytes every time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from made_up_records import network, record

from sim.plots.figures import called_stock, write_figures


def test_five_figures_are_written_twice_over_with_the_same_bytes(tmp_path: Path) -> None:
    made = record()
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    written = write_figures(made, first)
    write_figures(made, second)
    assert [path.name for path in written] == [
        f"{name}.{kind}"
        for name in ("throughput", "tank-level", "curtailment", "queue", "map")
        for kind in ("png", "svg")
    ]
    for path in written:
        assert path.read_bytes() == (second / path.name).read_bytes()
        assert b"Matplotlib v" not in path.read_bytes()


def test_the_tank_shown_is_the_one_that_ships_are_called_to() -> None:
    assert called_stock(network()) == "cpc.tanks"


def test_a_network_without_called_ships_has_no_tank_and_no_queue(tmp_path: Path) -> None:
    made = network()
    fleets = {id: replace(fleet, vessels=3) for id, fleet in made.fleets.items()}
    written = write_figures(record(network=replace(made, fleets=fleets)), tmp_path)
    assert {path.stem for path in written} == {"throughput", "curtailment", "map"}


@pytest.mark.parametrize("days", [5.0, 60.5, 365.0, 1500.0])
def test_runs_of_any_length_can_be_shown(tmp_path: Path, days: float) -> None:
    assert len(write_figures(record(days=days), tmp_path)) == 10
