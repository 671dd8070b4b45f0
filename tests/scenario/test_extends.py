"""Scenarios laid over each other."""

from __future__ import annotations

from datetime import date

from small import Small, expect

OVER = 'title = "Over"\nextends = "year.toml"\n'
CLOSURE = '[[closure]]\nelement = "{}"\nfrom = {}\nuntil = {}\nsource = "atlas"\n'


def _closed(small: Small, scenario: str) -> list[tuple[str, ...]]:
    return [item.elements for item in small.load(scenario).disturbances]


def test_own_words_come_last_and_closures_add_up(small: Small) -> None:
    small.write(
        "over.toml",
        OVER + "seed = 8\nend = 2022-12-01\n" + CLOSURE.format("spur", "2022-02-01", "2022-02-05"),
    )
    over = small.load("over.toml")
    assert (over.title, over.seed, over.start, over.end) == ("Over", 8, date(2022, 1, 1), date(2022, 12, 1))
    assert [item.elements for item in over.disturbances] == [("spur",), ("port.spm1",)]
    assert [file.rsplit("/", 1)[1] for file in over.files] == ["year.toml", "over.toml"]
    assert over.name == "over"


def test_of_several_bases_the_last_has_the_last_word(small: Small) -> None:
    small.write("a.toml", 'title = "A"\ndescription = "of A"\nextends = "year"\nseed = 1\nend = 2022-10-01\n')
    small.write("b.toml", 'title = "B"\nextends = "year"\nseed = 2\n')
    small.write("both.toml", 'title = "Both"\nextends = ["a.toml", "b.toml"]\n')
    both = small.load("both.toml")
    assert (both.title, both.seed, both.description, both.end) == ("Both", 2, "of A", date(2022, 10, 1))
    small.edit("both.toml", ('["a.toml", "b.toml"]', '["b.toml", "a.toml"]'))
    assert small.load("both.toml").seed == 1


def test_base_shared_by_two_counts_once_and_does_not_undo_the_first(small: Small) -> None:
    small.write("a.toml", 'title = "A"\nextends = "year.toml"\nseed = 1\n')
    small.write("b.toml", 'title = "B"\nextends = "./year.toml"\n')
    small.write("both.toml", 'title = "Both"\nextends = ["a.toml", "b.toml"]\n')
    both = small.load("both.toml")
    assert both.seed == 1
    assert len(both.files) == 4
    assert len(both.disturbances) == 1


def test_closure_stated_twice_counts_once(small: Small) -> None:
    closure = (small.folder / "year.toml").read_text(encoding="utf-8").split("\n\n")[1]
    small.write("over.toml", OVER + closure)
    assert _closed(small, "over.toml") == [("port.spm1",)]
    small.write("over.toml", OVER + closure.replace("2022-04-23", "2022-04-24"))
    assert _closed(small, "over.toml") == [("port.spm1",), ("port.spm1",)]


def test_network_is_next_to_the_file_that_names_it(small: Small) -> None:
    (small.folder / "deep").mkdir()
    small.write("deep/over.toml", OVER.replace("year.toml", "../year.toml"))
    assert small.load("deep/over.toml").network.folder == str(small.folder / "deep" / ".." / "net")


def test_shipped_scenario_can_be_extended_by_its_name(small: Small) -> None:
    small.write("over.toml", 'title = "Over"\nextends = "baseline-2022"\n')
    assert small.load("over.toml").seed == 8


def test_circle_is_reported_with_the_files_in_it(small: Small) -> None:
    file = small.edit("year.toml", ('network = "net"', 'network = "net"\nextends = "over.toml"'))
    over = small.write("over.toml", OVER)
    value = "over.toml → year.toml → over.toml"
    expect(small.faults("over.toml"), file, 3, "extends", value, "extend each other in a circle")
    value = "year.toml → over.toml → year.toml"
    expect(small.faults("year.toml"), over, 2, "extends", value, "circle")


def test_scenario_that_extends_itself_is_reported(small: Small) -> None:
    file = small.edit(
        "year.toml",
        ('network = "net"', f'network = "net"\nextends = "../{small.folder.name}/year.toml"'),
    )
    expect(small.faults(), file, 3, "extends", "year.toml → year.toml", "circle")


def test_missing_base_is_reported_where_it_is_named_with_the_nearest(small: Small) -> None:
    over = small.write("over.toml", OVER.replace("year.toml", "yeer.toml"))
    [fault] = small.faults("over.toml")
    expect([fault], over, 2, "extends", "yeer.toml", "no such scenario", "did you mean year?")


def test_faults_in_a_base_and_in_its_extension_are_reported_together(small: Small) -> None:
    base = small.edit("year.toml", ("until =", "untl ="))
    over = small.write("over.toml", OVER + "sed = 8\n")
    assert [(fault.file, fault.line, fault.key) for fault in small.faults("over.toml")] == [
        (over, 3, "sed"),
        (base, 10, "untl"),
    ]


def test_shorter_run_leaves_out_what_it_inherits_from_outside_of_it(small: Small) -> None:
    small.write("over.toml", OVER + "start = 2022-06-01\n")
    assert small.load("over.toml").disturbances == ()


def test_closure_outside_the_shorter_run_is_a_fault_at_its_line(small: Small) -> None:
    over = small.write(
        "over.toml", OVER + "start = 2022-06-01\n" + CLOSURE.format("spur", "2022-02-01", "2022-02-05")
    )
    words = "outside the run", "2022-06-01 to 2023-01-01"
    expect(small.faults("over.toml"), over, 7, "until", "2022-02-05", *words)
