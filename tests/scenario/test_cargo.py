"""Which cargoes a run moves, and what is left of network, closures and changes for that."""

from __future__ import annotations

import pytest
from small import Small, expect

from sim.network.cargo_scope import carrying
from sim.network.checks import check
from sim.network.freight.legs import find_legs

OVER = 'title = "Over"\nextends = "year.toml"\ncargo = {}\n'
CLOSURE = '\n[[closure]]\nelement = {}\nfrom = 2022-02-01\nuntil = 2022-03-01\nsource = "atlas"\n'
CHANGE = '\n[[change]]\nelement = "{}"\nfield = "{}"\nvalue = "{}"\nfrom = 2022-02-01\nsource = "atlas"\n'


def _cargo(small: Small, cargo: str) -> None:
    small.edit("year.toml", ("seed = 7", f"seed = 7\ncargo = {cargo}"))


def test_run_moves_all_cargoes_unless_it_says_which(small: Small) -> None:
    whole = small.load()
    assert whole.cargo == ("crude", "boxes", "ore")
    assert whole.network == small.network()
    _cargo(small, '["ore", "boxes", "crude", "ore"]')
    assert small.load().cargo == ("crude", "boxes", "ore")
    assert small.load().network == whole.network


def test_run_of_crude_has_nothing_of_boxes_and_wagons(small: Small) -> None:
    _cargo(small, '"crude"')
    crude = small.load()
    assert crude.cargo == ("crude",)
    for name, table in crude.network.kinds():
        dry = name in ("lines", "yards", "quays", "services", "demands", "corridors")
        assert table == ({} if dry else getattr(small.network(), name))
    assert crude.network.history == small.network().history


def test_run_of_boxes_has_its_own_corridors_and_the_lines_of_these(small: Small) -> None:
    small.append("lines", "spare,Used by none,rail,east,west,EE,10,1,,,,,,atlas,\n")
    small.edit("services", ("Trains north,taiga crossing", "Trains north,taiga crossing spare"))
    _cargo(small, '["boxes"]')
    closure = (small.folder / "year.toml").read_text(encoding="utf-8").split("\n[[closure]]")[0]
    small.write("year.toml", closure)
    network = small.load().network
    assert not network.shippers and not network.links and not network.stocks and not network.history
    assert [*network.demands] == ["goods"]
    assert [*network.corridors] == ["over-the-narrows", "through-the-north", "by-ocean"]
    assert [*network.lines] == ["plain", "narrows", "hill", "taiga", "crossing", "ocean"]
    assert network.services["taiga.train"].lines == ("taiga", "crossing")
    assert "ore.train" not in network.services
    assert network.places == small.network().places
    assert network.weather == small.network().weather


@pytest.mark.parametrize("cargo", ["crude", "boxes", "ore"])
def test_what_is_left_is_sound_alone(small: Small, cargo: str) -> None:
    whole = small.network()
    part = carrying(whole, [cargo])
    check(part)
    assert {leg.cargo for leg in find_legs(part).legs} == ({cargo} if cargo != "crude" else set())
    assert carrying(part, [cargo]) == part


@pytest.mark.parametrize(
    ("cargo", "value", "words"),
    [
        ('"boxs"', "boxs", ("no cargo has this id", "did you mean boxes?")),
        ('["crude", "grain"]', "grain", ("no cargo has this id", "cargoes here: crude, boxes, ore")),
        ('"idle"', "idle", ("nobody sends this cargo", "sent here: crude, boxes, ore")),
        ("[]", [], ("at least one is needed",)),
        ("7", 7, ("a text, or a list of texts",)),
        ('""', "", ("a text, or a list of texts",)),
    ],
)
def test_cargo_that_cannot_be_moved_is_reported(
    small: Small, cargo: str, value: object, words: tuple[str, ...]
) -> None:
    small.append("cargoes", "idle,Never sent,t,,,atlas,\n")
    _cargo(small, cargo)
    expect(small.faults(), small.folder / "year.toml", 6, "cargo", value, *words)


def test_cargo_has_no_place_in_a_policy(small: Small) -> None:
    file = small.edit("wider.toml", ('title = "A policy"', 'title = "A policy"\ncargo = "crude"'))
    expect(small.faults("year.toml", "wider.toml"), file, None, "cargo", None, "this is a scenario")


def test_closure_keeps_those_elements_that_are_carried(small: Small) -> None:
    _cargo(small, '"crude"')
    small.edit("year.toml", ('"port.spm1"', '["port.spm1", "plain", "lagoon"]'))
    assert small.load().disturbances[0].elements == ("port.spm1",)


def test_closure_outside_the_cargoes_of_a_run_is_reported_at_its_line(small: Small) -> None:
    _cargo(small, '"crude"')
    file = small.append("year.toml", CLOSURE.format('["plain", "lagoon"]'))
    words = "is not part of this run, which carries crude only"
    expect(small.faults(), file, 'element = ["plain', "element", "plain lagoon", words)


def test_inherited_closure_of_what_the_run_does_not_carry_is_left_out(small: Small) -> None:
    small.append("year.toml", CLOSURE.format('"plain"'))
    small.write("over.toml", OVER.format('"crude"'))
    assert [item.elements for item in small.load("over.toml").disturbances] == [("port.spm1",)]
    small.write("over.toml", OVER.format('["boxes", "ore"]'))
    assert [item.elements for item in small.load("over.toml").disturbances] == [("plain",)]
    over = small.append("over.toml", CLOSURE.format('"port.spm2"'))
    words = "is not part of this run, which carries boxes and ore only"
    expect(small.faults("over.toml"), over, 6, "element", "port.spm2", words)


def test_closure_that_its_own_file_does_not_carry_is_a_fault_in_the_file_that_extends_it_too(
    small: Small,
) -> None:
    _cargo(small, '"crude"')
    file = small.append("year.toml", CLOSURE.format('"plain"'))
    small.write("over.toml", OVER.format('"crude"'))
    expect(small.faults("over.toml"), file, 'element = "plain"', "element", "plain", "not part of this run")
    small.write("over.toml", OVER.format('["crude", "boxes"]'))
    assert len(small.load("over.toml").disturbances) == 2


def test_policy_outside_the_cargoes_of_a_run_is_reported(small: Small) -> None:
    _cargo(small, '["boxes"]')
    small.edit("year.toml", ('"port.spm1"', '"plain"'))
    words = "is not part of this run, which carries boxes only"
    faults = small.faults("year.toml", "wider.toml")
    expect(faults, small.folder / "wider.toml", 4, "element", "trunk", words)


def test_setting_outside_the_cargoes_of_a_run_is_reported(small: Small) -> None:
    _cargo(small, '"crude"')
    words = "is not part of this run, which carries crude only"
    expect(small.faults(settings=("boat.vehicles=3",)), None, None, "--set boat.vehicles", "boat", words)


def test_change_of_a_place_is_part_of_any_run(small: Small) -> None:
    _cargo(small, '["crude"]')
    assert small.load(settings=("lagoon.name=Bight",)).network.places["lagoon"].name == "Bight"


def test_inherited_change_of_what_the_run_does_not_carry_is_left_out(small: Small) -> None:
    small.append("year.toml", CHANGE.format("plain", "paths", "2 train/day"))
    small.append("year.toml", CHANGE.format("port.spm1", "rate", "9000 t/h"))
    assert [change.element for change in small.load().dated] == ["plain", "port.spm1"]
    over = small.write("over.toml", OVER.format('"crude"'))
    assert [change.element for change in small.load("over.toml").dated] == ["port.spm1"]
    small.append("over.toml", CHANGE.format("plain", "paths", "3 train/day"))
    words = "is not part of this run, which carries crude only"
    expect(small.faults("over.toml"), over, 'element = "plain"', "element", "plain", words)


def test_history_of_what_the_run_does_not_carry_is_left_out(small: Small) -> None:
    small.append("history", "plain.2022,plain,paths,2022-02-01,2022-03-01,2,report-2021,\n")
    assert len(small.load().dated) == 2
    _cargo(small, '"crude"')
    assert small.load().dated == ()
    assert [*small.load().network.history] == ["trunk.2010"]


def test_faults_of_the_network_are_reported_for_any_cargo(small: Small) -> None:
    _cargo(small, '"crude"')
    file = small.edit("corridors", ("plain narrows hill", "plain hill"))
    expect(small.faults(), file, 2, "lines", "hill", "does not go on from lagoon")


def test_history_that_no_run_could_follow_is_no_fault_where_it_is_not_carried(small: Small) -> None:
    small.append("history", "plain.2022,plain,days,2022-02-01,,3 day,report-2021,\n")
    words = "cannot change during a run"
    expect(small.faults(), small.table("history"), "plain.2022", "field", "days", words)
    _cargo(small, '"crude"')
    assert small.load().dated == ()
