"""Closures and boycotts of a run: merged by label, cut to the days of the chart, planned ones named so."""

from __future__ import annotations

from datetime import date

from sim.charts.chart import Closure
from sim.charts.closures import closures_of, united
from sim.measures.record import Span

START = date(2022, 1, 1)


def span(label: str, start: float, end: float, planned: bool = False, remaining: float = 0.0) -> Span:
    return Span(label=label, elements=(), start=start, end=end, remaining=remaining, planned=planned)


def closures(*spans: Span, window: tuple[float, float] = (0.0, 30.0)) -> tuple[Closure, ...]:
    return closures_of(spans, (), START, window)


def test_closures_of_one_label_are_named_once() -> None:
    (closure,) = closures(span("Storm", 5, 7), span("Storm", 6, 9), span("Storm", 20, 21))
    assert closure.intervals == ((5, 9), (20, 21))


def test_only_closures_within_the_days_of_the_chart_are_named() -> None:
    assert closures(span("Before", -5, 0), span("After", 30, 40), span("Open", 1, 2, remaining=1.0)) == ()
    (closure,) = closures(span("Across", -5, 50))
    assert closure.intervals == ((0.0, 30.0),)


def test_days_count_from_the_start_of_the_chart() -> None:
    (closure,) = closures(span("Storm", 8, 22), window=(10.0, 20.0))
    assert closure.intervals == ((0.0, 10.0),)


def test_planned_closures_say_that_they_are_and_come_last() -> None:
    names = [
        closure.name
        for closure in closures(
            span("Overhaul", 1, 2, True), span("Storm", 5, 6), span("Maintenance", 3, 4, True)
        )
    ]
    assert names == ["Storm", "Overhaul (planned)", "Maintenance"]


def test_intervals_that_touch_are_one() -> None:
    assert united([(5.0, 7.0), (1.0, 2.0), (2.0, 3.0)]) == ((1.0, 3.0), (5.0, 7.0))
