"""The pages of studies: what they say is what was found, and they say what it rests on."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from html_pages import NAUGHTY, Compared, compared_page, data_of, parsed, repeated_page
from sim.report.given import Given, manifests, read_given, scenarios
from sim.report.html.comparison_page import comparison_page
from sim.report.html.ensemble_page import ensemble_page
from sim.report.html.whisker_figure import whisker_figure
from sim.report.studies.comparisons import comparison_table, write_comparison
from sim.report.studies.ensembles import write_ensemble
from sim.report.studies.sensitivities import write_sensitivity
from sim.report.studies.stresses import write_stress
from sim.report.studies.sweeps import write_sweep
from sim.studies.sensitivity.study import run_sensitivity
from sim.studies.stress.study import run_stress
from sim.studies.sweep.study import run_sweep
from small import Small

from sim.report.html.differing import differing
from sim.scenario import load
from sim.studies.compare import compare
from sim.studies.sensitivity.plan import plan_sensitivity
from sim.studies.stress.plan import plan_stress
from sim.studies.sweep.plan import plan_sweep
from sim.studies.variants import variant


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    return compared_page(tmp_path_factory.mktemp("compared"))


@pytest.fixture(scope="module")
def naughty(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    return compared_page(tmp_path_factory.mktemp("naughty"), naughty=True)


def shown(text: str) -> list[dict[str, Any]]:
    return [one for plot in data_of(text)["plots"] for one in plot["shown"]]


def test_every_difference_has_its_row_and_verdict(compared: Compared) -> None:
    found, words = compared.found, parsed(compared.text).words
    assert compared.text.count('data-kind="quiet"') == len(found.differences)
    for line in comparison_table(found)[1:]:
        assert re.sub(r" \([+-].*%\)", "", line[-1]) in words


def test_plots_of_a_comparison_show_all_variants_with_bands(compared: Compared) -> None:
    plots = shown(compared.text)
    titles = [plot["title"] for plot in plots]
    assert titles[0] == "Crude oil: exports, all routes"
    assert any(title.startswith("Containers: arrivals") for title in titles)
    assert titles[-1] == "What differs, and how surely"
    course = plots[0]
    upper = [one["name"] for one in course["data"] if one["yaxis"] == "y" and one["name"]]
    lower = [one["name"] for one in course["data"] if one["yaxis"] == "y2" and one["name"]]
    assert (upper, lower) == (["year", "quiet"], ["quiet"])
    assert sum(one.get("fill") == "tonexty" for one in course["data"]) == 3
    texts = [note["text"] for note in course["layout"]["annotations"]]
    assert "kt/day" in texts and "Difference from year, kt/day" in texts
    assert any("storm" in text for text in texts)


def test_each_dot_is_a_difference_on_the_scale_of_its_measure(compared: Compared) -> None:
    drawn = whisker_figure(compared.found)
    assert drawn is not None
    (dots, *_) = drawn.data
    for x, reach, text in zip(dots["x"], dots["error_x"]["array"], dots["text"], strict=True):
        assert abs(x) + reach == pytest.approx(1.0, abs=1e-4)
        assert any(text.startswith(str(one.wanted)) for one in compared.found.differences)


def test_a_comparison_tells_what_it_rests_on_and_how_to_run_it_again(compared: Compared) -> None:
    words = parsed(compared.text).words
    assert "assumed" in words and "Numbers and sources" in words
    (line,) = (parsed(word).words for word in re.findall(r"<pre><code>(.*?)</code>", compared.text))
    told = "chokepoint compare year.toml quiet.toml --seed 7 --replications 3"
    assert shlex.split(line) == told.split()


def test_what_a_policy_changes_is_told(tmp_path: Path) -> None:
    small = Small(tmp_path)
    wider, usual = small.load("year.toml", "wider.toml"), small.load()
    found = compare(variant(usual, "none"), variant(wider, "wider"), replications=2)
    ((one),) = [one for one in differing(found.ensembles, [usual, wider]) if one.number.element == "trunk"]
    assert (one.label, one.number.field, one.number.note) == (
        "wider", "capacity", "changed by wider.toml: a wider pipe",
    )  # fmt: skip
    assert one.usual != one.number.value
    given = [
        Given(one=variant(each, label), text=label) for each, label in ((usual, "none"), (wider, "wider"))
    ]
    text = comparison_page(found, manifests(given, found), scenarios(given))
    assert "chokepoint compare year.toml --policy none --policy wider.toml --seed" in parsed(text).words
    assert "against no policy" in text


def test_a_spare_mooring_is_told_though_it_is_no_number() -> None:
    usual, spare = (load("mooring-shutdown-2022", policies) for policies in ([], ["spare-mooring"]))
    found = compare(variant(usual, "none"), variant(spare, "spare"), replications=2)
    (one,) = differing(found.ensembles, [usual, spare])
    assert (one.number.field, one.usual, one.number.value) == ("in service", "no", "yes")


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
    assert "chokepoint run year.toml --seed 7 --replications 3" in words
    titles = [plot["title"] for plot in shown(made.text)]
    assert titles[0] == "Crude oil: exports, all routes"
    assert any(title.startswith("3 replications: ") for title in titles)
    dots = next(plot for plot in shown(made.text) if plot["title"].startswith("3 replications"))["data"][0]
    assert len(dots["x"]) == 3
    assert ensemble_page(made.scenarios[0], found) == made.text


def test_markup_in_names_stays_text_on_pages_of_studies(naughty: Compared, tmp_path: Path) -> None:
    for text in (naughty.text, repeated_page(tmp_path, naughty=True).text):
        found = parsed(text)
        assert not {"b", "i", "u", "img", "em"} & {tag for tag, _ in found.tags}
        assert NAUGHTY in found.words
        texts = [note["text"] for plot in shown(text) for note in plot["layout"].get("annotations", ())]
        texts += [str(one["name"]) for plot in shown(text) for one in plot["data"]]
        texts += [each for plot in shown(text) for one in plot["data"] for each in one.get("text", ())]
        assert any("&lt;" in each for each in texts)
        assert not [each for each in texts if re.search("<(?!br>)", each)]


def test_the_same_comparison_gives_the_same_bytes(tmp_path: Path, compared: Compared) -> None:
    assert compared_page(tmp_path).text == compared.text


@pytest.mark.parametrize(
    ("vary", "cube", "kind"),
    [
        (["trunk.capacity=20..40 kt/day:3"], None, "scatter"),
        (["trunk.capacity=20..40 kt/day:2", "port.tanks.capacity=200,400 kt"], None, "heatmap"),
        (["trunk.capacity=20..40 kt/day", "port.tanks.capacity=200..400 kt"], 3, "scatter"),
    ],
)
def test_a_sweep_has_a_page_of_all_its_points(
    tmp_path: Path, vary: list[str], cube: int | None, kind: str
) -> None:
    small = Small(tmp_path)
    small.edit("year.toml", ("end = 2023-01-01", "end = 2022-04-01"))
    planned = plan_sweep(small.load(), vary, measures=["curtailed *"], latin_hypercube=cube)
    found = run_sweep(planned, 2)
    text = (write_sweep(planned, found, tmp_path) / "report.html").read_text(encoding="utf-8")
    (table,) = re.findall(r'<tbody id="points-rows">(.*?)</tbody>', text, re.DOTALL)
    assert table.count("<tr") == len(found.points) + 1
    (plot,) = shown(text)
    assert plot["data"][0]["type"] == kind
    (line,) = (parsed(word).words for word in re.findall(r"<pre><code>(.*?)</code>", text))
    words = shlex.split(line)
    again = [words[n + 1] for n, word in enumerate(words) if word == "--vary"]
    assert words[:3] == ["chokepoint", "sweep", "year.toml"] and "curtailed *" in words
    assert plan_sweep(small.load(), again, latin_hypercube=cube).points == planned.points


def test_a_page_of_a_sweep_marks_where_it_breaks_even_and_what_is_as_it_is(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.edit("year.toml", ("end = 2023-01-01", "end = 2022-04-01"))
    usual = small.load().network.links["trunk"].capacity or 0.0
    across, up = "trunk.capacity=0..200 kt/day:3", "port.tanks.capacity=700,900 kt"
    for vary, kind in (([across], "scatter"), ([across, up], "contour")):
        planned = plan_sweep(small.load(), vary, measures=["exported *>*"])
        found = run_sweep(planned, 2)
        means = [one.estimate(found.wanted[0]) for one in found.ensembles]
        level = sum(one.mean for one in (means[0], means[-1]) if one) / 2
        folder = write_sweep(planned, found, tmp_path, level)
        curves = shown((folder / "report.html").read_text(encoding="utf-8"))[0]["data"]
        marks = {one["name"]: one for one in curves if one["name"]}
        (even,) = (one for name, one in marks.items() if name.startswith("breaks even"))
        assert even["type"] == kind
        if kind == "contour":
            assert even["contours"]["value"] == pytest.approx(level)
            mark = marks["the scenario as it is"]
            assert (mark["x"], mark["y"]) == ([pytest.approx(usual / 100e3)], [pytest.approx(0.5)])
        else:
            assert even["y"] == [pytest.approx(level)] and 0 < even["x"][0] < 200


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
    plot = shown(text)[0]
    assert [one["name"] for one in plot["data"]] == ["5 days", "10 days"]
    worst = found.ranked()[0]
    assert plot["data"][1]["x"][0] == pytest.approx(worst.loss(0).mean, rel=1e-4)
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
    (plot,) = shown(text)
    assert [one["name"] for one in plot["data"]] == ["where it is smaller", "where it is larger"]
    (line,) = (parsed(word).words for word in re.findall(r"<pre><code>(.*?)</code>", text))
    words = shlex.split(line)
    names = [words[n + 1] for n, word in enumerate(words) if word == "--numbers"]
    assert plan_sensitivity(small.load(), ["curtailed *"], numbers=names) == planned
    assert words[-6:] == ["--top", "3", "--seed", "7", "--replications", "2"]
