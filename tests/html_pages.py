"""Runs to make pages of: a small one, one whose names are full of markup, and how to take a page apart."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from small import Small

from sim.measures import Record
from sim.report.page.run_page import page
from sim.report.page.study_page import study_page
from sim.report.studies.comparison_report import comparison_report
from sim.report.studies.ensemble_report import ensemble_manifest, ensemble_report
from sim.report.studies.stress_report import stress_report
from sim.report.studies.sweep_report import sweep_report
from sim.report.study_files import write_study
from sim.scenario import Scenario
from sim.scenario.request import command_request
from sim.studies.compare import Comparison, compare
from sim.studies.ensemble import ensemble
from sim.studies.runs import run
from sim.studies.stress.plan import plan_stress
from sim.studies.sweep.plan import plan_sweep
from sim.studies.variants import variant

NAUGHTY = "</script><script>document.title='hit'</script>"
ADDRESS = "https://example.org/a?b=1&c=2"
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(frozen=True)
class Made:
    """A scenario, its run, one beside it, and the page."""

    scenario: Scenario
    record: Record
    beside: Record | None
    text: str


def small_page(folder: Path, *, beside: bool = True, days: str = "2022-04-01", naughty: bool = False) -> Made:
    """The page of a small run of three months, with its closure and without it."""
    small = Small(folder)
    small.edit("year.toml", ("end = 2023-01-01", f"end = {days}"))
    if naughty:
        spoil(small)
    plain = (folder / "year.toml").read_text(encoding="utf-8").split("[[closure]]")[0]
    small.write("quiet.toml", plain)
    scenario = small.load()
    record, usual = run(scenario), run(small.load("quiet.toml"))
    other = usual if beside else None
    return Made(scenario, record, other, page(scenario=scenario, record=record, reference=other))


def spoil(small: Small) -> None:
    """Put markup wherever a user can put words."""
    small.edit("places", ("port,Port,", "port,<b>Port</b> & co,"), ("lagoon,Lagoon,", f"lagoon,{NAUGHTY},"))
    small.edit("links", ("sea,Sea lane,", "sea,<i>Sea</i> $x$ %{y} lane,"))
    small.edit("stocks", ("Tanks,port", "<u>Tanks</u>,port"))
    small.edit("shippers", ("Well company", "<a href='https://evil.example'>Well</a>"))
    small.edit("lines", ("Over the plain", "<em>plain</em> &amp; simple"))
    small.edit("sources", ("A report,https://example.org", "<img src=x onerror='hit()'>,javascript:hit()"))
    small.edit("sources", ("atlas,An atlas,https://example.org", f"atlas,An <b>atlas</b>,{ADDRESS}"))
    small.edit(
        "year.toml",
        ('title = "A year"', f'title = "A <b>year</b> & {NAUGHTY}"\ndescription = "<h1>big</h1>"'),
        ('cause = "storm"', f'cause = "{NAUGHTY}"\nlabel = "<svg onload=hit()>"'),
    )


@dataclass
class Parsed(HTMLParser):
    """The elements of a page with their attributes, its words by element, and what scripts hold."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    words: str = ""
    scripts: list[tuple[dict[str, str | None], str]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("script", "style"):
            self.scripts.append((self.tags[-1][1], data))
        else:
            self.words += data

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        """The attributes of the elements of a kind that have these."""
        return [
            found
            for name, found in self.tags
            if name == tag and all(found.get(key) == value for key, value in attributes.items())
        ]


def parsed(text: str) -> Parsed:
    reader = Parsed()
    reader.feed(text)
    reader.close()
    assert not reader.open
    return reader


def data_of(text: str) -> dict[str, Any]:
    """Return the data of the page's scripts."""
    (found,) = (words for attributes, words in parsed(text).scripts if attributes.get("id") == "data")
    read: dict[str, Any] = json.loads(found)
    return read


@dataclass(frozen=True)
class Compared:
    """Scenarios that were run a few times, what came of it, and the page."""

    scenarios: list[Scenario]
    found: Comparison
    text: str


def compared_page(folder: Path, *, naughty: bool = False) -> Compared:
    """The page of a comparison of the small run with the same without its closure."""
    made = _scenarios(folder, naughty)
    found = compare(*(variant(one) for one in made), replications=3)
    given = [ensemble_manifest(one, each) for one, each in zip(made, found.ensembles, strict=True)]
    report = comparison_report(found, given, made, command_request(["compare", "year.toml", "quiet.toml"]))
    return Compared(made, found, study_page(report))


def repeated_page(folder: Path, *, naughty: bool = False) -> Compared:
    """The page of a few small runs, as a comparison without others."""
    made = _scenarios(folder, naughty)[:1]
    found = ensemble(variant(made[0]), 3)
    report = ensemble_report(made[0], found)
    return Compared(made, Comparison(ensembles=(found,), differences=()), study_page(report))


def studied_pages(folder: Path) -> list[Path]:
    """The pages of a sweep and a stress test of the small run, its names full of markup."""
    scenario = _scenarios(folder, naughty=True)[0]
    swept = plan_sweep(scenario, ["port.tanks.capacity=200,400 kt", "trunk.capacity=20,40 kt/day"])
    struck = plan_stress(scenario, lengths=[5, 10], elements=["trunk", "sea"])
    folders = [
        write_study(sweep_report(swept, swept.run(2)), folder),
        write_study(stress_report(struck, struck.run(2)), folder),
    ]
    return [one / "report.html" for one in folders]


def _scenarios(folder: Path, naughty: bool) -> list[Scenario]:
    small = Small(folder)
    small.edit("year.toml", ("end = 2023-01-01", "end = 2022-04-01"), ("2022-04-23", "2022-03-29"))
    if naughty:
        spoil(small)
    plain = (folder / "year.toml").read_text(encoding="utf-8").split("[[closure]]")[0]
    small.write("quiet.toml", plain)
    return [small.load(), small.load("quiet.toml")]
