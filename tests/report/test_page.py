"""The page of a run: whole in one file, the same every time, and everything in it is as the run has it."""

from __future__ import annotations

import re
import shlex
from html import escape
from pathlib import Path

import numpy as np
import pytest
from html_pages import ADDRESS, NAUGHTY, Made, data_of, parsed, small_page
from small import Small

from sim.charts.map.palette import MODES
from sim.charts.map.playback import frames_of, stretches
from sim.charts.map.scene import map_scene
from sim.charts.map.ways import MAX_WIDTH, line_width
from sim.charts.registry import chart_groups
from sim.measures import MEASURES, Value
from sim.network.sourcing import sourced_numbers
from sim.report.page import write_report
from sim.report.page.measured import Measured, measured
from sim.report.page.run_page import page
from sim.report.page.sources import note_on, numbers
from sim.report.results import write_results
from sim.scenario import load
from sim.scenario.request import command_request
from sim.studies.runs import run

LOADS = ("src", "srcset", "data", "poster", "action", "formaction", "background", "ping")
LOADING = {"link", "img", "iframe", "object", "embed", "audio", "video", "source", "track", "base", "form"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return small_page(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def naughty(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return small_page(tmp_path_factory.mktemp("naughty"), naughty=True)


def test_nothing_is_loaded_from_anywhere(made: Made) -> None:
    found = parsed(made.text)
    assert not LOADING & {tag for tag, _ in found.tags}
    assert not [name for _, attributes in found.tags for name in attributes if name in LOADS]
    (policy,) = found.all("meta", **{"http-equiv": "Content-Security-Policy"})
    assert "default-src 'none'" in str(policy["content"])
    styles = "".join(words for _, words in found.scripts)
    assert "@import" not in styles
    assert not re.search(r"url\(", made.text)


def test_only_anchors_and_sources_on_the_web_are_linked(naughty: Made) -> None:
    addresses = {str(attributes["href"]) for attributes in parsed(naughty.text).all("a")}
    assert {address for address in addresses if not address.startswith("#")} == {ADDRESS}


def test_the_same_run_gives_the_same_bytes(tmp_path: Path, made: Made) -> None:
    (tmp_path / "files").mkdir()
    again = small_page(tmp_path / "files")
    assert again.text == made.text
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_report(again.record, again.scenario, tmp_path / name, again.beside)
    pages = [(tmp_path / name / "report.html").read_bytes() for name in ("one", "two")]
    assert pages[0] == pages[1] == made.text.encode()


def test_markup_in_names_stays_text(naughty: Made, made: Made) -> None:
    found = parsed(naughty.text)
    kinds = {tag for tag, _ in found.tags}
    assert kinds == {tag for tag, _ in parsed(made.text).tags} | ({"p"} & kinds)
    assert len(found.all("script")) == len(parsed(made.text).all("script"))
    for told in ("<b>Port</b> & co", NAUGHTY, "<h1>big</h1>", "<img src=x onerror='hit()'>"):
        assert told in found.words
    assert NAUGHTY in str(data_of(naughty.text))


def test_plots_take_nothing_for_markup(naughty: Made) -> None:
    plots = [one for plot in data_of(naughty.text)["plots"] for one in plot["choices"]]
    assert plots
    texts = [note["text"] for plot in plots for note in plot["layout"]["annotations"]]
    texts += [note["text"] for plot in plots for note in plot["phone"]["annotations"]]
    texts += [curve["name"] for plot in plots for curve in plot["data"]]
    texts += [text for plot in plots for curve in plot["data"] for text in curve.get("hovertext", ())]
    assert any("&lt;svg" in text for text in texts)
    headings = re.compile("^<b>([^<]*)</b>$")
    assert not [text for text in texts if "<" in headings.sub(r"\1", text.replace("<br>", ""))]


def test_the_page_has_every_chart_of_the_run_and_opens_with_the_finding_of_the_first(made: Made) -> None:
    groups = list(chart_groups(made.record, made.beside))
    plots = data_of(made.text)["plots"]
    assert [plot["id"] for plot in plots] == [group[0].name for group in groups]
    assert [len(plot["choices"]) for plot in plots] == [len(group) for group in groups]
    words = parsed(made.text).words
    assert groups[0][0].finding in words[: words.index("Map")]


def test_flows_of_the_map_are_those_of_the_run(made: Made) -> None:
    """In a run of under a hundred days each frame is the mean of its day, so that days add up."""
    views = data_of(made.text)["views"]
    ways = [way["id"] for way in views["oil"]["ways"]]
    for which, record in (("run", made.record), ("reference", made.beside)):
        assert record is not None
        (flow,) = views["oil"]["runs"][which]["flows"][ways.index("sea")]
        exported = MEASURES["exported"](record, "*>world")
        assert exported is not None
        assert sum(flow["flow"]) / 1e3 == pytest.approx(exported, rel=1e-3)
    lines = [way["id"] for way in views["freight"]["ways"]]
    directions = views["freight"]["runs"]["run"]["flows"][lines.index("hill")]
    passed = MEASURES["passed tonnes"](made.record, "hill")
    assert passed == pytest.approx(sum(sum(each["flow"]) for each in directions), rel=1e-3)
    assert passed


def test_the_map_of_the_page_is_the_scene_that_is_drawn_for_print(made: Made) -> None:
    """Names, positions, scale and flows of the day shown: the same on the page and in the picture."""
    views = data_of(made.text)["views"]
    for side in ("oil", "freight"):
        scene, data = map_scene(made.record, side, made.beside), views[side]
        assert data["first"] == scene.timeline.frame
        assert data["largest"] == scene.timeline.largest
        assert data["scale"]["max_width"] == MAX_WIDTH
        assert [way["id"] for way in data["ways"]] == [way.id for way in scene.ways]
        for way, flows in zip(scene.ways, data["runs"]["run"]["flows"], strict=True):
            on_page = sum(flow["flow"][data["first"]] for flow in flows)
            assert line_width(on_page, data["largest"]) == pytest.approx(
                line_width(way.flow, way.largest), rel=0.01
            )
        texts = re.findall(r'<text[^>]* x="([-.0-9]+)" y="[-.0-9]+">([^<]*)</text>', made.text)
        names = [(sign.position.x, sign.name) for sign in scene.signs if sign.position]
        names += [(area.x, area.name) for area in scene.areas]
        assert {(f"{round(x, 1)}", escape(name)) for x, name in names} <= set(texts)
        assert escape(scene.finding) in made.text
        for mode, colour in MODES.items():
            assert f"--mode-{mode}: {colour};" in made.text


def test_what_is_shut_is_shut_for_as_long_on_the_map(made: Made) -> None:
    runs = data_of(made.text)["views"]["oil"]["runs"]
    (span,) = runs["run"]["shut"]
    day = made.record.day(made.scenario.start.replace(month=3, day=21))
    assert (span["from"], span["until"]) == (day, made.record.days)
    assert list(span["places"]) == ["port"]
    assert runs["reference"]["shut"] == []


def test_a_recovery_is_played_back_step_by_step_in_either_run(tmp_path: Path) -> None:
    """The picture, the page and the reference run take their closures from one source: the record."""
    small = Small(tmp_path)
    small.edit(
        "year.toml", ("until = 2022-04-23", 'until = 2022-03-28\nrecovery = { shape = "linear", days = 10 }')
    )
    scenario = small.load()
    record = run(scenario)
    data = data_of(page(record, scenario, record, values=[]))
    for name in ("run", "reference"):
        notes = [span["places"]["port"] for span in data["views"]["oil"]["runs"][name]["shut"]]
        assert len(notes) > 3
        assert all("closed" in note or "at " in note or "limited" in note for note in notes)
        (mark,) = data["marks"][name]
        assert [share for *_, share in mark["steps"]][:3] == ["shut", "at 5%", "at 15%"]
        assert len(mark["steps"]) == len(scenario.disturbances[0].steps) - 1


def test_each_number_of_the_network_has_its_row(made: Made) -> None:
    rows = numbers(made.scenario)
    told = {(row.element, row.field.replace(" ", "_")) for row in rows}
    assert {(id, field) for id, field, *_ in sourced_numbers(made.scenario.network)} <= told
    assert ("boat", "vehicles") in told
    assert ("boxes", "tonnes") in told
    assert made.text.count('<tr class="row is-assumed"') == sum(row.source_ref.assumed for row in rows) > 0
    assert made.text.count("data-kind=") >= len(rows)


def test_a_number_reports_whose_last_word_it_is(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.append("history", "port.2020,port.tanks,capacity,2020-01-01,,700 kt,report-2021,a new tank\n")
    scenario = small.load("year.toml", "wider.toml", settings=("spur.capacity=19 kt/day",))
    found = {(row.element, row.field): row for row in numbers(scenario)}
    assert found["trunk", "capacity"].note == "changed by wider.toml: a wider pipe"
    assert found["trunk", "capacity"].source_ref.assumed
    assert found["trunk", "capacity"].also == "40 Mt/yr"
    assert found["spur", "capacity"].note == "set for this run: spur.capacity=19 kt/day"
    tanks = found["port.tanks", "capacity"]
    assert (tanks.value, tanks.unit, tanks.note) == ("700,000", "t", "since 2020-01-01: a new tank")
    assert tanks.source_ref.title == "A report"


def test_a_note_reports_a_field_its_own_part() -> None:
    names = ("capacity", "handling")
    note = "as seen; capacity: a fortnight; twice over; handling: no figure: a guess"
    assert note_on(note, "capacity", names) == "as seen; a fortnight; twice over"
    assert note_on(note, "handling", names) == "as seen; no figure: a guess"
    assert note_on("of 2022: a year", "capacity", names) == "of 2022: a year"


def test_the_command_of_a_run_is_kept_word_for_word(made: Made) -> None:
    words = (
        "run",
        "year.toml",
        "--policy",
        "wider.toml",
        "--set",
        'trunk.capacity="39 Mt/yr"',
        "--seed",
        "11",
    )
    text = page(made.record, made.scenario, values=[], request=command_request(words))
    (line,) = (parsed(word).words for word in re.findall(r"<pre><code>(.*?)</code>", text))
    assert shlex.split(line) == ["chokepoint", *words]


def test_a_run_from_python_has_its_call() -> None:
    scenario = load("mooring-shutdown-2022", ["spare-mooring"])
    text = page(run(scenario, seed=11), scenario, values=[])
    (line,) = (parsed(word).words for word in re.findall(r"<pre><code>(.*?)</code>", text))
    call = "sim.load(scenario='mooring-shutdown-2022', policies=['spare-mooring'])"
    assert line == f"sim.run(scenario={call}, replication=0, seed=11)"
    assert len(text) < 6_000_000


@pytest.mark.slow
@pytest.mark.parametrize("fate", ["edited", "deleted"])
def test_no_page_reads_the_users_files_again(tmp_path: Path, fate: str) -> None:
    small = Small(tmp_path)
    small.edit("year.toml", ("end = 2023-01-01", "end = 2022-05-01"))
    small.change("port.spm1", "rate", '"6000 t/h"', "from = 2022-02-01")
    scenario = small.load("year.toml", "wider.toml")
    record = run(scenario)
    folder = write_results(scenario, record, tmp_path / "before", plots=False)
    write_report(record, scenario, folder)
    for file in [tmp_path / "year.toml", tmp_path / "wider.toml", *small.tables.iterdir()]:
        if fate == "deleted":
            file.unlink()
        else:
            file.write_text("another = 1\n", encoding="utf-8")
    later = write_results(scenario, record, tmp_path / "after", plots=False)
    write_report(record, scenario, later)
    for name in ("report.html", "manifest.json"):
        assert (later / name).read_bytes() == (folder / name).read_bytes()


def test_without_a_run_beside_nothing_is_compared(tmp_path: Path) -> None:
    alone = small_page(tmp_path, beside=False)
    assert set(data_of(alone.text)["names"]) == {"run"}
    for word in ("Difference", "compare", "better", "less than in the other run"):
        assert word not in parsed(alone.text).words


def test_a_run_beside_is_placed_by_its_dates(made: Made, tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.edit("year.toml", ("start = 2022-01-01", "start = 2022-02-01"), ("2023-01-01", "2022-06-01"))
    later = run(small.load())
    _, played = frames_of(made.record, later)
    assert played.record is later and played.shift == 31.0
    flows = data_of(page(made.record, made.scenario, later, values=[]))["views"]["oil"]["runs"]["reference"]
    flow = flows["flows"][0][0]["flow"]
    assert flow[:31] == [None] * 31 and None not in flow[31:]
    small.edit("year.toml", ("start = 2022-02-01", "start = 2022-05-01"), ("2022-03-21", "2022-05-02"))
    small.edit("year.toml", ("2022-04-23", "2022-05-20"))
    assert len(frames_of(made.record, run(small.load()))) == 1


def test_a_run_beside_may_carry_something_else(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.edit("year.toml", ("end = 2023-01-01", "end = 2022-04-01"))
    given = (small.folder / "year.toml").read_text(encoding="utf-8")
    small.write("boxes.toml", given.split("[[closure]]")[0] + 'cargo = "boxes"\n')
    everything, boxes = small.load(), small.load("boxes.toml")
    records = run(everything), run(boxes)
    data = data_of(page(records[0], everything, records[1]))
    assert set(data["views"]) == {"oil", "freight"}
    assert not any(data["views"]["oil"]["runs"]["reference"]["flows"])
    assert set(data_of(page(records[1], boxes, records[0]))["views"]) == {"freight"}


def test_a_network_may_lie_anywhere(tmp_path: Path) -> None:
    small = Small(tmp_path)
    places = small.table("places").read_text(encoding="utf-8").splitlines()
    moved = [row.split(",") for row in places[1:]]
    for cells in moved:
        cells[4:6] = f"{float(cells[4]) - 60:.2f}", f"{-float(cells[5]):.2f}"
    small.table("places").write_text("\n".join([places[0], *map(",".join, moved)]), encoding="utf-8")
    small.edit("links", ("46.5 50.5;45.5 40.5", ""))
    small.edit("year.toml", ("end = 2023-01-01", "end = 2022-04-01"))
    scenario = small.load()
    view = data_of(page(run(scenario), scenario, values=[]))["views"]["oil"]
    assert {place["id"] for place in view["places"]} == {"well-field", "port", "world", "inland"}


def test_measures_that_differ_are_distinct(made: Made) -> None:
    def value(name: str, number: float | None) -> Value:
        given = MEASURES[name]
        return Value(measure=name, element="*", value=number, unit=given.unit, better=given.better)

    def row(name: str, number: float | None, usual: float | None) -> Measured:
        (found,) = measured(made.record, [value(name, number)], [value(name, usual)])
        return found

    assert row("curtailed", 3.0, 2.0).verdict == "worse"
    assert row("curtailed", 3.0, 2.0).percent == pytest.approx(50.0)
    assert row("produced", 3.0, 2.0).verdict == "better"
    assert row("diverted", 3.0, 2.0).verdict == ""
    assert row("produced", 3.0, 3.0).verdict == "same"
    assert row("curtailed", 3.0, 0.01).percent is None
    assert row("curtailed", 3.0, 0.0).percent is None
    assert row("curtailed", 3.0, None).difference is None
    assert measured(made.record, [value("curtailed", None)], None) == []


def test_no_mean_reaches_across_a_closure(made: Made) -> None:
    assert made.beside is not None
    assert [frames.smoothing.breaks for frames in frames_of(made.record, made.beside)] == [[79.0], [79.0]]


def test_stretches_are_where_flags_stand() -> None:
    assert stretches(np.array([True, True, False, True])) == [(0, 2), (3, 4)]
    assert stretches(np.array([False])) == []


def test_books_of_all_cargo_are_there(made: Made) -> None:
    words = parsed(made.text).words
    for title in ("Oil (t)", "Containers (TEU)", "Ore in wagons (t)"):
        assert words.count(title) == 2
    assert "The mass balance closes" in words
