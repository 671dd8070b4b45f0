"""The pages of studies: what they say is what was found, and they say what it rests on."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from html_pages import NAUGHTY, Compared, compared_page, data_of, parsed, repeated_page
from small import Small

from sim.report.page.difference_rows import difference_rows
from sim.report.page.study_page import study_page
from sim.report.studies.compare_inputs import CompareInput, manifests, read_inputs, scenarios
from sim.report.studies.comparison_report import comparison_report
from sim.report.studies.ensemble_report import ensemble_report
from sim.report.studies.sensitivity_report import sensitivity_report
from sim.report.studies.stress_report import stress_report
from sim.report.studies.sweep_report import sweep_report
from sim.report.study_files import write_study
from sim.scenario import load
from sim.studies.compare import compare
from sim.studies.sensitivity.plan import plan_sensitivity
from sim.studies.stress.plan import plan_stress
from sim.studies.sweep.plan import plan_sweep
from sim.studies.variants import variant

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    return compared_page(tmp_path_factory.mktemp("compared"))


@pytest.fixture(scope="module")
def naughty(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    return compared_page(tmp_path_factory.mktemp("naughty"), naughty=True)


def shown(text: str) -> list[dict[str, Any]]:
    return [one for plot in data_of(text)["plots"] for one in plot["choices"]]


def test_every_difference_has_its_row_and_verdict(compared: Compared) -> None:
    report = comparison_report(compared.found, [{}, {}])
    (table, *_) = report.tables
    (body,) = re.findall(r'<tbody id="differences-rows">(.*?)</tbody>', compared.text, re.DOTALL)
    assert body.count('data-kind="quiet"') == len(table.rows) > 0
    words = parsed(compared.text).words
    for row in table.rows:
        assert row.cells[-1].text in words
    for sentence in report.headlines:
        assert sentence in words


def test_the_page_draws_the_charts_that_are_saved_as_files(compared: Compared) -> None:
    groups = comparison_report(compared.found, [{}, {}]).charts
    titles = [chart.finding for group in groups for chart in group.charts]
    assert [plot["title"] for plot in shown(compared.text)] == titles
    names = {one.get("name") for plot in shown(compared.text) for one in plot["data"]}
    assert {"year", "quiet"} <= names


def test_a_comparison_reports_what_it_rests_on_and_how_to_run_it_again(compared: Compared) -> None:
    words = parsed(compared.text).words
    assert "assumed" in words and "Numbers and sources" in words
    (line,) = (parsed(word).words for word in re.findall(r"<pre><code>(.*?)</code>", compared.text))
    assert shlex.split(line) == ["chokepoint", "compare", "year.toml", "quiet.toml"]


def test_what_a_policy_changes_is_reported(tmp_path: Path) -> None:
    small = Small(tmp_path)
    wider, usual = small.load("year.toml", "wider.toml"), small.load()
    found = compare(variant(usual, "none"), variant(wider, "wider"), replications=2)
    (row,) = difference_rows(found.ensembles, [usual, wider])
    assert (row.label, row.element, row.field) == ("wider", "trunk", "capacity")
    assert (row.before, row.after, row.unit) == ("100,000", "109,589", "t/day")
    assert row.note == "changed by wider.toml: a wider pipe"
    given = [
        CompareInput(subject=variant(each, label), text=label)
        for each, label in ((usual, "none"), (wider, "wider"))
    ]
    text = study_page(comparison_report(found, manifests(given, found), scenarios(given)))
    assert "changed by wider.toml: a wider pipe" in parsed(text).words
    assert "against no policy" in text


def test_a_spare_mooring_is_reported_though_it_is_no_number() -> None:
    usual, spare = (load("mooring-shutdown-2022", policies) for policies in ([], ["spare-mooring"]))
    found = compare(variant(usual, "none"), variant(spare, "spare"), replications=2)
    (row,) = difference_rows(found.ensembles, [usual, spare])
    assert (row.field, row.before, row.after) == ("in service", "no", "yes")


def test_results_that_were_read_have_a_page_too(tmp_path: Path, compared: Compared) -> None:
    first, second = compared.found.ensembles
    folder = write_study(ensemble_report(compared.scenarios[1], second), tmp_path / "out", plots=False)
    given = [
        CompareInput(subject=variant(compared.scenarios[0], "year"), text="year"),
        *read_inputs([str(folder)]),
    ]
    found = compare(*(one.subject for one in given), replications=3)
    assert found.differences[0].before == first.estimate(first.requests[0])
    target = write_study(comparison_report(found, manifests(given, found), scenarios(given)), tmp_path)
    words = parsed((target / "report.html").read_text(encoding="utf-8")).words
    assert "read from its folder of results" in words
    alone = write_study(comparison_report(found, manifests(given, found)), tmp_path)
    assert "Numbers and sources" not in parsed((alone / "report.html").read_text(encoding="utf-8")).words


def test_many_runs_have_a_page(tmp_path: Path) -> None:
    made = repeated_page(tmp_path)
    words = parsed(made.text).words
    found = made.found.base
    report = ensemble_report(made.scenarios[0], found)
    (body,) = re.findall(r'<tbody id="estimates-rows">(.*?)</tbody>', made.text, re.DOTALL)
    assert body.count("<tr") == len(report.tables[0].rows) > 0
    assert str(report.request) in words and "sim.ensemble(" in words
    assert study_page(report) == made.text


def test_markup_in_names_stays_text_on_pages_of_studies(naughty: Compared, tmp_path: Path) -> None:
    for text in (naughty.text, repeated_page(tmp_path, naughty=True).text):
        found = parsed(text)
        assert not {"b", "i", "u", "img", "em"} & {tag for tag, _ in found.tags}
        assert NAUGHTY in found.words
        texts = [note["text"] for plot in shown(text) for note in plot["layout"].get("annotations", ())]
        texts += [str(one["name"]) for plot in shown(text) for one in plot["data"]]
        texts += [each for plot in shown(text) for one in plot["data"] for each in one.get("hovertext", ())]
        assert any("&lt;" in each for each in texts)
        headings = re.compile("^<b>([^<]*)</b>$")
        assert not [each for each in texts if "<" in headings.sub(r"\1", each.replace("<br>", ""))]


def test_the_same_comparison_gives_the_same_bytes(tmp_path: Path, compared: Compared) -> None:
    assert compared_page(tmp_path).text == compared.text


@pytest.mark.parametrize(
    ("vary", "cube"),
    [
        (["trunk.capacity=20..40 kt/day:3"], None),
        (["trunk.capacity=20..40 kt/day:2", "port.tanks.capacity=200,400 kt"], None),
        (["trunk.capacity=20..40 kt/day", "port.tanks.capacity=200..400 kt"], 3),
    ],
)
def test_a_sweep_has_a_page_of_all_its_points(tmp_path: Path, vary: list[str], cube: int | None) -> None:
    small = Small(tmp_path)
    small.edit("year.toml", ("end = 2023-01-01", "end = 2022-04-01"))
    plan = plan_sweep(small.load(), vary, measures=["curtailed *"], latin_hypercube=cube)
    results = plan.run(2)
    text = (write_study(sweep_report(plan, results), tmp_path) / "report.html").read_text(encoding="utf-8")
    (table,) = re.findall(r'<tbody id="points-rows">(.*?)</tbody>', text, re.DOTALL)
    assert table.count("<tr") == len(results.points) + 1
    (plot,) = shown(text)
    assert plot["title"] == sweep_report(plan, results).charts[0].charts[0].finding


@pytest.mark.parametrize("pairs", [False, True])
def test_a_stress_test_has_a_page_of_all_that_was_shut(tmp_path: Path, pairs: bool) -> None:
    small = Small(tmp_path)
    small.edit("year.toml", ("end = 2023-01-01", "end = 2022-04-01"))
    planned = plan_stress(small.load(), lengths=[5, 10], elements=["trunk", "sea"], with_pairs=pairs)
    found = planned.run(2)
    text = (write_study(stress_report(planned, found), tmp_path) / "report.html").read_text(encoding="utf-8")
    (table,) = re.findall(r'<tbody id="losses-rows">(.*?)</tbody>', text, re.DOTALL)
    assert table.count("<tr") == 2
    assert ('<tbody id="pairs-rows">' in text) is pairs
    assert shown(text)[0]["title"].startswith("Losing ")
    for target in planned.targets:
        assert target.title in parsed(text).words


def test_a_sensitivity_study_has_a_page_of_what_the_answer_rests_on(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.edit("year.toml", ("end = 2023-01-01", "end = 2022-04-01"))
    planned = plan_sensitivity(small.load(), ["curtailed *"], numbers=["trunk.*", "port.tanks.*"], top=3)
    found = planned.run(2)
    text = (write_study(sensitivity_report(planned, found), tmp_path) / "report.html").read_text(
        encoding="utf-8"
    )
    (table,) = re.findall(r'<tbody id="moved-1-rows">(.*?)</tbody>', text, re.DOTALL)
    assert table.count("<tr") == len(found.swings)
    assert found.share_definition in parsed(text).words
    (plot,) = shown(text)
    assert "Curtailed" in plot["title"]
