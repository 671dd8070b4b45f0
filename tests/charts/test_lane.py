"""Lane of closures above a chart: packed into few rows, its names never touching."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sim.charts import text_metrics
from sim.charts.chart import Closure
from sim.charts.lane import MAX_ROWS, PADDING, SIZE, lane, lane_height


def closure(name: str, begin: float, end: float, planned: bool = False) -> Closure:
    return Closure(name=name, intervals=((begin, end),), planned=planned)


def test_a_name_stands_on_its_bar_or_beside_it_within_the_axes() -> None:
    wide, late = lane([closure("Wide", 0, 50), closure("Late", 98, 100)], 100.0, 600.0)
    assert wide.text_at == 0.0
    assert late.text_at * 6.0 + text_metrics.width("Late", SIZE) < 98.0 * 6.0


def test_too_many_closures_share_the_last_row_with_their_count() -> None:
    entries = lane([closure(f"Closure {n}", 0, 100) for n in range(20)], 100.0, 600.0)
    assert len(entries) == MAX_ROWS
    assert entries[-1].name == f"and {20 - MAX_ROWS + 1} more"
    assert lane_height(entries, 1.0) == MAX_ROWS


def test_only_the_edges_of_closures_that_were_not_planned_are_marked() -> None:
    storm, overhaul = lane(
        [closure("Storm", 10, 100), closure("Overhaul", 20, 30, planned=True)], 100.0, 600.0
    )
    assert storm.edges(100.0) == [10]
    assert overhaul.edges(100.0) == []


names = st.text("abcdefg hij", min_size=1, max_size=200).filter(str.strip)
closures = st.builds(closure, names, st.floats(0, 90), st.floats(91, 100), st.booleans())


@given(st.lists(closures, max_size=12))
def test_names_in_one_row_never_touch(some: list[Closure]) -> None:
    days, width = 100.0, 600.0
    taken: dict[int, list[tuple[float, float]]] = {}
    for entry in lane(some, days, width):
        first = entry.text_at * width / days
        last = first + text_metrics.width(entry.name, SIZE) + 2 * PADDING
        assert first >= 0.0
        assert last <= width + 1e-6
        assert all(last < a or b < first for a, b in taken.get(entry.row, []))
        taken.setdefault(entry.row, []).append((first, last))
