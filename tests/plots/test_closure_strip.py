"""The strip of closure names: merged by label, packed without touching."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from made_up_records import Span

from sim.charts import text_metrics
from sim.plots.closures import MOST_ROWS, SIZE, entries, placed
from sim.plots.dates import day, period


def span(label: str, start: float, end: float, planned: bool = False, remaining: float = 0.0) -> Span:
    return Span(label=label, elements=(), start=start, end=end, remaining=remaining, planned=planned)


def test_spans_of_one_label_are_named_once() -> None:
    (entry,) = entries([span("Storm", 5, 7), span("Storm", 6, 9), span("Storm", 20, 21)], 30.0)
    assert entry.intervals == ((5, 9), (20, 21))


def test_only_what_is_shut_within_the_run_is_told() -> None:
    assert (
        entries([span("Before", -5, 0), span("After", 30, 40), span("Open", 1, 2, remaining=1.0)], 30.0) == []
    )
    (entry,) = entries([span("Across", -5, 50)], 30.0)
    assert entry.intervals == ((0.0, 30.0),)


def test_planned_closures_say_that_they_are() -> None:
    names = [
        entry.name for entry in entries([span("Overhaul", 1, 2, True), span("Maintenance", 3, 4, True)], 9.0)
    ]
    assert names == ["Overhaul (planned)", "Maintenance"]


def test_a_name_stands_on_its_bar_or_beside_it_within_the_axes() -> None:
    wide, late = placed(entries([span("Wide", 0, 50), span("Late", 98, 100)], 100.0), 100.0, 600.0)
    assert wide.text_at == 0.0
    assert late.text_at < 98.0
    assert late.text_at * 6.0 + text_metrics.width("Late", SIZE) < 98.0 * 6.0


def test_too_many_closures_end_in_a_count_of_the_rest() -> None:
    shown = placed(entries([span(f"Closure number {n}", 0, 100) for n in range(20)], 100.0), 100.0, 600.0)
    assert shown[-1].name == f"… and {20 - MOST_ROWS} more"
    assert max(entry.row for entry in shown) == MOST_ROWS


labels = st.text("abcdefg hij", min_size=1, max_size=200).filter(str.strip)
spans = st.builds(span, labels, st.floats(0, 90), st.floats(91, 120), st.booleans())


@given(st.lists(spans, max_size=12))
def test_names_in_one_row_never_touch(some: list[Span]) -> None:
    days, width = 100.0, 600.0
    taken: dict[int, list[tuple[float, float]]] = {}
    for entry in placed(entries(some, days), days, width):
        first = entry.text_at * width / days
        last = first + text_metrics.width(entry.name, SIZE)
        assert first >= 0.0
        assert last <= width + 1e-6
        assert all(last < a or b < first for a, b in taken.get(entry.row, []))
        taken.setdefault(entry.row, []).append((first, last))


def test_dates_are_told_in_words() -> None:
    assert day(date(2022, 1, 1), 79.9) == "21 Mar 2022"
    assert period(date(2022, 1, 1), 79.0, 112.0) == "21 Mar 2022 – 22 Apr 2022"
