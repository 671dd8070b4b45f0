"""The plots over time: what they say, and that it is what the journal says."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from math import inf

import matplotlib
import numpy as np
import pytest
from made_up_records import SHUT, UPKEEP, USUAL, Record, Span, journal, record
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.dates import date2num
from matplotlib.text import Text

from sim.engine.journal import Journal
from sim.measures.series import step_means
from sim.plots.curtailment import curtailment
from sim.plots.exports import routes, total_exports
from sim.plots.overlay import throughput_overlay
from sim.plots.queue import queue
from sim.plots.style import blank
from sim.plots.tank import tank_level, throttled
from sim.plots.throughput import throughput

MANY = tuple(
    Span(label=label, elements=(), start=start, end=end, remaining=0.0, planned=planned)
    for label, start, end, planned in (
        ("Storm damage to floating hoses at SPM-1 and SPM-2", 80, 113, False),
        (
            "Sea mines found near the roads, terminal closed by the harbour master until swept",
            166,
            178,
            False,
        ),
        ("Court order to suspend loading for thirty days, later turned into a fine", 186, 192, False),
        ("Attack on a pumping station", 175, 260, False),
        ("Replacement of the subsea hoses of the last mooring", 350, 365, False),
        ("Storm", 20, 23, False),
        ("Storm", 330, 334, False),
        ("Yearly maintenance of the CPC", 230, 233, True),
        ("Kashagan overhaul", 152, 195, True),
    )
)
PLOTS = {
    "throughput": lambda made, ax=None: throughput(made, ax),
    "tank": lambda made, ax=None: tank_level(made, "cpc.tanks", ax),
    "curtailment": lambda made, ax=None: curtailment(made, ax),
    "queue": lambda made, ax=None: queue(made, "cpc-med", ax),
    "overlay": lambda made, ax=None: throughput_overlay([made, made], ["Baseline", "Moorings shut"], ax),
}


def words(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def legend(ax: Axes) -> list[str]:
    found = ax.get_legend()
    return [] if found is None else [text.get_text() for text in found.get_texts()]


def top_at(ax: Axes, x: float) -> float:
    """The top of a stack at one x."""
    tops = []
    for layer in ax.collections:
        if isinstance(layer, PolyCollection):
            corners = layer.get_paths()[0].vertices
            tops.extend(corners[np.isclose(corners[:, 0], x), 1])
    return max(tops)


@pytest.fixture(params=sorted(PLOTS))
def plot(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_plot_names_its_unit_its_scenario_and_each_closure(plot: str) -> None:
    ax = PLOTS[plot](record())
    assert any(unit in ax.get_ylabel() for unit in ("kt", "number"))
    assert "shut" in ax.get_title(loc="left")
    assert {SHUT.label, UPKEEP.label} <= set(words(ax))


def test_no_words_cover_each_other_even_among_many_long_closures(plot: str) -> None:
    ax = PLOTS[plot](record(spans=MANY, title="A rather long title of a scenario " * 5))
    figure = ax.figure
    figure.draw_without_rendering()
    found = ax.get_legend()
    written: list[Text] = [*ax.texts, *ax.xaxis.get_ticklabels(), *(found.get_texts() if found else ())]
    written += [ax.yaxis.label, ax._left_title]  # type: ignore[attr-defined]
    boxes = [(text.get_text(), text.get_window_extent()) for text in written if text.get_text()]
    for (one, here), (other, there) in combinations(boxes, 2):
        assert not here.padded(-0.5).overlaps(there.padded(-0.5)), (one, other)
    for text, box in boxes:
        assert figure.bbox.x0 <= box.x0, text
        assert box.x1 <= figure.bbox.x1, text
        assert figure.bbox.y0 <= box.y0, text
        assert box.y1 <= figure.bbox.y1, text


def test_plots_draw_on_the_axes_that_are_given(plot: str) -> None:
    ax = blank()
    assert PLOTS[plot](record(), ax) is ax
    assert ax.figure.get_size_inches().tolist() == [10.0, 5.0]


def test_plots_leave_matplotlib_settings_alone(plot: str) -> None:
    before = dict(matplotlib.rcParams)
    PLOTS[plot](record())
    assert dict(matplotlib.rcParams) == before


def test_time_is_told_as_dates_over_the_whole_run(plot: str) -> None:
    ax = PLOTS[plot](record())
    assert ax.get_xlim() == (date2num(date(2022, 1, 1)), date2num(date(2023, 1, 1)))
    labels = [label.get_text() for label in ax.get_xticklabels()]
    assert labels[:3] == ["Jan\n2022", "Feb", "Mar"]
    assert labels[-1] == "Jan\n2023"


def test_throughput_stacks_every_route_up_to_the_total() -> None:
    made = record()
    ax = throughput(made)
    times = np.asarray([40.0, 95.0, 300.0])
    totals = total_exports(made, "crude", times, 7.0) / 1e3
    for time, total in zip(times, totals, strict=True):
        assert top_at(ax, date2num(made.start) + time) == pytest.approx(total)
    assert set(routes(made.network, "crude")) <= set(legend(ax))


def test_total_exports_are_those_of_all_markets_in_the_journal() -> None:
    made = record(spans=())
    by_hand = sum(
        step_means(made.journal.steps["exported", market], made.days, [96.5, 103.5])[0] for market in USUAL
    )
    assert total_exports(made, "crude", np.asarray([100.0]), 7.0)[0] == pytest.approx(by_hand)


def test_throughput_has_a_second_axis_in_barrels() -> None:
    ax = throughput(record())
    (right,) = ax.child_axes
    assert right.get_ylabel() == "Mb/d, at 7.92 bbl/t"
    ax.figure.draw_without_rendering()
    assert right.get_ylim()[1] == pytest.approx(ax.get_ylim()[1] * 7.92 / 1e3)


def test_throughput_draws_the_total_of_a_baseline_dashed() -> None:
    base = record(spans=(), title="Baseline 2022")
    ax = throughput(record(), baseline=base)
    (line,) = [line for line in ax.lines if line.get_label() == "Total in: Baseline 2022"]
    assert line.is_dashed()
    at = np.asarray([97.0])
    assert np.interp(at + date2num(base.start), line.get_xdata(), line.get_ydata()) == pytest.approx(
        total_exports(base, "crude", at, 7.0) / 1e3
    )


def test_short_runs_are_shown_by_the_day() -> None:
    made = record(days=40.0, spans=(), start=date(2022, 3, 21))
    ax = throughput(made)
    assert any("daily mean" in text for text in words(ax))
    assert top_at(ax, date2num(made.start) + 20.0) == pytest.approx(
        total_exports(made, "crude", np.asarray([20.0]), 1.0)[0] / 1e3
    )


def test_curtailment_stacks_shippers_up_to_the_daily_total_and_tells_the_sum() -> None:
    made = record()
    ax = curtailment(made)
    edges = np.arange(366.0)
    total = np.sum(
        [
            step_means(series, 365.0, edges)
            for (quantity, _), series in made.journal.steps.items()
            if quantity == "curtailed"
        ],
        axis=0,
    )
    assert top_at(ax, date2num(made.start) + 105.0) == pytest.approx(max(total[104:106]) / 1e3)
    assert any(f"{np.sum(total) / 1e3:,.4g} kt in all" in text for text in words(ax))
    assert legend(ax) == ["Tengiz (TCO)", "Kashagan (NCOC)", "Karachaganak (KPO)"]


def test_nothing_curtailed_is_said_in_words() -> None:
    assert "nothing was curtailed" in words(curtailment(record(journal=journal(365.0))))


def test_a_run_without_exports_or_ships_says_so() -> None:
    still = record(journal=Journal(until=365.0))
    assert "nothing was exported" in words(throughput(still))
    assert "no tankers called" in words(queue(still, "cpc-med"))


def test_one_exporting_route_is_a_stack_of_one() -> None:
    made = Journal(until=365.0)
    made.log_step("exported", "china", 0.0, 5e3)
    ax = throughput(record(journal=made))
    assert legend(ax) == ["China"]
    assert top_at(ax, date2num(date(2022, 1, 1)) + 100.0) == pytest.approx(5.0)


def test_tank_level_shows_capacity_throttle_and_when_it_was_throttled() -> None:
    ax = tank_level(record(), "cpc.tanks")
    assert {"Capacity, 1,200 kt", "Throttled from 90%", "Intake throttled, until down to 75%"} <= set(
        legend(ax)
    )
    assert "kt" in ax.get_ylabel()
    assert "Intake throttled, until down to 75%" not in legend(tank_level(record(spans=()), "cpc.tanks"))


def test_throttled_times_are_those_with_a_finite_limit() -> None:
    made = Journal(until=10.0)
    for time, limit in ((0.0, inf), (2.0, 5.0), (3.0, 4.0), (4.5, inf), (8.0, 1.0)):
        made.log_step("limit", "tanks", time, limit)
    assert list(throttled(made.steps["limit", "tanks"], 10.0)) == [(2.0, 4.5), (8.0, 10.0)]
    assert list(throttled(None, 10.0)) == []


def test_short_runs_show_every_turn_of_the_level() -> None:
    made = record(days=40.0, spans=())
    ax = tank_level(made, "cpc.tanks")
    (level,) = [line for line in ax.lines if line.get_label() == "Level"]
    points = made.journal.points["level", "cpc.tanks"]
    assert np.asarray(level.get_ydata())[: len(points.values)] * 1e3 == pytest.approx(points.values)


def test_queue_stacks_waiting_on_alongside() -> None:
    made = record(days=40.0, spans=())
    ax = queue(made, "cpc-med")
    assert legend(ax) == ["Tankers alongside", "Tankers waiting"]
    highest = max(made.journal.steps["waiting", "cpc-med"].values[n % 2] + 2.0 for n in range(2))
    assert ax.get_ylim()[1] == pytest.approx(highest * 1.06)


def test_overlay_has_a_line_per_run_and_shades_the_gap_of_two() -> None:
    base, shut = record(spans=()), record()
    ax = throughput_overlay([base, shut], ["Baseline", "Moorings shut"])
    assert legend(ax) == ["Baseline", "Moorings shut", "Difference"]
    assert ax.get_title(loc="left") == "Moorings shut, against “Baseline”"
    times = np.asarray([95.0])
    for line, made in zip(ax.lines, (base, shut), strict=False):
        found = np.interp(times + date2num(made.start), line.get_xdata(), line.get_ydata())
        assert found == pytest.approx(total_exports(made, "crude", times, 7.0) / 1e3)
    assert "Difference" not in legend(throughput_overlay([base, shut, base], ["A", "B", "C"]))


def test_overlay_places_runs_by_their_own_dates() -> None:
    early: Record = record(days=120.0, spans=())
    late = record(days=120.0, start=date(2022, 3, 1), spans=(SHUT,))
    ax = throughput_overlay([early, late], ["Early", "Late"])
    assert ax.get_xlim() == (date2num(date(2022, 1, 1)), date2num(date(2022, 6, 29)))
    (edge, _) = [line.get_xdata()[0] for line in ax.lines[2:]]
    assert edge == date2num(date(2022, 3, 1)) + SHUT.start
