"""The standard figures as files: all of them, and the same bytes every time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from made_up_freight import freight_network, freight_record
from made_up_records import network, record
from matplotlib.axes import Axes

from sim.engine.journal import Journal
from sim.measures import Record, Span
from sim.network.freight.legs import find_legs
from sim.plots import figures
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


FREIGHT = [
    "corridors", "ports", "days", "corridors-wagons", "ports-wagons", "days-wagons", "transit", "space-time",
    "yards", "use", "outcome",
]  # fmt: skip


def both() -> Record:
    """A run that carries oil and freight, with a closure of each."""
    oil, dry = network(), freight_network()
    tables = ("cargoes", "places", "links", "stocks", "berths", "fleets", "shippers", "contracts")
    joined = {name: {**getattr(dry, name), **getattr(oil, name)} for name in tables}
    spans = [
        Span(label=label, elements=elements, start=20.0, end=30.0, remaining=0.0, planned=False)
        for label, elements in (
            ("Moorings", ("cpc.spm1",)), ("Border", ("brest-europe",)), ("Both", ("aktau",)), ("Law", ()),
        )
    ]  # fmt: skip
    return freight_record(network=replace(dry, **joined), spans=tuple(spans))


def drawn(made: Record, baseline: Record | None = None) -> dict[str, Axes]:
    return {name: draw() for name, draw in figures._standard(made, baseline)}


def test_a_run_with_freight_alone_has_only_pictures_of_freight_with_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    written = write_figures(freight_record(), first)
    write_figures(freight_record(), second)
    assert [path.stem for path in written[::2]] == [*FREIGHT, "map"]
    for path in written:
        assert path.read_bytes() == (second / path.name).read_bytes()
        assert b"Matplotlib v" not in path.read_bytes()


def test_a_baseline_is_shown_beside_where_both_carry_freight() -> None:
    assert "beside" in drawn(freight_record(), freight_record())
    assert "beside" not in drawn(freight_record(), record())  # type: ignore[arg-type]


def test_a_run_with_both_has_the_pictures_of_both_under_names_of_their_own() -> None:
    names = list(drawn(both(), both()))
    assert names == [
        "throughput", "beside", "tank-level", "curtailment", "queue", "map",
        *FREIGHT, "beside-freight", "map-freight",
    ]  # fmt: skip
    assert "beside-freight" not in drawn(both(), record())  # type: ignore[arg-type]


def test_closures_of_oil_are_not_shown_on_pictures_of_freight_nor_the_other_way() -> None:
    shown = drawn(both())
    told = {name: {text.get_text() for text in shown[name].texts} for name in ("throughput", "corridors")}
    assert {"Moorings", "Both", "Law"} <= told["throughput"] and "Border" not in told["throughput"]
    assert {"Border", "Both", "Law"} <= told["corridors"] and "Moorings" not in told["corridors"]


def test_wagons_alone_are_the_first_cargo() -> None:
    dry = freight_network()
    wagons = {id: one for id, one in dry.demands.items() if one.cargo == "wagons"}
    corridors = {id: one for id, one in dry.corridors.items() if one.cargo == "wagons"}
    small = replace(dry, demands=wagons, corridors=corridors)
    names = list(drawn(freight_record(network=small, journal=Journal(until=200.0), freight=find_legs(small))))
    assert names == ["corridors", "ports", "days", "transit", "space-time", "yards", "use", "outcome", "map"]


@pytest.mark.parametrize("days", [3.0, 60.5, 200.0])
def test_freight_of_any_length_of_run_can_be_shown(tmp_path: Path, days: float) -> None:
    made = freight_record(days=days, journal=replace(freight_record().journal, until=days))
    assert len(write_figures(made, tmp_path)) == 24
