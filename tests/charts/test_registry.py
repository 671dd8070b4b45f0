"""The registry: every chart applies to the runs that have something to draw, under a name of its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from made_up_freight import DAYS, freight_network, freight_record
from made_up_records import network, record

from sim.charts.chart import Bars, Chart, Layer, Line
from sim.charts.registry import charts_of
from sim.engine.journal import Journal
from sim.measures import Record, Span
from sim.network.freight.legs import find_legs

SHARED_TABLES = ("cargoes", "places", "links", "stocks", "berths", "fleets", "shippers", "contracts")


def oil_and_freight() -> Record:
    """A run that carries oil and freight, with a closure of each, of both and of neither."""
    oil, dry = network(), freight_network()
    joined = {name: {**getattr(dry, name), **getattr(oil, name)} for name in SHARED_TABLES}
    spans = [
        Span(label=label, elements=elements, start=20.0, end=30.0, remaining=0.0, planned=False)
        for label, elements in (
            ("Moorings", ("cpc.spm1",)),
            ("Border", ("brest-europe",)),
            ("Law", ()),
        )
    ]
    return freight_record(network=replace(dry, **joined), spans=tuple(spans))


def by_name(run: Record, reference: Record | None = None) -> dict[str, Chart]:
    charts = charts_of(run, reference)
    named = {chart.name: chart for chart in charts}
    assert len(named) == len(charts)
    return named


def sides(run: Record, reference: Record | None = None) -> tuple[bool, bool]:
    names = by_name(run, reference)
    return "throughput" in names, "corridors" in names


RUNS = {"oil": record, "freight": freight_record, "both": oil_and_freight}


@pytest.mark.parametrize("kind", RUNS)
@pytest.mark.parametrize("with_reference", [False, True])
def test_every_chart_states_its_finding_subject_and_scenario(kind: str, with_reference: bool) -> None:
    run = RUNS[kind]()
    for chart in charts_of(run, run if with_reference else None):
        assert chart.finding and not chart.finding[0].islower(), chart.name
        assert not chart.finding.endswith("."), chart.name
        assert chart.subject, chart.name
        assert chart.context.startswith(run.title), chart.name
        assert chart.panels, chart.name


@pytest.mark.parametrize("kind", RUNS)
def test_every_panel_has_marks_that_fit_its_rows_and_axes_or_says_why_not(kind: str) -> None:
    for chart in charts_of(RUNS[kind](), RUNS[kind]()):
        for panel in chart.panels:
            assert panel.marks or panel.empty, chart.name
            for mark in panel.marks:
                if isinstance(mark, (Layer, Line)):
                    assert len(mark.x) == len(mark.values), (chart.name, mark.name)
                    assert np.isfinite(mark.x[~np.isnan(mark.x)]).all(), (chart.name, mark.name)
                if isinstance(mark, Bars):
                    assert len(mark.lengths) == len(panel.rows), (chart.name, mark.name)


@pytest.mark.parametrize("kind", RUNS)
def test_no_id_stands_where_there_is_a_name(kind: str) -> None:
    run = RUNS[kind]()
    net = run.network
    tables = (net.places, net.links, net.stocks, net.shippers, net.lines, net.yards, net.services, net.quays)
    named = {id for table in tables for id, element in table.items() if element.name != id}
    for chart in charts_of(run, run):
        marks = [getattr(mark, "name", "") for panel in chart.panels for mark in panel.marks]
        rows = [row.name for panel in chart.panels for row in panel.rows]
        texts = [chart.finding, chart.subject, *marks, *rows, *(panel.name for panel in chart.panels)]
        words = {word.strip(",;:") for text in texts for word in text.split()}
        assert named.isdisjoint(texts), chart.name
        assert not {word for word in words & named if "." in word}, chart.name


def test_runs_have_the_charts_of_the_sides_that_they_carry() -> None:
    assert sides(record()) == (True, False)
    assert sides(freight_record()) == (False, True)
    assert sides(oil_and_freight()) == (True, True)


def test_a_reference_run_is_compared_where_both_carry_the_same() -> None:
    assert "throughput-difference" not in by_name(record())
    assert "throughput-difference" in by_name(record(), record())
    assert "corridors-difference" in by_name(freight_record(), freight_record())
    mixed = by_name(oil_and_freight(), record(days=DAYS))
    assert "throughput-difference" in mixed and "corridors-difference" not in mixed


def test_a_reference_run_of_other_years_is_left_out() -> None:
    later = record(start=record().start.replace(year=2030))
    assert set(by_name(record(), later)) == set(by_name(record()))


def test_a_network_without_called_ships_has_no_level_of_their_tank_farm() -> None:
    run = network()
    fleets = {id: replace(fleet, vessels=3) for id, fleet in run.fleets.items()}
    assert "tank-level" in by_name(record())
    assert "tank-level" not in by_name(record(network=replace(run, fleets=fleets)))


def test_closures_of_oil_are_not_on_charts_of_freight_nor_the_other_way() -> None:
    charts = by_name(oil_and_freight())
    names = {
        name: {closure.name for closure in charts[name].closures} for name in ("throughput", "corridors")
    }
    assert {"Moorings", "Law"} <= names["throughput"] and "Border" not in names["throughput"]
    assert {"Border", "Law"} <= names["corridors"] and "Moorings" not in names["corridors"]


def test_the_first_cargo_has_charts_under_the_plain_name() -> None:
    dry = freight_network()
    assert {"days", "days-wagons"} <= set(by_name(freight_record()))
    wagons = {id: demand for id, demand in dry.demands.items() if demand.cargo == "wagons"}
    corridors = {id: corridor for id, corridor in dry.corridors.items() if corridor.cargo == "wagons"}
    small = replace(dry, demands=wagons, corridors=corridors)
    run = freight_record(network=small, journal=Journal(until=200.0), freight=find_legs(small))
    names = set(by_name(run))
    assert "days" in names and "days-wagons" not in names


@pytest.mark.parametrize("days", [3.0, 60.5, 365.0, 1500.0])
def test_runs_of_any_length_have_charts(days: float) -> None:
    assert by_name(record(days=days), record(days=days))
    run = freight_record(days=days, journal=replace(freight_record().journal, until=days))
    assert by_name(run, run)
