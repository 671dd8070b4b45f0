"""Storms: their number, length and season, independent of everything else."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from math import exp, sqrt

import numpy as np
from builders import START, closure, run, scenario, stormy, terminal, with_changes
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.weather import storms

YEAR = 365.0
RUNS = 300


def years(rate: float, duration: float, months: range = range(1, 13)) -> list[list[tuple[float, float]]]:
    rows = stormy("port", rate, duration, months)
    return [storms(rows, START, YEAR, 5, replication) for replication in range(RUNS)]


def within_three_sigma(samples: list[float], expected: float) -> bool:
    error = float(np.std(samples, ddof=1)) / sqrt(len(samples))
    return abs(float(np.mean(samples)) - expected) <= 3 * error


def test_rare_short_storms_come_at_the_rate_and_last_the_time_of_their_month() -> None:
    """So rare and short that hardly two ever meet: 0.5 a month of a thousandth of a day."""
    found = years(0.5, 0.001)
    assert within_three_sigma([float(len(year)) for year in found], 0.5 * YEAR / 30.4375)
    assert within_three_sigma([end - begin for year in found for begin, end in year], 0.001)


def test_storms_that_meet_close_a_port_as_long_as_the_busy_time_of_infinitely_many_servers() -> None:
    """Poisson starts of rate a, mean length s: closed for 1 - exp(-as) of the time (M/G/infinity)."""
    rate, duration = 6.0, 1.5
    closed = [
        sum(min(end, YEAR) - max(begin, 60.0) for begin, end in year if end > 60.0) / (YEAR - 60.0)
        for year in years(rate, duration)
    ]
    assert within_three_sigma(closed, 1.0 - exp(-rate / 30.4375 * duration))


def test_storms_blow_only_in_the_months_that_have_them() -> None:
    """April, May and June are days 90 to 181 of 2022."""
    begins = [begin for year in years(5.0, 1.0, range(4, 7)) for begin, _ in year]
    assert min(begins) >= 90.0
    assert max(begins) < 181.0
    assert within_three_sigma(begins, 135.5)


def test_a_run_that_starts_within_a_month_gets_what_is_left_of_it() -> None:
    rows = stormy("port", 30.4375, 1e-6, range(1, 2))
    counts = [float(len(storms(rows, date(2022, 1, 22), 60.0, 5, n))) for n in range(RUNS)]
    assert within_three_sigma(counts, 10.0)


@given(st.floats(0.1, 40.0), st.floats(0.01, 20.0), st.floats(1.0, 800.0), st.integers(0, 99))
def test_storms_come_in_order_apart_and_within_the_run(
    rate: float, duration: float, days: float, replication: int
) -> None:
    found = storms(stormy("port", rate, duration), START, days, 5, replication)
    assert all(0.0 <= begin < days and begin <= end for begin, end in found)
    assert all(end < following for (_, end), (following, _) in pairwise(found))


def test_a_longer_run_has_the_same_storms_to_begin_with() -> None:
    rows = stormy("port", 3.0, 1.0)
    short, long = storms(rows, START, 45.0, 5, 0), storms(rows, START, 400.0, 5, 0)
    assert short
    assert long[: len(short)] == short


def test_no_rows_no_storms() -> None:
    assert storms([], START, YEAR, 5, 0) == []


def test_the_same_storms_blow_whatever_else_is_changed() -> None:
    base = terminal(farm=500.0, extra=[*stormy("port", 4.0, 1.0), *stormy("well-field", 2.0, 1.0)])
    wide = with_changes(
        terminal(farm=900.0, moorings=3, rate=150.0, extra=stormy("port", 4.0, 1.0)),
        tanker={"load": 70.0, "jitter": 0.5},
    )

    def blown(asked: object) -> list[tuple[float, str]]:
        events = run(asked).journal.events  # type: ignore[arg-type]
        return [(h.time, h.kind) for h in events if h.kind in ("storm", "calm") and h.element == "port"]

    first = blown(scenario(base, 100))
    assert len(first) > 10
    assert blown(scenario(wide, 100, closure("pipe", 20, 40))) == first
    assert blown(scenario(wide, 100, seed=2)) != first


def test_a_storm_shuts_the_berths_that_weather_limits_and_no_others() -> None:
    made = with_changes(terminal(moorings=2, extra=stormy("port", 4.0, 1.0)), spm2={"weather_limited": False})
    outcome = run(scenario(made, 100))
    shares = outcome.journal.steps
    assert ("share", "spm2") not in shares
    times = [h.time for h in outcome.journal.events if h.kind in ("storm", "calm")]
    assert shares["share", "spm1"].times == times
    assert shares["share", "spm1"].values == [0.0, 1.0] * (len(times) // 2) + [0.0] * (len(times) % 2)
