"""Headlines are declared once: the table of a run, comparisons, the page and the back-test follow."""

from __future__ import annotations

from dataclasses import replace

import builders as b
import pytest
from made_up_freight import freight_network
from oil_by_hand import oil

from sim.measures import MEASURES, Record, headlines_of
from sim.report.headline_table import headline_table
from sim.report.page.measured import measured
from sim.studies.request import MeasureRequest, empty_record, find_request, main_measures
from sim.studies.runs import run


@pytest.fixture(scope="module", params=["oil", "freight"])
def record(request: pytest.FixtureRequest) -> Record:
    return run(b.scenario(oil() if request.param == "oil" else freight_network(), 40))


def titles(record: Record) -> list[str]:
    """Return the titles of the table's rows, with headings before the labels under them."""
    found, heading = [], ""
    for row in headline_table([record]):
        heading = row.title if not row.values else heading
        found.append(f"{heading}, {row.title.strip()}" if row.title.startswith("  ") else row.title)
    return found


def test_the_table_of_a_run_shows_every_headline_in_order(record: Record) -> None:
    expected = [
        each.title
        for each in headlines_of(record)
        if not each.headline.hide_empty or each.measure(record, each.element)
    ]
    shown = titles(record)
    assert [title for title in shown if title in expected] == expected


def test_comparisons_take_the_headlines_with_their_titles(record: Record) -> None:
    scenario = b.scenario(record.network, 40)
    requests = main_measures(scenario)
    assert [(one.measure, one.element, str(one)) for one in requests] == [
        (each.measure.name, each.element, each.title) for each in headlines_of(empty_record(scenario))
    ]
    assert all(str(find_request(scenario, *one.key)) == str(one) for one in requests)


def test_the_page_and_the_back_test_have_no_titles_of_their_own(record: Record) -> None:
    for each in headlines_of(record):
        value = MEASURES[each.measure.name](record, each.element)
        assert str(MeasureRequest(measure=each.measure.name, element="x")) == f"{each.measure.title}, x"
        if value is not None:
            from sim.measures import summarise

            rows = measured(record, summarise(record), None)
            assert any(row.title == each.measure.title and row.value == value for row in rows)
            break


def test_a_headline_declared_on_a_measure_appears_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = b.scenario(oil(), 40)
    headline = replace(MEASURES["curtailed"].headline, place=0, elements=lambda network: {"*": ""})  # type: ignore[type-var]
    measure = replace(MEASURES["served"], headline=headline)
    monkeypatch.setitem(MEASURES, "served", measure)
    assert str(main_measures(scenario)[0]) == measure.title
    assert headline_table([run(scenario)])[0].title == measure.title


def test_no_two_headlines_share_a_place() -> None:
    places = [measure.headline.place for measure in MEASURES.values() if measure.headline]
    assert len(places) == len(set(places)) > 20
