"""Findings of sweeps in words: where a measure breaks even, and between what it varies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.charts.studies.wording import amount, decimals_for, is_clear, titled, value_at
from sim.charts.wording import count as count_of
from sim.charts.wording import listed
from sim.scenario.numbers import Number
from sim.studies.differences import difference
from sim.studies.request import MeasureRequest
from sim.studies.sweep.break_even import BreakEven
from sim.studies.sweep.results import Point, Sweep


def line_finding(
    results: Sweep, measure: MeasureRequest, level: float | None, crossings: Sequence[BreakEven]
) -> str:
    """State where a measure breaks even along one number, else how it changes from end to end."""
    number = results.varied[0].number
    if crossings:
        places = [with_interval(crossing, number) for crossing in crossings]
        return (
            f"{measure}: equal to {level_name(results, measure, level)} {condition(number, listed(places))}"
        )
    nowhere = "" if level is None else f"; nowhere {level:,.6g} {measure.unit}".rstrip()
    return f"{measure}: {change_along(results, measure)}{nowhere}"


def level_name(results: Sweep, measure: MeasureRequest, level: float | None) -> str:
    """Return what a measure is compared with: `2 Mt`, or `the scenario's 1.80 ± 0.30 Mt`."""
    if level is not None:
        return f"{level:,.6g} {measure.unit}".strip()
    return f"the scenario's {amount(results.base.estimate(measure), measure.unit)}"


def clear_break_evens(results: Sweep, measure: MeasureRequest, level: float | None) -> list[BreakEven]:
    """Return where a measure breaks even along one number.

    Without a level there is none unless some value makes a clear difference from the unchanged scenario.
    """
    if level is None and not any(is_clear(change.difference) for change in results.differences(measure)):
        return []
    return results.break_evens(measure, level).get((), [])


def with_interval(break_even: BreakEven, number: Number) -> str:
    """Return a break-even with its interval where that has both ends: `11.5 days (95\u00a0%: 10.3–12.7)`."""
    is_share = number.name.endswith(".share") and not number.unit
    factor, unit = (100.0, "%") if is_share else (1.0, number.unit)
    text = value_at(factor * break_even.at, unit)
    if break_even.low is None or break_even.high is None:
        return text
    low, high = (value_at(factor * end, "") for end in (break_even.low, break_even.high))
    return f"{text} (95\u00a0%: {low}–{high})"


def condition(number: Number, value: str) -> str:
    """Return the condition that a number has a value: `if the closure SPM-3 lasts 11.5 days`."""
    kind, _, label = number.name.rpartition(".")[0].partition(":")
    field = number.name.rpartition(".")[2]
    if kind == "closure" and field == "days":
        return f"if {'each' if '*' in label else 'the'} closure {label} lasts {value}"
    if kind == "boycott" and field == "share":
        return f"if {value} of shippers refuse ({label})"
    return f"if {phrase(number)} is {value}"


def phrase(number: Number) -> str:
    """Return a number as a noun phrase: `reserve of CPC terminal tank farm`."""
    owner, comma, field = number.title.rpartition(", ")
    article = "the " if ":" in number.name else ""  # of a closure or a boycott
    return f"{field} of {article}{owner}" if comma else number.title


def change_along(results: Sweep, measure: MeasureRequest) -> str:
    """Return how a measure changes as the first number goes from its lowest to its highest value."""
    number = results.varied[0].number
    order = sorted(range(len(results.points)), key=lambda n: results.points[n][0])
    first, last = (results.ensembles[n] for n in (order[0], order[-1]))
    low, high = (value_at(results.points[n][0], number.unit) for n in (order[0], order[-1]))
    across = f"as the {phrase(number)} goes from {low.partition(' ')[0]} to {high}"
    before, after = first.estimate(measure), last.estimate(measure)
    change = difference(first, last, measure).difference
    if before is None or after is None or change is None:
        return "no value at one end"
    count = len(results.base)
    if count > 1 and not is_clear(change):
        return f"no change beyond chance {across} ({count_of(count, 'replication')})"
    verb = "rises" if change.mean > 0.0 else "falls" if change.mean < 0.0 else "stays the same"
    ends = f"from {amount(before, '')} to {amount(after, measure.unit)}"
    return f"{verb} {ends} {across}" if change.mean else f"{verb} {across}"


def map_finding(results: Sweep, measure: MeasureRequest) -> str:
    """State the least and the greatest mean over several numbers, and where they are."""
    points = [
        (estimate.mean, point, ensemble)
        for point, ensemble in zip(results.points, results.ensembles, strict=True)
        if (estimate := ensemble.estimate(measure)) is not None
    ]
    if not points:
        return f"{measure}: no value anywhere"
    least, greatest = (pick(points, key=lambda each: each[0]) for pick in (min, max))
    if least[0] == greatest[0]:
        return f"{measure}: the same at all points"
    if len(results.base) > 1 and not is_clear(difference(least[2], greatest[2], measure).difference):
        return f"{measure}: no difference beyond chance between points ({_runs(results)})"
    decimals = decimals_for(np.array([mean for mean, _, _ in points]))
    parts = [f"{mean:,.{decimals}f} {_where(results, point)}" for mean, point, _ in (least, greatest)]
    return f"{titled(measure)}: from {parts[0]} to {parts[1]}"


def value_range(results: Sweep, place: int) -> tuple[float, float]:
    """Return the least and the greatest value tried of a number."""
    values = results.varied[place].values
    return min(values), max(values)


def _runs(results: Sweep) -> str:
    return count_of(len(results.base), "replication")


def _where(results: Sweep, point: Point) -> str:
    """Return the values of a point by the fields of its numbers: `(reserve 4 days, length 0 days)`."""
    numbers = [varied.number for varied in results.varied]
    parts = [
        f"{number.title.rpartition(', ')[2]} {value_at(value, number.unit)}"
        for number, value in zip(numbers, point, strict=True)
    ]
    return f"({', '.join(parts)})"
