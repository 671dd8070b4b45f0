"""Pictures of sweeps, stress tests and sensitivity studies: what they show, and that it can be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import matplotlib
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text
from seen import assert_nothing_overlaps, legend, words

from sim.plots.stress import Curve, Standing, apart, stress_curves, stress_ranking
from sim.plots.style import blank
from sim.plots.sweep import Crossing, Scale, Tried, sweep_line
from sim.plots.sweep_maps import sweep_map
from sim.plots.sweep_numbers import decimals_for
from sim.plots.sweep_panels import sweep_clouds, sweep_maps
from sim.plots.tornado import Blade, Weight, screening, tornado

CAPACITY = Scale(name="Tank farm at the terminal, capacity", unit="kt", ends=(400.0, 1600.0), usual=800.0)
DAYS = Scale(name="SPM-1, length", unit="day", ends=(5.0, 65.0), usual=5.0)
RESERVE = Scale(name="Tank farm at the terminal, reserve", unit="day", ends=(0.0, 6.0), usual=2.5)


def tried(*scales: Scale, count: int = 4, **given: Any) -> Tried:
    """A loss that grows with days and shrinks with what can be stored, on a grid of these scales."""
    values = [np.linspace(*scale.ends, count) for scale in scales]
    points = np.array(list(product(*values)))
    mean = np.full(len(points), 2.0)
    for column, scale in zip(points.T, scales, strict=True):
        mean += (column - scale.ends[0]) / (scale.ends[1] - scale.ends[0]) * (3.0 if scale is DAYS else -1.5)
    made: dict[str, Any] = {
        "title": "Two of three moorings shut",
        "measure": "Curtailed, all",
        "unit": "Mt",
        "better": "less",
        "replications": 10,
        "scales": scales,
        "points": points,
        "mean": mean,
        "half_width": np.full(len(points), 0.2),
        "low": mean - 0.5,
        "high": mean + 0.5,
        "level": 2.6,
        "level_name": "no difference from the scenario as it is (2.6 Mt)",
    }
    return Tried(**made | given)


CURVES = [
    Curve(name=f"element-{n}", days=(0, 7, 30, 90), losses=(0, n, 3 * n, 9 * n), half_widths=(0, 1, 1, 2))
    for n in (8, 8, 7, 3)
] + [Curve(name="", days=(0, 7, 30, 90), losses=(0, 0, n, n), half_widths=(0, 0, 0, 0)) for n in (0, 1)]
STANDINGS = [
    Standing(name=f"element-{n}", loss=float(n), shorter={7.0: n / 9, 30.0: n / 3}, told=f"{n} ± 1 Mt")
    for n in (9, 7, 3)
]
BLADES = [
    Blade(name="pipe.capacity", told="64 to 96 t/day", smaller=(3.0, 0.2), larger=(0.1, 0.2)),
    Blade(name="well.rate", told="80 to 120 t/day", smaller=(-0.6, 0.1), larger=(0.5, 0.1)),
    Blade(name="well.evacuation", told="88 to 132 %", smaller=(0.0, 0.0), larger=(-0.2, 0.3)),
]
WEIGHTS = [
    Weight(name="pipe.capacity", parts={"alone": 0.3, "together with others": 0.2}, told="0.50 ± 0.10"),
    Weight(name="well.rate", parts={"alone": 0.2, "together with others": 0.0}, told="0.20 ± 0.05"),
]
PLOTS: dict[str, Callable[[Axes | None], Axes]] = {
    "line": lambda ax: sweep_line(tried(DAYS, crossings=[Crossing(at=12.0, low=9.0, high=15.0)]), ax),
    "map": lambda ax: sweep_map(tried(CAPACITY, DAYS), ax),
    "map of points": lambda ax: sweep_map(scattered(CAPACITY, DAYS), ax),
    "maps": lambda ax: sweep_maps(tried(CAPACITY, DAYS, RESERVE), ax),
    "clouds": lambda ax: sweep_clouds(scattered(CAPACITY, DAYS, RESERVE), ax),
    "curves": lambda ax: stress_curves(CURVES, "A year", "Each shut by itself", "Curtailed (Mt)", ax),
    "ranking": lambda ax: stress_ranking(STANDINGS, "A year", "By itself", "Curtailed (Mt)", "90 days", ax),
    "tornado": lambda ax: tornado(BLADES, "A year", "Each by itself", "Difference (Mt)", ax),
    "screening": lambda ax: screening(WEIGHTS, "A year", "By Sobol", "Part of the variance", ax),
}
EMPTY: dict[str, Callable[[Axes | None], Axes]] = {
    "line": lambda ax: sweep_line(without_values(DAYS), ax),
    "map": lambda ax: sweep_map(without_values(CAPACITY, DAYS), ax),
    "maps": lambda ax: sweep_maps(without_values(CAPACITY, DAYS, RESERVE), ax),
    "curves": lambda ax: stress_curves([], "A year", "Nothing", "Mt", ax),
    "ranking": lambda ax: stress_ranking([], "A year", "Nothing", "Mt", "90 days", ax),
    "tornado": lambda ax: tornado([], "A year", "Nothing", "Mt", ax),
    "screening": lambda ax: screening([], "A year", "Nothing", "Mt", ax),
}


def scattered(*scales: Scale) -> Tried:
    """The same at twenty points anywhere."""
    made, luck = tried(*scales), np.random.default_rng(1)
    chosen = luck.choice(len(made.points), 15, replace=False)
    columns = {name: getattr(made, name)[chosen] for name in ("points", "mean", "half_width", "low", "high")}
    return replace(made, is_grid=False, **columns)


def without_values(*scales: Scale) -> Tried:
    made = tried(*scales)
    nothing = np.full(len(made.mean), np.nan)
    return replace(made, mean=nothing, half_width=nothing, low=nothing, high=nothing, level=np.nan)


@pytest.mark.parametrize("name", PLOTS)
def test_nothing_on_a_picture_covers_anything_else(name: str) -> None:
    assert_nothing_overlaps(PLOTS[name](None))


@pytest.mark.parametrize("name", PLOTS)
def test_a_plot_draws_on_the_axes_it_is_given_and_leaves_their_figure_alone(name: str) -> None:
    ax = blank(11.0, 6.0)
    assert PLOTS[name](ax) is ax
    assert tuple(ax.figure.get_size_inches()) == (11.0, 6.0)  # type: ignore[union-attr]
    ax.figure.draw_without_rendering()  # type: ignore[union-attr]


@pytest.mark.parametrize("name", EMPTY)
def test_where_there_is_nothing_to_show_a_picture_says_so(name: str) -> None:
    ax = EMPTY[name](None)
    ax.figure.draw_without_rendering()  # type: ignore[union-attr]
    assert any(word.startswith(("has no value", "nothing", "no number")) for word in words(ax))


@pytest.mark.parametrize("name", PLOTS)
def test_plots_leave_the_settings_of_matplotlib_alone(name: str) -> None:
    before = dict(matplotlib.rcParams)
    PLOTS[name](None)
    assert dict(matplotlib.rcParams) == before


def test_a_line_shows_where_it_breaks_even_and_what_is_as_it_is() -> None:
    told = legend(sweep_line(tried(DAYS, crossings=[Crossing(at=12.0, low=9.0, high=15.0)])))
    assert "breaks even at 12 day (9 to 15)" in told
    assert "as it is: 5 day" in told
    assert "no difference from the scenario as it is (2.6 Mt)" in told


def test_a_line_follows_the_values_in_order() -> None:
    made = tried(DAYS)
    backwards = replace(made, points=made.points[::-1], mean=made.mean[::-1])
    drawn = sweep_line(backwards).lines[0].get_xydata()
    assert drawn[:, 0].tolist() == sorted(made.points[:, 0])  # type: ignore[index]
    assert drawn[:, 1].tolist() == made.mean.tolist()  # type: ignore[index]


def test_the_cells_of_a_map_say_what_they_stand_for_and_a_line_where_it_breaks_even() -> None:
    made = tried(CAPACITY, DAYS)
    ax = sweep_map(made)
    assert {f"{mean:.2f}" for mean in made.mean} <= set(words(ax))
    assert legend(ax) == [made.level_name, "as it is: 800 kt, 5 day"]
    (line,) = [one for one in ax.collections if one.get_zorder() == 3]
    for x, y in line.get_paths()[0].vertices:
        loss = 2.0 + 3.0 * (y - 5) / 60 - 1.5 * (x - 400) / 1200
        assert loss == pytest.approx(made.level)


@pytest.mark.parametrize("level", np.linspace(0.6, 4.9, 9))
def test_neither_the_line_nor_the_mark_of_a_map_covers_a_number(level: float) -> None:
    ax = sweep_map(tried(CAPACITY, DAYS, level=float(level), count=7))
    ax.figure.draw_without_rendering()
    lines = [one for one in ax.collections if one.get_zorder() == 3]
    drawn = [path.interpolated(50).vertices for one in lines for path in one.get_paths()]
    mark = next(line for line in ax.lines if line.get_marker() == "X")
    places = ax.transData.transform(np.concatenate([*drawn, mark.get_xydata()]))
    numbers = [text for text in ax.texts if text.get_text().replace(".", "").isdigit()]
    assert len(numbers) == 49
    for text in numbers:
        box = Text.get_window_extent(text)
        assert not any(box.contains(*place) for place in places), text.get_text()


def test_a_map_without_a_break_even_has_no_line() -> None:
    assert legend(sweep_map(tried(CAPACITY, DAYS, level=99.0))) == ["as it is: 800 kt, 5 day"]


def test_three_numbers_make_a_map_for_each_value_of_the_third_in_one_colour_scale() -> None:
    ax = sweep_maps(tried(CAPACITY, DAYS, RESERVE))
    panels = [child for child in ax.child_axes if child.get_title()]
    assert legend(ax) == ["no difference from the scenario as it is (2.6 Mt)"]
    assert [panel.get_title() for panel in panels] == ["0 day", "2 day", "4 day", "6 day"]
    norms = {(one.norm.vmin, one.norm.vmax) for panel in panels for one in panel.collections[:1]}
    assert len(norms) == 1


def test_values_are_written_with_as_many_digits_as_their_spread_deserves() -> None:
    assert [decimals_for(np.array(some)) for some in ([0.0, 3.6], [0.0, 360.0], [2.0, 2.0], [1.0, 1.02])] == [
        2, 0, 2, 4,
    ]  # fmt: skip


def test_curves_are_named_at_their_ends_and_the_others_counted() -> None:
    ax = stress_curves(CURVES, "A year", "Each by itself", "Mt")
    assert words(ax)[:4] == ["element-8", "element-8", "element-7", "element-3"]
    assert legend(ax) == ["2 others"]


@pytest.mark.parametrize(
    ("wished", "placed"),
    [
        ([10.0, 10.0, 50.0], [10.0, 22.0, 50.0]),
        ([99.0, 98.0], [100.0, 88.0]),
        ([5.0], [5.0]),
        ([], []),
    ],
)
def test_names_are_moved_apart_as_far_as_they_must(wished: list[float], placed: list[float]) -> None:
    assert apart(wished, 12.0, 0.0, 100.0) == placed


def test_a_ranking_marks_the_shorter_lengths_and_what_a_pair_adds() -> None:
    pair = Standing(name="one + other", loss=12.0, more=2.0, told="12 ± 1 Mt")
    ax = stress_ranking([pair, *STANDINGS], "A year", "By itself", "Mt", "90 days")
    assert sorted(legend(ax)) == sorted(
        ["30 days", "7 days", "90 days", "90 days, beyond the worse of the two alone"]
    )
    assert {"12 ± 1 Mt", "9 ± 1 Mt"} <= set(words(ax))
    widths = [bar.get_width() for bars in ax.containers for bar in bars]  # type: ignore[union-attr]
    assert widths == [10.0, 9.0, 7.0, 3.0, 2.0]


def test_a_tornado_has_a_bar_for_either_end_with_its_range() -> None:
    ax = tornado(BLADES, "A year", "Each by itself", "Difference (Mt)")
    smaller, larger = (
        [bar.get_width() for bar in bars] for bars in ax.containers if hasattr(bars, "patches")
    )
    assert smaller == [3.0, -0.6, 0.0]
    assert larger == [0.1, 0.5, -0.2]
    assert {"64 to 96 t/day", "88 to 132 %"} <= set(words(ax))
    assert [label.get_text() for label in ax.get_yticklabels()] == [blade.name for blade in BLADES]
