"""Content of scenario and policy files, and the faults reported for other content."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import SCENARIO, Small, expect


@pytest.mark.parametrize(
    ("old", "new", "key", "value", "words"),
    [
        ("until =", "untl =", "untl", "2022-04-23", ("unknown key", "did you mean until?")),
        ("seed =", "seeds =", "seeds", 7, ("unknown key", "did you mean seed")),
        ("port.spm1", "port.smp1", "element", "port.smp1", ("no element", "port.spm1")),
        ("port.spm1", "tag:moring", "element", "tag:moring", ("no element", "did you mean mooring?")),
        ("port.spm1", "country:CC", "element", "country:CC", ("no element",)),
        ("port.spm1", "place:prot", "element", "place:prot", ("no element", "did you mean port?")),
        ("port.spm1", "harbour.*", "element", "harbour.*", ("no element",)),
        (
            "from = 2022-03-21",
            "from = 2022-05-21",
            "until",
            "2022-04-23",
            ("ends before it begins", "2022-05-21"),
        ),
        ("from = 2022-03-21", "from = 2022-04-23", "until", "2022-04-23", ("ends before it begins",)),
        (
            "until = 2022-04-23",
            "until = 2023-04-23\nfrom = 2023-01-01",
            "from",
            "2023-01-01",
            ("outside the run",),
        ),
        (
            "until = 2022-04-23",
            "until = 2021-04-23\nfrom = 2021-01-01",
            "until",
            "2021-04-23",
            ("2022-01-01 to 2023",),
        ),
        (
            "cause =",
            "announced_until = 2022-03-20\ncause =",
            "announced_until",
            "2022-03-20",
            ("before it begins",),
        ),
        ("until = 2022-04-23", 'until = "2022-04-23"', "until", "2022-04-23", ("a date without quotes",)),
        ("until = 2022-04-23", "until = 20220423", "until", 20220423, ("a date without quotes",)),
        (
            "until = 2022-04-23",
            "until = 2022-04-23T06:00:00Z",
            "until",
            "2022-04-23T06:00:00+00:00",
            ("offset",),
        ),
        ("cause =", "remaining = 1.5\ncause =", "remaining", 1.5, ("a share is 0 to 1",)),
        ("cause =", 'remaining = "150 %"\ncause =', "remaining", "150 %", ("a share is 0 to 1",)),
        ("cause =", 'remaining = "5 km"\ncause =', "remaining", "5 km", ("does not measure this",)),
        ("cause =", "remaining = nan\ncause =", "remaining", None, ("should be a share",)),
        ("cause =", "remaining = true\ncause =", "remaining", True, ("should be a share",)),
        ("cause =", 'planned = "yes"\ncause =', "planned", "yes", ("true or false",)),
        ('cause = "storm"', "cause = 7", "cause", 7, ("a text in quotes",)),
        ('element = "port.spm1"', "element = []", "element", [], ("at least one",)),
        ('element = "port.spm1"', "element = 5", "element", 5, ("a text, or a list of texts",)),
        ('source = "report-2021"', "", "source", None, ("a value is needed here",)),
        ("report-2021", "report-2012", "source", "report-2012", ("no source has this id", "report-2021")),
        ("report-2021", "asumed", "source", "asumed", ("no source has this id", "did you mean assumed?")),
        ("cause =", 'recovery = "linear"\ncause =', "recovery", "linear", ("should be a table", "shape")),
        (
            "end = 2023-01-01",
            "end = 2021-01-01",
            "end",
            "2021-01-01",
            ("ends before it starts", "2022-01-01"),
        ),
        (
            "start = 2022-01-01",
            "start = 2022-01-01T06:00:00",
            "start",
            "2022-01-01T06:00:00",
            ("should be a date",),
        ),
        ("seed = 7", "seed = -7", "seed", -7, ("cannot be negative",)),
        ("seed = 7", "seed = 7.5", "seed", 7.5, ("a whole number",)),
        (
            'network = "net"',
            'network = "nett"',
            "network",
            "nett",
            ("no such network folder", "did you mean net?"),
        ),
        ('title = "A year"', "title = 5", "title", 5, ("a text in quotes",)),
        ("[[closure]]", "[closure]", "closure", None, ("a list of tables", "[[closure]]")),
    ],
)
def test_bad_entry_is_reported_with_line_key_value_and_advice(
    small: Small, old: str, new: str, key: str, value: object, words: tuple[str, ...]
) -> None:
    if "\nfrom" in new:
        small.edit("year.toml", ("from = 2022-03-21\n", ""))
    file = small.edit("year.toml", (old, new))
    faults = small.faults()
    if key == "remaining" and value is None:  # NaN equals nothing
        faults = [type(fault)(**{**_fields(fault), "value": None}) for fault in faults]
    expect(faults, file, _line_of_key(file, key), key, value, *words)


def _fields(fault: object) -> dict[str, object]:
    return {name: getattr(fault, name) for name in ("message", "file", "line", "key", "value", "advice")}


def _line_of_key(file: Path, key: str) -> int:
    lines = file.read_text(encoding="utf-8").split("\n")
    starting = [n for n, line in enumerate(lines, 1) if line.startswith((f"{key} =", f"[{key}]"))]
    return starting[0] if starting else lines.index("[[closure]]") + 1


def test_all_faults_are_reported_at_once_in_scenario_policy_setting_and_tables(small: Small) -> None:
    small.edit("year.toml", ("until =", "untl ="), ("seed", "seeds"))
    small.append(
        "year.toml", '[[closure]]\nelement = "x"\nfrom = 2022-05-01\nuntil = 2022-04-01\nsource = "y"\n'
    )
    small.edit("wider.toml", ("40 Mt/yr", "40 Mt/yer"), ("reason", "reson"))
    told = {
        (f.file and f.file.name, f.line, f.key)
        for f in small.faults("year.toml", "wider.toml", settings=("a",))
    }
    assert told == {
        ("year.toml", 5, "seeds"),
        ("year.toml", 10, "untl"),
        ("year.toml", 14, "element"),
        ("year.toml", 16, "until"),
        ("year.toml", 17, "source"),
        ("wider.toml", 8, "reson"),
        (None, None, "--set"),
    }
    small.edit("links", ("36.5 Mt/yr", "67 Mt/yer"))
    told = {
        (f.file and f.file.name, f.line, f.key)
        for f in small.faults("year.toml", "wider.toml", settings=("a",))
    }
    assert told == {
        ("year.toml", 5, "seeds"),
        ("year.toml", 10, "untl"),
        ("wider.toml", 8, "reson"),
        (None, None, "--set"),
        ("links.csv", 2, "capacity"),
    }


@pytest.mark.parametrize(
    ("recovery", "key", "line", "words"),
    [
        (
            'recovery = { shape = "linear", dys = 7 }',
            "recovery.dys",
            13,
            ("unknown key", "did you mean days?"),
        ),
        (
            'recovery = { shape = "linar", days = 7 }',
            "recovery.shape",
            13,
            ("one of at once", "did you mean linear?"),
        ),
        ('recovery = { shape = "linear" }', "recovery", 13, ("needs its days",)),
        ('recovery = { shape = "steps" }', "recovery", 13, ("needs its steps",)),
        ("recovery = { days = 7 }", "recovery", 13, ("days belong to a linear recovery",)),
        ("recovery = { steps = [[0, 1]] }", "recovery", 13, ("steps belong to a recovery in steps",)),
        ('recovery = { shape = "linear", days = 1e9 }', "recovery.days", 13, ("0 to 3650 days",)),
        (
            'recovery = { shape = "steps", steps = [[3, 0.5], [1, 1]] }',
            "recovery.steps",
            13,
            ("in order", "1 follows 3"),
        ),
        (
            'recovery = { shape = "steps", steps = [[1, 0.5], [1, 1]] }',
            "recovery.steps",
            13,
            ("1 follows 1",),
        ),
        (
            'recovery = { shape = "steps", steps = [[1, 0.5], [3, 0.2], [4, 1]] }',
            "recovery.steps",
            13,
            ("more back",),
        ),
        (
            'recovery = { shape = "steps", steps = [[1, 0.5], [3, 0.7]] }',
            "recovery.steps",
            13,
            ("share of 1",),
        ),
        (
            'recovery = { shape = "steps", steps = [1, 0.5] }',
            "recovery.steps",
            13,
            ("pairs of days and share",),
        ),
        ('recovery = { shape = "steps", steps = [[1, "2"]] }', "recovery.steps", 13, ("a share is 0 to 1",)),
        ('[closure.recovery]\nshape = "linear"\ndys = 7', "recovery.dys", 15, ("did you mean days?",)),
        ('recovery.shape = "linear"\nrecovery.dys = 7', "recovery.dys", 14, ("did you mean days?",)),
        (
            'remaining = 0.5\nrecovery = { shape = "steps", steps = [[1, 0.2], [3, 1]] }',
            "recovery",
            14,
            ("is 0.5",),
        ),
    ],
)
def test_bad_recovery_is_reported(
    small: Small, recovery: str, key: str, line: int, words: tuple[str, ...]
) -> None:
    file = small.append("year.toml", f"{recovery}\n")
    [fault] = small.faults()
    assert (fault.file, fault.line, fault.key) == (file, line, key)
    for word in words:
        assert word in f"{fault.message} — {fault.advice}"


def test_line_is_that_of_the_right_table_among_strings_that_look_like_tables(small: Small) -> None:
    text = SCENARIO.replace("network", 'description = """\n[[closure]]\nuntil = 3\n"""  # """\nnetwork', 1)
    text += '\n[[closure]]\nelement = [\n  "trunk", # "until = 4"\n  "spur",\n]\n'
    text += 'from = 2022-02-02\nuntl = 2022-02-03\nsource = "atlas"\n'
    file = small.write("year.toml", text)
    faults = small.faults()
    expect(faults, file, "untl", "untl", "2022-02-03", "did you mean until?")


def test_lines_are_right_with_windows_line_ends_and_a_mark_in_front(small: Small) -> None:
    file = small.edit("year.toml", ("until =", "untl ="))
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert [(fault.key, fault.line) for fault in small.faults()] == [("untl", 10)]


def test_assumed_closure_needs_its_reasoning(small: Small) -> None:
    file = small.edit("year.toml", ("report-2021", "assumed"), ('cause = "storm"\n', ""))
    expect(small.faults(), file, 11, "source", "assumed", "its reasoning, in note or cause")
    small.edit("year.toml", ("until", 'note = "a guess"\nuntil'))
    assert small.load().disturbances[0].source == "assumed"


def test_syntax_error_is_reported_with_its_line(small: Small) -> None:
    file = small.edit("year.toml", ('cause = "storm"', "cause = storm"))
    expect(small.faults(), file, 11, None, None, "not valid TOML", "Invalid value", "quotes")


def test_key_twice_is_reported_with_its_line(small: Small) -> None:
    file = small.edit("year.toml", ("cause =", "until = 2022-05-05\ncause ="))
    expect(small.faults(), file, 11, None, None, "not valid TOML", "overwrite")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b"\x00\x01", "not a text file"),
        ('title = "Größe"'.encode("latin-1"), "not a text file in UTF-8"),
        (b"a = " + b"[" * 5000, "not valid TOML"),
    ],
)
def test_file_that_is_no_scenario_is_reported(small: Small, data: bytes, words: str) -> None:
    (small.folder / "year.toml").write_bytes(data)
    [fault] = small.faults()
    assert fault.file == small.folder / "year.toml"
    assert words in fault.message


@pytest.mark.parametrize("key", ["network", "start", "end"])
def test_missing_key_of_a_run_is_reported(small: Small, key: str) -> None:
    text = "\n".join(line for line in SCENARIO.split("\n") if not line.startswith(key))
    file = small.write("year.toml", text)
    expect(small.faults(), file, None, key, None, "neither this scenario nor what it extends gives it")


def test_policy_in_place_of_a_scenario_is_reported(small: Small) -> None:
    file = small.folder / "wider.toml"
    expect(
        small.faults("wider.toml"),
        file,
        None,
        "change",
        None,
        "a policy, a scenario was expected",
        "--policy",
    )


def test_scenario_in_place_of_a_policy_is_reported(small: Small) -> None:
    file = small.folder / "year.toml"
    [fault] = small.faults("year.toml", "year.toml")
    assert (fault.file, fault.key) == (file, "network")
    assert "this is a scenario, a policy was expected" in fault.message


def test_blank_reasoning_is_none(small: Small) -> None:
    said = 'cause = "storm"\nsource = "report-2021"'
    file = small.edit("year.toml", (said, 'note = " "\nsource = "assumed"'))
    words = "needs its reasoning, in note or cause"
    expect(small.faults(), file, 'source = "assumed"', "source", "assumed", words)


def test_sea_lane_shut_in_part_is_refused_but_in_a_group_it_may_be(small: Small) -> None:
    path = small.edit(
        "year.toml", ('"port.spm1"', '"sea"'), ('cause = "storm"', "remaining = 0.5\ncause = 'x'")
    )
    words = ("shut or open", "cut its berths")
    expect(small.faults(), path, "remaining = 0.5", "remaining", 0.5, *words)
    small.edit("year.toml", ('"sea"', '"country:ZZ"'))
    assert small.load().disturbances[0].elements == ("sea",)


def test_missing_source_does_not_hide_what_else_is_wrong_with_a_table(small: Small) -> None:
    boycott = '\n[[boycott]]\nelement = "tiga"\nshare = 0.2\nfrom = 2022-03-03\n'
    change = '\n[[change]]\nelement = "trunk"\nfield = "capcity"\nvalue = 1\n'
    small.edit("year.toml", ('element = "port.spm1"', 'element = "port.spm9"'), ("2022-04-23", "2022-02-01"))
    small.edit("year.toml", ('source = "report-2021"\n', boycott + change))
    faults = small.faults()
    told = [(fault.key, fault.advice) for fault in faults if fault.key == "source"]
    notes = [
        ("source", f'"assumed" with a {key}, or an id of sources.csv') for key in ("note", "note", "reason")
    ]
    assert sorted(told) == sorted(notes)
    assert {fault.value for fault in faults} >= {"port.spm9", "2022-02-01", "capcity"}
    small.edit("year.toml", ('"capcity"\nvalue = 1', '"capacity"\nvalue = "1 kt/day"'))
    assert "tiga" in {fault.value for fault in small.faults()}


def test_missing_source_and_another_bad_key_are_reported_together(small: Small) -> None:
    small.edit("year.toml", ('source = "report-2021"', "remaining = 7"))
    assert sorted(str(fault.key) for fault in small.faults()) == ["remaining", "source"]


def test_misspelt_source_is_reported_once(small: Small) -> None:
    file = small.edit("year.toml", ("source =", "sorce ="))
    expect(small.faults(), file, 12, "sorce", "report-2021", "unknown key", "did you mean source?")
