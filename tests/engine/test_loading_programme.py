"""The loading programme: tankers come for all the oil there is, and not for more."""

from __future__ import annotations

from itertools import pairwise

import pytest
from builders import closure, run, scenario, stormy, terminal

from sim.engine.oil.loading_programme import MIN_INTERVAL
from sim.measures.traffic import traffic


@pytest.mark.parametrize("lead", [0.0, 0.1, 1.0, 5.0])
@pytest.mark.parametrize("reserve", [None, 0.5, 3.0])
def test_a_terminal_that_can_load_all_that_comes_always_does(lead: float, reserve: float | None) -> None:
    """100 t a day come in, the berth is good for more; what was not sold at the end lies in the farm."""
    outcome = run(scenario(terminal(lead=lead, reserve=reserve), 100))
    assert outcome.balance.curtailed == pytest.approx(0.0, abs=1e-6)
    assert outcome.balance.sold >= 100 * 100 - 1000
    calls = outcome.journal.calls
    assert len(calls) == pytest.approx((100 * 100 - 900) / 100, abs=2)


def test_in_steady_work_tankers_come_at_the_pace_of_the_oil() -> None:
    """A load of 100 at 100 a day: one call a day, but for a review that comes a moment too early."""
    calls = run(scenario(terminal(lead=2.0, reserve=3.0), 60)).journal.calls
    gaps = [later.arrived - earlier.arrived for earlier, later in pairwise(calls)]
    assert gaps == pytest.approx([1.0] * len(gaps), abs=MIN_INTERVAL + 1e-9)
    assert len(gaps) > 40


def test_in_steady_work_no_tanker_waits() -> None:
    calls = run(scenario(terminal(lead=2.0, reserve=3.0), 60)).journal.calls
    assert max(call.berthed - call.arrived for call in calls) == pytest.approx(0.0, abs=1e-9)


def test_no_more_tankers_are_called_for_a_planned_stop_than_can_load() -> None:
    """The berth shuts for 20 days: known in advance, no ship comes; unknown, those on their way wait."""
    waits = []
    for planned in (True, False):
        shut = closure("spm1", 30, 50, planned=planned)
        outcome = run(scenario(terminal(lead=5.0, reserve=3.0), 80, shut))
        waiting = traffic(outcome.journal)["waiting", "sea"]
        waits.append(max(value for day, value in zip(waiting.times, waiting.values, strict=True) if day < 49))
    assert waits[0] < waits[1]


def test_jittered_arrivals_come_in_another_order_of_random_draws_in_each_replication() -> None:
    asked = scenario(terminal(lead=5.0, reserve=3.0, jitter=0.5), 60)
    arrivals = [[call.arrived for call in run(asked, replication).journal.calls] for replication in (0, 1)]
    assert arrivals[0] != arrivals[1]


def test_arrivals_keep_their_random_draws_whatever_the_weather() -> None:
    """The first tankers are called before any storm: they arrive at the same moments."""
    calm = terminal(lead=5.0, reserve=3.0, jitter=0.5)
    rough = terminal(lead=5.0, reserve=3.0, jitter=0.5, extra=stormy("port", 4.0, 1.0, [2]))
    first, second = (
        [call.arrived for call in run(scenario(made, 60)).journal.calls if call.left < 31.0]
        for made in (calm, rough)
    )
    assert first
    assert first == second
