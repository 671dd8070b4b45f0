"""Changes of a loaded scenario are the same as settings of one that is loaded."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import builders as b
import pytest
from small import Small

from sim.errors import InputError
from sim.scenario import Scenario, load
from sim.scenario.apply import apply_changes
from sim.scenario.change_grammar import read_change

FREIGHT = """
[[boycott]]
element = "country:FF"
demand = "goods"
share = "25 %"
from = 2022-03-03
until = 2022-10-03
label = "fear"
source = "report-2021"
"""


@pytest.fixture
def both(small: Small) -> Small:
    small.append("year.toml", FREIGHT)
    return small


@pytest.mark.parametrize(
    "settings",
    [
        ("trunk.capacity=10 kt/day",),
        ("trunk.capacity=10 kt/day @2022-05-01",),
        ("trunk.capacity=10 kt/day from 2021-05-01",),
        ("trunk.capacity=10 kt/day @2022-05-01", "trunk.capacity=12 kt/day @2022-04-01"),
        ("port.spm2.in_service=yes", "boat.vehicles=3"),
        ("closure:storm.days=20",),
        ("closure:storm.from=2022-04-01", "closure:st*.remaining=30 %"),
        ("closure:storm.until=2022-05-01T12:00",),
        ("closure:storm.off", "boycott:fear.off"),
        ("boycott:fear.share=40 %", "boycott:fear.premium=300 USD/FEU", "boycott:*.until=2022-06-01"),
        ("policy:wider", "spur.capacity=19 kt/day"),
        ("trunk.capacity*=1.5", "closure:storm.days*=2"),
    ],
)
def test_a_change_is_the_same_at_loading_and_after(both: Small, settings: tuple[str, ...]) -> None:
    names = [text.replace("policy:wider", f"policy:{both.folder / 'wider.toml'}") for text in settings]
    loaded, changed = both.load(settings=names), both.load().with_changes(*names)
    assert changed == loaded
    assert (changed.provenance, changed.digests) == (loaded.provenance, loaded.digests)
    assert [one.provenance for one in changed.disturbances] == [one.provenance for one in loaded.disturbances]
    assert str(changed.request).startswith("sim.load(scenario=")


def test_a_loaded_scenario_stays_as_it_was(small: Small) -> None:
    scenario = small.load()
    scenario.with_changes("trunk.capacity=1 kt/day", "closure:storm.off")
    assert scenario == small.load()


def test_a_closure_moves_with_its_dates(small: Small) -> None:
    def steps(*changes: str) -> list[tuple[float, float]]:
        return [*small.load().with_changes(*changes).disturbances[0].steps]

    [(start, low), (end, whole)] = steps()
    assert steps("closure:storm.from=2022-03-25") == [(83.0, low), (end, whole)]
    assert steps("closure:storm.until=2022-03-25") == [(start, low), (83.0, whole)]
    assert steps("closure:storm.days=14 d") == [
        (start, low),
        (start + 14, whole),
    ]
    assert steps("closure:storm.remaining=0.5") == [(start, 0.5), (end, whole)]


def test_boycott_that_stays_can_get_an_end(both: Small) -> None:
    both.edit("year.toml", ("until = 2022-10-03\n", ""))
    [boycott] = both.load().boycotts
    assert boycott.end == inf
    [ended] = both.load().with_changes("boycott:fear.until=2022-03-13").boycotts
    assert ended.end - ended.start == 10.0


def test_later_changes_of_a_field_give_way_to_one_that_is_set(small: Small) -> None:
    small.change("trunk", "capacity", '"6 kt/day"', "from = 2022-06-01")
    scenario = small.load("year.toml", "wider.toml")
    assert [change.value for change in scenario.dated] == [6000.0]
    assert scenario.with_changes("trunk.capacity=5 kt/day").dated == ()
    days = [
        (change.day, change.value)
        for change in scenario.with_changes("trunk.capacity=5 kt/day @2022-05-01").dated
    ]
    assert days == [(120.0, 5000.0)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("trnk.capacity=5 kt/day", "did you mean trunk"),
        ("storm.days=5", "did you mean closure:storm.days?"),
        ("trunk.capacity=5 kt/day @2023-05-01", "takes hold after the run"),
        ("trunk.tariff=5 USD/t @2022-05-01", "cannot change during a run"),
        ("port.tags=coast", "give it as one of load's settings"),
        ("closure:strom.off", "did you mean storm?"),
        ("closure:storm.days=-1", "cannot be negative"),
        ("closure:storm.days=5 km", "does not measure this"),
        ("closure:storm.remaining=1.2", "a share is 0 to 1"),
        ("closure:storm.until=2022-01-01", "the closure ends before it begins"),
        ("closure:storm.from=2024-01-01", "the closure ends before it begins"),
        ("boycott:fear.premium=300", "a unit is needed here"),
        ("boycott:fear.from=2023-01-01", "the boycott ends before it begins"),
        ("policy:spare-moring", "did you mean spare-mooring"),
        ("port.tanks.throttle_at=50 %", "lies above throttle_at"),
    ],
)
def test_a_change_that_does_not_fit_is_refused_at_loading_and_after(
    both: Small, text: str, words: str
) -> None:
    with pytest.raises(InputError) as after:
        both.load().with_changes(text)
    assert words in str(after.value)
    if "load's settings" not in words:
        with pytest.raises(InputError) as at_loading:
            both.load(settings=(text,))
        assert words in str(at_loading.value)


def test_policy_can_change_closures_in_one_text(small: Small) -> None:
    change = '[[change]]\nchange = "closure:storm.days=20"\nsource = "assumed"\nreason = "mended sooner"\n'
    small.write("sooner.toml", f'title = "Sooner"\n\n{change}')
    [closure] = small.load("year.toml", "sooner.toml").disturbances
    assert closure.until - closure.start == 20.0
    assert (closure.provenance.file, closure.provenance.line) == ("sooner.toml", 3)
    assert closure.provenance.reason == "mended sooner"
    small.edit("sooner.toml", ("storm", "strom"))
    [fault] = small.faults("year.toml", "sooner.toml")
    assert (fault.file, fault.line) == (small.folder / "sooner.toml", 3)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('change = "closure:storm.dais=20"', 4, "did you mean days?"),
        ("change = 5", 4, "should be a change in quotes"),
        ('change = "policy:wider"', 4, "lay it over with --policy"),
        ('change = "trunk.capacity=5 kt/day"\nelement = "trunk"', 3, "leave out element"),
    ],
)
def test_a_change_in_one_text_that_is_wrong_has_its_line(
    small: Small, text: str, line: int, words: str
) -> None:
    file = small.write("own.toml", f'title = "Own"\n\n[[change]]\n{text}\nsource = "assumed"\nreason = "x"\n')
    [fault] = small.faults("year.toml", "own.toml")
    assert (fault.file, fault.line) == (file, line)
    assert words in str(fault)


def test_a_stock_too_small_for_a_ship_in_a_closure_is_refused() -> None:
    half = b.closure("baku.btc-tanks", 10, 20, remaining=0.5, label="half")
    scenario = replace(load("baseline-2022"), disturbances=(half,))
    assert scenario.with_changes("baku.btc-tanks.capacity=24 kt").disturbances == (half,)
    with pytest.raises(InputError, match=r"capacity: half: leaves less room than a ship's load"):
        scenario.with_changes("baku.btc-tanks.capacity=23 kt")


def test_scenario_built_in_code_takes_changes_too() -> None:
    made = b.scenario(b.terminal(), 60, b.closure("pipe", 10, 20, label="the pipe"))
    assert made.with_changes("closure:the pipe.off").disturbances == ()
    changed = apply_changes(made, [read_change("pipe.capacity=800 t/day")])
    assert isinstance(changed, Scenario)
    assert changed.network.links["pipe"].capacity == 800.0


def test_moorings_are_shut_for_less_time() -> None:
    scenario = load("mooring-shutdown-2022", settings=["closure:SPM-*.days=20"])
    assert scenario.name == "mooring-shutdown-2022+closure-SPM--.days=20"
    lengths = [one.until - one.start for one in scenario.disturbances if one.label.startswith("SPM")]
    assert lengths == [20.0] * 3


def test_a_quay_of_a_boycotted_network_is_put_in_service_at_loading(both: Small) -> None:
    both.edit("quays", ("15 TEU/h,2 h,1 h,,,pier", "15 TEU/h,2 h,1 h,,yes,pier"))
    with pytest.raises(InputError, match="have been chosen by it"):
        both.load().with_changes("cape.pier.in_service=yes")
    assert both.load(settings=("cape.pier.in_service=yes",)).network.quays["cape.pier"].in_service
