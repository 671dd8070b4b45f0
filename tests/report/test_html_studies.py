"""The pages of studies: what they say is what was found, and they say what it rests on."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from html_pages import NAUGHTY, Compared, compared_page, data_of, parsed, repeated_page
from small import Small

from sim.charts.studies.groups import ChartGroup
from sim.charts.studies.registry import (
    comparison_charts,
    ensemble_charts,
    sensitivity_charts,
    stress_charts,
    sweep_charts,
)
from sim.report.given import Given, manifests, read_given, scenarios
from sim.report.html.comparison_page import comparison_page
from sim.report.html.difference_rows import difference_rows
from sim.report.html.ensemble_page import ensemble_page
from sim.report.studies.comparisons import comparison_table, write_comparison
from sim.report.studies.ensembles import write_ensemble
from sim.report.studies.sensitivities import write_sensitivity
from sim.report.studies.stresses import write_stress
from sim.report.studies.sweeps import write_sweep
from sim.scenario import load
from sim.scenario.request import command_request
from sim.studies.compare import compare
from sim.studies.sensitivity.plan import plan_sensitivity
from sim.studies.sensitivity.study import run_sensitivity
from sim.studies.stress.plan import plan_stress
from sim.studies.stress.study import run_stress
from sim.studies.sweep.plan import plan_sweep
from sim.studies.sweep.study import run_sweep
from sim.studies.variants import variant


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    return compared_page(tmp_path_factory.mktemp("compared"))


@pytest.fixture(scope="module")
def naughty(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    return compared_page(tmp_path_factory.mktemp("naughty"), naughty=True)


def drawn(text: str) -> list[dict[str, Any]]:
    return [chart for plot in data_of(text)["plots"] for chart in plot["choices"]]


def assert_draws(text: str, groups: Sequence[ChartGroup]) -> None:
    """The page has the charts of the groups, each with its finding, and is the choice among a group's."""
    plots = data_of(text)["plots"]
    assert [plot["id"] for plot in plots] == [group.charts[0].name for group in groups if group.charts]
    findings = [chart.finding for group in groups for chart in group.charts]
    assert [chart["title"] for chart in drawn(text)] == findings
    assert all(chart["data"] or chart["layout"]["annotations"] for chart in drawn(text))


def test_every_difference_has_its_row_and_verdict(compared: Compared) -> None:
    found, words = compared.found, parsed(compared.text).words
    assert compared.text.count('data-kind="quiet"') == len(found.differences)
    for line in comparison_table(found)[1:]:
        assert re.sub(r" \([+-].*%\)", "", line[-1]) in words


def test_a_page_of_a_comparison_has_its_charts(compared: Compared) -> None:
    assert_draws(compared.text, comparison_charts(compared.found))


def test_a_comparison_tells_what_it_rests_on_and_how_to_run_it_again(compared: Compared) -> None:
    words = parsed(compared.text).words
    assert "assumed" in words and "Numbers and sources" in words
    (line,) = (parsed(word).words for word in re.findall(r"<pre><code>(.*?)</code>", compared.text))
    loaded = ", ".join(f"sim.load(scenario='{name}.toml')" for name in ("year", "quiet"))
    assert line == f"sim.compare(scenarios=[{loaded}], replications=3, seed=7)"


def test_what_a_policy_changes_is_told(tmp_path: Path) -> None:
    small = Small(tmp_path)
    wider, usual = small.load("year.toml", "wider.toml"), small.load()
    found = compare(variant(usual, "none"), variant(wider, "wider"), replications=2)
    (row,) = difference_rows(found.ensembles, [usual, wider])
    assert (row.label, row.element, row.field) == ("wider", "trunk", "capacity")
    assert (row.before, row.after, row.unit) == ("100,000", "109,589", "t/day")
    assert row.note == "changed by wider.toml: a wider pipe"
    given = [
        Given(one=variant(each, label), text=label) for each, label in ((usual, "none"), (wider, "wider"))
    ]
    request = command_request(["compare", "year.toml", "--policy", "none", "--policy", "wider.toml"])
    text = comparison_page(found, manifests(given, found), scenarios(given), request)
    assert "chokepoint compare year.toml --policy none --policy wider.toml" in parsed(text).words
    assert "against no policy" in text


def test_a_spare_mooring_is_told_though_it_is_no_number() -> None:
    usual, spare = (load("mooring-shutdown-2022", policies) for policies in ([], ["spare-mooring"]))
    found = compare(variant(usual, "none"), variant(spare, "spare"), replications=2)
    (row,) = difference_rows(found.ensembles, [usual, spare])
    assert (row.field, row.before, row.after) == ("in service", "no", "yes")


def test_results_that_were_read_have_a_page_too(tmp_path: Path, compared: Compared) -> None:
    first, second = compared.found.ensembles
    folder = write_ensemble(compared.scenarios[1], second, tmp_path / "out", plots=False)
    given = [Given(one=variant(compared.scenarios[0], "year"), text="year"), *read_given([str(folder)])]
    found = compare(*(one.one for one in given), replications=3)
    assert found.differences[0].before == first.estimate(first.wanted[0])
    target = write_comparison(found, manifests(given, found), tmp_path, scenarios=scenarios(given))
    words = parsed((target / "report.html").read_text(encoding="utf-8")).words
    assert "read from its folder of results" in words
    alone = write_comparison(found, manifests(given, found), tmp_path)
    assert "Numbers and sources" not in parsed((alone / "report.html").read_text(encoding="utf-8")).words


def test_many_runs_have_a_page(tmp_path: Path) -> None:
    made = repeated_page(tmp_path)
    words = parsed(made.text).words
    found = made.found.base
    assert made.text.count('<tr class="row"><td>') == len(found.wanted)
    assert "sim.ensemble(scenario=sim.load(scenario='year.toml'), replications=3)" in words
    assert_draws(made.text, ensemble_charts(found))
    assert ensemble_page(made.scenarios[0], found) == made.text


def test_markup_in_names_stays_text_on_pages_of_studies(naughty: Compared, tmp_path: Path) -> None:
    for text in (naughty.text, repeated_page(tmp_path, naughty=True).text):
        found = parsed(text)
        assert not {"b", "i", "u", "img", "em"} & {tag for tag, _ in found.tags}
        assert NAUGHTY in found.words
        texts = [note["text"] for plot in drawn(text) for note in plot["layout"].get("annotations", ())]
        texts += [str(one["name"]) for plot in drawn(text) for one in plot["data"]]
        texts += [each for plot in drawn(text) for one in plot["data"] for each in one.get("hovertext", ())]
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
    planned = plan_sweep(small.load(), vary, measures=["curtailed *"], latin_hypercube=cube)
    found = run_sweep(planned, 2)
    text = (write_sweep(planned, found, tmp_path) / "report.html").read_text(encoding="utf-8")
    (table,) = re.findall(r'<tbody id="points-rows">(.*?)</tbody>', text, re.DOTALL)
    assert table.count("<tr") == len(found.points) + 1
    assert_draws(text, sweep_charts(found))
    (line,) = (parsed(word).words for word in re.findall(r"<pre><code>(.*?)</code>", text))
    words = shlex.split(line)
    again = [words[n + 1] for n, word in enumerate(words) if word == "--vary"]
    assert words[:3] == ["chokepoint", "sweep", "year.toml"] and "curtailed *" in words
    assert plan_sweep(small.load(), again, latin_hypercube=cube).points == planned.points


@pytest.mark.parametrize("pairs", [False, True])
def test_a_stress_test_has_a_page_of_all_that_was_shut(tmp_path: Path, pairs: bool) -> None:
    small = Small(tmp_path)
    small.edit("year.toml", ("end = 2023-01-01", "end = 2022-04-01"))
    planned = plan_stress(small.load(), lengths=[5, 10], elements=["trunk", "sea"])
    found = run_stress(planned, 2, with_pairs=pairs)
    text = (write_stress(planned, found, tmp_path) / "report.html").read_text(encoding="utf-8")
    (table,) = re.findall(r'<tbody id="losses-rows">(.*?)</tbody>', text, re.DOTALL)
    assert table.count("<tr") == 2
    assert ('<tbody id="pairs-rows">' in text) is pairs
    assert_draws(text, stress_charts(found))
    (line,) = (parsed(word).words for word in re.findall(r"<pre><code>(.*?)</code>", text))
    told = "chokepoint stress year.toml --days 5,10 --from 2022-03-02 --elements trunk --elements sea"
    words = told.split() + (["--pairs", "--among", "2"] if pairs else [])
    assert shlex.split(line) == [*words, "--seed", "7", "--replications", "2"]


def test_a_sensitivity_study_has_a_page_of_what_the_answer_rests_on(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.edit("year.toml", ("end = 2023-01-01", "end = 2022-04-01"))
    planned = plan_sensitivity(small.load(), ["curtailed *"], numbers=["trunk.*", "port.tanks.*"])
    found = run_sensitivity(planned, 2, top=3)
    text = (write_sensitivity(planned, found, tmp_path, top=3) / "report.html").read_text(encoding="utf-8")
    (table,) = re.findall(r'<tbody id="moved-rows">(.*?)</tbody>', text, re.DOTALL)
    assert table.count("<tr") == len(found.swings)
    assert found.what_share_means in parsed(text).words
    assert_draws(text, sensitivity_charts(found))
    (line,) = (parsed(word).words for word in re.findall(r"<pre><code>(.*?)</code>", text))
    words = shlex.split(line)
    names = [words[n + 1] for n, word in enumerate(words) if word == "--numbers"]
    assert plan_sensitivity(small.load(), ["curtailed *"], numbers=names) == planned
    assert words[-6:] == ["--top", "3", "--seed", "7", "--replications", "2"]
