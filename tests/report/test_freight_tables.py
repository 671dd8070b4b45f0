"""Tables of dry cargo in a run's folder, and in the table that is printed."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest
from builders import scenario
from builders import terminal as oil_network
from freight_by_hand import ByHand
from made_up_corridors import freight_network
from made_up_freight import freight_record

from sim.measures import MEASURES, Record, summarise
from sim.measures.freight.activities import ACTIVITIES
from sim.report.freight.capacity_rows import bottleneck_rows
from sim.report.freight.tables import moments, month_edges, write_freight
from sim.report.headline_table import headline_table
from sim.report.results import write_results
from sim.report.row import Row
from sim.report.tables import write_daily, write_summary
from sim.studies.runs import run

Rows = list[dict[str, str]]


def read(file: Path) -> Rows:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


@pytest.fixture(scope="module")
def played() -> Record:
    return freight_record()


@pytest.fixture(scope="module")
def tables(played: Record, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:
    folder = tmp_path_factory.mktemp("freight")
    write_freight(played, folder)
    write_daily(played, folder / "daily.csv")
    return {file.stem: read(file) for file in folder.glob("*.csv")}


def test_there_is_a_table_of_each_kind(tables: dict[str, Rows]) -> None:
    names = {"trips", "transit", "days", "bottlenecks", "choices", "lost", "port_calls", "daily"}
    assert set(tables) == names
    assert all(tables.values())


def test_every_load_is_a_row_whose_days_add_up(played: Record, tables: dict[str, Rows]) -> None:
    trips = tables["trips"]
    assert len(trips) == len(played.trip_table.loads.leg)
    done = [row for row in trips if row["delivered"]]
    for row in done[:: len(done) // 50]:
        came, ended = (read_moment(row[key]) for key in ("ready", "delivered"))
        spent = sum(float(row[f"{kind}_days"]) for kind in ACTIVITIES)
        assert spent == pytest.approx(ended - came, abs=0.01)
    waiting = [row for row in trips if not row["loaded"]]
    assert len(waiting) == len(played.journal.waiting)
    assert all(row["service"] == "" for row in waiting)


def read_moment(text: str) -> float:
    from datetime import datetime

    return (datetime.fromisoformat(text) - datetime(2022, 1, 1)).total_seconds() / 86400


def test_moments_are_to_the_minute_also_before_the_start(played: Record) -> None:
    told = moments(played, [-0.5, 0.0, 31.25, float("inf")])
    assert told == ["2021-12-31 12:00:00", "2022-01-01 00:00:00", "2022-02-01 06:00:00", ""]
    assert moments(played, []) == []


def test_months_begin_and_end_with_the_run(played: Record) -> None:
    edges = month_edges(played)
    assert [f"{first:%m}" for first, _, _ in edges] == ["01", "02", "03", "04", "05", "06", "07"]
    assert (edges[0][1:], edges[-1][1:]) == ((0.0, 31.0), (181.0, 200.0))


def test_deliveries_by_month_add_up_to_the_measure(played: Record, tables: dict[str, Rows]) -> None:
    sums: dict[str, float] = defaultdict(float)
    for row in tables["transit"]:
        sums[row["group"], row["unit"]] += float(row["amount"])  # type: ignore[index]
    for group in ("north", "middle", "ocean"):
        assert sums[group, "TEU"] == pytest.approx(MEASURES["containers"](played, group))  # type: ignore[index]


def test_flows_over_lines_by_day_add_up_to_what_passed(played: Record, tables: dict[str, Rows]) -> None:
    rows = [row for row in tables["daily"] if row["quantity"] == "containers passed"]
    total = sum(float(row["value"]) for row in rows if row["element"] == "aktau-alat>alat")
    assert total == pytest.approx(MEASURES["passed"](played, "aktau-alat"))
    assert {row["unit"] for row in rows} == {"TEU/day"}


def test_daily_yard_levels_have_their_mean(played: Record, tables: dict[str, Rows]) -> None:
    level = [
        float(row["value"])
        for row in tables["daily"]
        if (row["quantity"], row["element"]) == ("in yard", "aktau>alat:containers")
    ]
    fill = MEASURES["yard fill"](played, "aktau.containers")
    assert 100.0 * sum(level) / len(level) / 1500.0 == pytest.approx(fill, rel=1e-6)


def test_keys_of_daily_rows_are_unique(tables: dict[str, Rows]) -> None:
    keys = [(row["date"], row["quantity"], row["element"]) for row in tables["daily"]]
    assert len(keys) == len(set(keys))


def test_a_journal_without_anything_makes_tables_without_rows(tmp_path: Path) -> None:
    write_freight(ByHand().record(), tmp_path)
    assert read(tmp_path / "trips.csv") == read(tmp_path / "port_calls.csv") == []


def titles(rows: list[Row]) -> list[str]:
    return [row.title for row in rows]


def test_the_table_has_rows_for_the_cargo_of_the_runs() -> None:
    oil, dry = run(scenario(oil_network(), 30)), run(scenario(freight_network(), 60))
    assert "Exported" in titles(headline_table([oil]))
    assert "Containers delivered" not in titles(headline_table([oil]))
    assert "Exported" not in titles(headline_table([dry]))
    both = headline_table([oil, dry])
    assert {"Exported", "Containers delivered"} <= set(titles(both))
    assert all(len(row.values) in (0, 2) for row in both)
    delivered = next(row for row in both if row.title == "  north" and row.unit == "TEU")
    assert delivered.values == (None, MEASURES["containers"](dry, "north"))


def test_the_table_names_the_bottlenecks(played: Record) -> None:
    rows = headline_table([played])
    at = next(n for n, row in enumerate(rows) if row.title.startswith("Bottlenecks"))
    assert rows[at + 1].title == "  Ferries, share of waiting"
    assert (rows[at + 1].values[0] or 0.0) > 90.0


def test_without_a_bottleneck_the_table_names_the_elements_most_waited_for() -> None:
    by_hand = ByHand()
    by_hand.through_the_middle()
    rows = list(bottleneck_rows([by_hand.record()]))
    assert rows[0].title.startswith("No bottleneck; most waited for")
    assert 2 < len(rows) <= 7
    assert [row.title for row in bottleneck_rows([ByHand().record()])] == ["No bottleneck"]


def test_ships_have_a_load_factor_each_way(played: Record) -> None:
    trips = [
        (played.freight.legs[trip.leg].start, sum(load.amount for load in trip.loads))
        for trip in played.journal.trips
        if trip.service == "feeders" and len(trip.times) > 1 and 0.0 <= trip.times[1] < played.days
    ]
    load = played.network.services["feeders"].load
    for start, way in (("aktau", "westward"), ("alat", "eastward")):
        carried = [amount for place, amount in trips if place == start]
        (row,) = [row for row in headline_table([played]) if row.title == f"  Feeders, load factor {way}"]
        assert row.values == (pytest.approx(100.0 * sum(carried) / len(carried) / load),)


def test_rounding_errors_are_no_waiting(tables: dict[str, Rows]) -> None:
    for row in tables["bottlenecks"]:
        for column in ("use_percent", "waiting_kt_days", "part_percent"):
            assert float(row[column]) == 0.0 or float(row[column]) >= 1e-9


def test_the_summary_has_the_balance_of_each_cargo(tmp_path: Path) -> None:
    record = run(scenario(freight_network(), 60))
    write_summary(summarise(record), record, {}, tmp_path)
    summary = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert summary["freight_balance"]["holds"] is True
    assert [books["cargo"] for books in summary["freight_balance"]["cargoes"]] == ["containers", "wagons"]
    for books in summary["freight_balance"]["cargoes"]:
        went = books["delivered"] + books["dropped"] + books["in_yards"] + books["under_way"]
        assert books["opening"] + books["sent"] == pytest.approx(went)
    assert "mass_balance" not in summary


def test_a_folder_has_the_tables_of_its_cargo(tmp_path: Path) -> None:
    for network, there, missing in (
        (freight_network(), "trips.csv", "calls.csv"),
        (oil_network(), "calls.csv", "trips.csv"),
    ):
        asked = scenario(network, 20)
        folder = write_results(asked, run(asked), tmp_path, plots=False)
        assert (folder / there).is_file()
        assert not (folder / missing).exists()
