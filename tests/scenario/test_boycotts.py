"""Boycotts: who refuses what, at which premium, and when."""

from __future__ import annotations

from math import inf

import pytest
from small import Small, expect

from sim.report.manifest import manifest
from sim.scenario import Boycott

BOYCOTT = """
[[boycott]]
element = "country:FF"
share = "25 %"
from = 2022-03-03
source = "report-2021"
"""
OVER = 'title = "Over"\nextends = "year.toml"\n'


@pytest.fixture
def boycotted(small: Small) -> Small:
    small.append("year.toml", BOYCOTT)
    return small


def _one(small: Small, scenario: str = "year.toml") -> Boycott:
    [boycott] = small.load(scenario).boycotts
    return boycott


def test_boycott_is_of_lines_that_corridors_use_by_those_who_might_go_that_way(boycotted: Small) -> None:
    assert _one(boycotted) == Boycott(
        label="country:FF",
        elements=("taiga", "crossing"),
        demands=("goods", "ores"),
        share=0.25,
        premium=0.0,
        start=61.0,
        end=inf,
        cause="",
        source="report-2021",
    )


def test_boycott_ends_where_it_says_so_and_has_the_label_of_its_cause(boycotted: Small) -> None:
    more = "from = 2022-03-03\nuntil = 2022-03-05T12:00:00\ncause = 'war'\nlabel = 'Insurers'"
    boycotted.edit("year.toml", ("from = 2022-03-03", more))
    assert (_one(boycotted).end, _one(boycotted).label, _one(boycotted).cause) == (63.5, "Insurers", "war")
    boycotted.edit("year.toml", ("label = 'Insurers'", ""))
    assert _one(boycotted).label == "war"


@pytest.mark.parametrize(
    ("element", "elements", "demands"),
    [
        ('"taiga"', ("taiga",), ("goods", "ores")),
        ('"corridor:north"', ("taiga", "crossing"), ("goods", "ores")),
        ('"lagoon"', ("plain", "lagoon.pier"), ("goods",)),
        ('"boat"', ("boat",), ("goods",)),
        ('["ocean", "hill"]', ("ocean", "hill"), ("goods",)),
        ('"tag:gate"', ("crossing",), ("goods", "ores")),
    ],
)
def test_patterns_are_those_of_closures(
    boycotted: Small, element: str, elements: tuple[str, ...], demands: tuple[str, ...]
) -> None:
    boycotted.edit("year.toml", ('"country:FF"', element))
    assert (_one(boycotted).elements, _one(boycotted).demands) == (elements, demands)


@pytest.mark.parametrize(
    ("demand", "demands"), [('"ores"', ("ores",)), ('"*o*"', ("goods", "ores")), ('["g*"]', ("goods",))]
)
def test_demand_chooses_who_refuses(boycotted: Small, demand: str, demands: tuple[str, ...]) -> None:
    boycotted.edit("year.toml", ("share =", f"demand = {demand}\nshare ="))
    assert _one(boycotted).demands == demands


def test_premium_is_per_unit_of_cargo(boycotted: Small) -> None:
    boycotted.edit("year.toml", ('share = "25 %"', 'demand = "goods"\npremium = "300 USD/FEU"'))
    assert (_one(boycotted).share, _one(boycotted).premium) == (0.0, 150.0)
    boycotted.edit("year.toml", ('"goods"', '"ores"'), ("300 USD/FEU", "3 USD/t"))
    assert _one(boycotted).premium == 3.0


def test_boycotts_come_in_order_of_their_start_and_the_same_counts_once(boycotted: Small) -> None:
    boycotted.append("year.toml", BOYCOTT)
    boycotted.append("year.toml", BOYCOTT.replace("2022-03-03", "2021-12-31").replace("25 %", "10 %"))
    assert [(item.start, item.share) for item in boycotted.load().boycotts] == [(-1.0, 0.1), (61.0, 0.25)]


def test_boycotts_of_extended_scenarios_add_up(boycotted: Small) -> None:
    boycotted.write("over.toml", OVER + BOYCOTT.replace("2022-03-03", "2022-06-01"))
    assert [item.start for item in boycotted.load("over.toml").boycotts] == [61.0, 151.0]


@pytest.mark.parametrize(
    ("old", "new", "key", "value", "words"),
    [
        ("share =", "shar =", "shar", "25 %", ("unknown key", "did you mean share?")),
        ('"25 %"', '"125 %"', "share", "125 %", ("a share is 0 to 1",)),
        ('share = "25 %"\n', "", "boycott", None, ("needs a share, a premium or both",)),
        ("country:FF", "country:QQ", "element", "country:QQ", ("no element matches", "countries here")),
        ("country:FF", "tiaga", "element", "tiaga", ("no element matches", "did you mean taiga?")),
        ("country:FF", "port.spm1", "element", "port.spm1", ("no corridor uses", "lines, quays")),
        ("country:FF", "lagoon.yard", "element", "lagoon.yard", ("no corridor uses",)),
        ("from = 2022-03-03\n", "", "from", None, ("a value is needed",)),
        ("2022-03-03", '"2022-03-03"', "from", "2022-03-03", ("a date without quotes",)),
        ("2022-03-03", "2023-03-03", "from", "2023-03-03", ("lies outside the run", "2022-01-01 to 2023")),
        ("report-2021", "report-2012", "source", "report-2012", ("no source has this id", "report-2021")),
        ("report-2021", "assumed", "source", "assumed", ("its reasoning, in note or cause",)),
        ("share =", "until = 2022-03-03\nshare =", "until", "2022-03-03", ("ends before it begins",)),
        ("share =", 'demand = "good"\nshare =', "demand", "good", ("no demand", "did you mean goods?")),
        ("share =", "demand = 7\nshare =", "demand", 7, ("a text, or a list of texts",)),
        ("share =", 'premium = "9 USD/t"\nshare =', "premium", "9 USD/t", ("TEU and t", "a second boycott")),
    ],
)
def test_bad_boycott_is_reported(
    boycotted: Small, old: str, new: str, key: str, value: object, words: tuple[str, ...]
) -> None:
    file = boycotted.folder / "year.toml"
    before, after = file.read_text(encoding="utf-8").split("[[boycott]]")
    file.write_text(f"{before}[[boycott]]{after.replace(old, new, 1)}", encoding="utf-8")
    [fault] = boycotted.faults()
    lines = file.read_text(encoding="utf-8").split("\n")
    first = lines.index("[[boycott]]")
    at = next(
        (n for n, line in enumerate(lines[first:], first + 1) if line.startswith(f"{key} =")), first + 1
    )
    expect([fault], file, at, key, value, *words)


@pytest.mark.parametrize(
    ("premium", "value", "words"),
    [
        ("300", 300, ("a unit is needed here", "USD/TEU")),
        ('"300 USD/t"', "300 USD/t", ("does not measure this", "USD/TEU")),
        ('"300 EUR/TEU"', "300 EUR/TEU", ("unknown unit 'EUR'",)),
        ('"-300 USD/TEU"', "-300 USD/TEU", ("cannot be negative",)),
        ('"dear"', "dear", ("not a number",)),
        ("true", True, ("not a number",)),
    ],
)
def test_bad_premium_is_reported(
    boycotted: Small, premium: str, value: object, words: tuple[str, ...]
) -> None:
    file = boycotted.edit("year.toml", ("share =", f'demand = "goods"\npremium = {premium}\nshare ='))
    expect(boycotted.faults(), file, "premium =", "premium", value, *words)


def test_demand_that_never_goes_that_way_is_reported(boycotted: Small) -> None:
    file = boycotted.edit("year.toml", ('"country:FF"', '"narrows"\ndemand = "ores"'))
    words = "none of its corridors uses a boycotted element", "these do: goods"
    expect(boycotted.faults(), file, "demand =", "demand", "ores", *words)


def test_corridor_without_senders_is_reported(boycotted: Small) -> None:
    boycotted.append("corridors", "back,Back again,back,west,east,boxes,hill narrows plain,9,,atlas,\n")
    boycotted.append("corridors", "unsent,Unsent,unsent,east,gate,boxes,taiga,9,,atlas,\n")
    boycotted.append("services", "spare.train,Spare,spare,boxes,10 TEU,5,,,,atlas,\n")
    boycotted.append("lines", "spare,Spare,rail,gate,east,FF,10,1,,,,,spare,atlas,\n")
    boycotted.append("corridors", "other,Other,other,gate,east,boxes,spare,9,,atlas,\n")
    file = boycotted.edit("year.toml", ('"country:FF"', '"tag:spare"'))
    words = "nobody sends anything by a corridor that uses this"
    expect(boycotted.faults(), file, "tag:spare", "element", "tag:spare", words)


def test_shorter_run_leaves_out_what_it_inherits_from_outside_of_it(boycotted: Small) -> None:
    boycotted.edit("year.toml", ("from = 2022-03-03", "from = 2022-03-03\nuntil = 2022-04-01"))
    boycotted.write("over.toml", OVER + "start = 2022-06-01\n")
    assert boycotted.load("over.toml").boycotts == ()
    boycotted.edit("year.toml", ("until = 2022-04-01", ""))
    assert _one(boycotted, "over.toml").start == -90.0


def test_run_that_carries_less_leaves_out_what_it_inherits(boycotted: Small) -> None:
    boycotted.write("over.toml", OVER + 'cargo = "crude"\n')
    assert boycotted.load("over.toml").boycotts == ()
    over = boycotted.append("over.toml", BOYCOTT)
    expect(
        boycotted.faults("over.toml"), over, "country:FF", "element", "country:FF", "is not part of this run"
    )
    boycotted.write("over.toml", OVER + 'cargo = ["crude", "boxes"]\n')
    assert _one(boycotted, "over.toml").demands == ("goods",)


def test_boycott_is_not_for_policies(boycotted: Small) -> None:
    file = boycotted.append("wider.toml", BOYCOTT)
    words = "this is a scenario, a policy was expected"
    expect(boycotted.faults("year.toml", "wider.toml"), file, None, "boycott", None, words)


def test_manifest_has_boycotts_and_cargo(boycotted: Small) -> None:
    made = manifest(boycotted.load(), 7, 0)["scenario"]
    assert made["cargo"] == ["crude", "boxes", "ore"]
    [boycott] = made["boycotts"]
    assert (boycott["share"], boycott["end"]) == (0.25, None)
