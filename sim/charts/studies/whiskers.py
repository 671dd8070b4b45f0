"""Differences of many measures from the first variant, each measure on a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.charts.chart import Chart, Dots, Limit, Mark, NumberAxis, Panel, Row, Text, Zone
from sim.charts.studies.wording import small_difference, variant_name
from sim.charts.style import INK, Stroke, strokes
from sim.charts.wording import count as count_of
from sim.charts.wording import listed
from sim.studies.compare import Comparison
from sim.studies.differences import Difference
from sim.studies.formatting import headlines
from sim.studies.request import MeasureRequest

MAX_ROWS = 14
POINTS_PER_DOT, ROW_MARGIN = 13.0, 8.0
MARKERS = "os^Dv"
BETTER = "#009E73"
END = 1.08  # of the axis; the farthest interval of each measure ends at 1
TEXT_AT, AXIS_END = 1.14, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """A measure and the differences that the variants make to it, None where one lacks the measure."""

    measure: MeasureRequest
    differences: tuple[Difference | None, ...]

    @property
    def is_identical(self) -> bool:
        return all(
            difference is None or difference.identical or difference.difference is None
            for difference in self.differences
        )

    @property
    def is_detected(self) -> bool:
        return any(difference is not None and difference.is_detected for difference in self.differences)

    @property
    def scale(self) -> float:
        """The farthest end of its intervals from zero."""
        ends = (abs(mean) + half for mean, half in map(mean_and_half_width, self.differences))
        return max(ends, default=0.0) or 1.0


def whiskers(results: Comparison) -> Chart:
    """Draw a dot with its interval for each variant and measure that differs."""
    rows = measure_rows(results)
    selected = select_rows(rows)
    labels = [variant_name(variant.label) for variant in results.others]
    looks = strokes(len(labels) + 1)[1:]
    marks: list[Mark] = [*_better_sides(selected), Limit(name="", at=0.0, stroke=Stroke(INK), axis="x")]
    for place, (label, look) in enumerate(zip(labels, looks, strict=True)):
        marks.append(_dots(selected, place, label, look))
        marks += _texts(selected, place)
    panel = Panel(
        marks=tuple(marks) if selected else (),
        rows=tuple(Row(name=str(row.measure)) for row in selected),
        height=(POINTS_PER_DOT * len(labels) + ROW_MARGIN) * max(len(selected), 2),
        empty="" if selected else "nothing differs",
    )
    return Chart(
        name="whiskers",
        finding=whiskers_finding(rows, variant_name(results.base.label), len(results.base)),
        subject=f"Difference from {variant_name(results.base.label)}, each measure on its own scale; "
        "95 % intervals; hollow: not detectable",
        context=results.base.title,
        x=NumberAxis(low=-END, high=AXIS_END, ticks={0.0: "no difference"}),
        panels=(panel,),
        note=_note(rows, selected),
    )


def measure_rows(results: Comparison) -> list[MeasureRow]:
    """Return a row for each measure that variants have in common with the first, headlines first."""
    by_measure: dict[MeasureRequest, dict[str, Difference]] = {}
    for difference in results.differences:
        by_measure.setdefault(difference.request, {})[difference.variant] = difference
    labels = [variant.label for variant in results.others]
    ordered = dict.fromkeys([*headlines(list(by_measure)), *by_measure])
    return [
        MeasureRow(measure=measure, differences=tuple(by_measure[measure].get(label) for label in labels))
        for measure in ordered
    ]


def select_rows(rows: Sequence[MeasureRow]) -> list[MeasureRow]:
    """Return the first rows with a detected difference; where none has one, the first that vary at all."""
    detected = [row for row in rows if row.is_detected]
    return (detected or [row for row in rows if not row.is_identical])[:MAX_ROWS]


def whiskers_finding(rows: Sequence[MeasureRow], base: str, replications: int) -> str:
    """State in how many measures variants differ from the first, and in how many for the better."""
    if all(row.is_identical for row in rows):
        return f"Nothing differs from {base}"
    detected = [
        difference
        for row in rows
        for difference in row.differences
        if difference is not None and difference.is_detected
    ]
    if not detected:
        return f"No measure differs from {base} beyond chance ({count_of(replications, 'replication')})"
    parts = []
    for label in dict.fromkeys(difference.variant for difference in detected):
        own = [difference for difference in detected if difference.variant == label]
        better, worse = (sum(difference.helps is side for difference in own) for side in (True, False))
        sides = f"{better} for the better, {worse} for the worse"
        parts.append(f"{variant_name(label)} changes {len(own)}: {sides}")
    return f"Of {count_of(len(rows), 'measure')}, {'; '.join(parts)}"


def mean_and_half_width(difference: Difference | None) -> tuple[float, float]:
    """Return a difference and its half-width, zeros where it cannot be drawn."""
    if (
        difference is None
        or difference.identical
        or difference.difference is None
        or difference.difference.half_width is None
    ):
        return 0.0, 0.0
    return difference.difference.mean, difference.difference.half_width


def row_height(row: int, place: int, count: int) -> float:
    """Return the height of a variant's dot in a row, in rows from the top."""
    return row + (place - (count - 1) / 2) * POINTS_PER_DOT / (POINTS_PER_DOT * count + ROW_MARGIN)


def _dots(rows: Sequence[MeasureRow], place: int, label: str, look: Stroke) -> Dots:
    drawn = [
        (number, row.scale, difference)
        for number, row in enumerate(rows)
        if (difference := row.differences[place]) is not None
        and mean_and_half_width(difference) != (0.0, 0.0)
    ]
    ends = np.array([mean_and_half_width(difference) for _, _, difference in drawn]).reshape(-1, 2)
    scales = np.array([scale for _, scale, _ in drawn])
    count = len(rows[0].differences) if rows else 1
    return Dots(
        name=label,
        x=ends[:, 0] / scales,
        y=np.array([row_height(number, place, count) for number, _, _ in drawn]),
        colour=look.colour,
        marker=MARKERS[place % len(MARKERS)],
        x_errors=ends[:, 1] / scales,
        hollow=tuple(not difference.is_detected for _, _, difference in drawn),
    )


def _texts(rows: Sequence[MeasureRow], place: int) -> list[Mark]:
    return [
        Text(x=TEXT_AT, y=row_height(number, place, len(row.differences)), text=_text(row.differences[place]))
        for number, row in enumerate(rows)
    ]


def _text(difference: Difference | None) -> str:
    if difference is None or difference.difference is None:
        return "–"
    return "identical" if difference.identical else small_difference(difference)


def _better_sides(rows: Sequence[MeasureRow]) -> list[Zone]:
    """The half of each row on which a difference is for the better."""
    return [
        Zone(
            name="better side",
            intervals=((0.0, END) if row.measure.better == "more" else (-END, 0.0),),
            colour=BETTER,
            low=number - 0.45,
            high=number + 0.45,
            opacity=0.12,
        )
        for number, row in enumerate(rows)
        if row.measure.better != "neither"
    ]


def _note(rows: Sequence[MeasureRow], selected: Sequence[MeasureRow]) -> str:
    identical = sum(row.is_identical for row in rows)
    detected = sum(row.is_detected for row in rows)
    unclear = len(rows) - identical - detected
    left_out = [
        (detected - len(selected) if detected else 0, ("also differs", "also differ")),
        (
            unclear if detected else unclear - len(selected),
            ("shows no detectable difference", "show no detectable difference"),
        ),
        (identical, ("is identical", "are identical")),
    ]
    parts = [f"{count} {one if count == 1 else many}" for count, (one, many) in left_out if count > 0]
    return f"Of the measures not shown, {listed(parts)}." if parts else ""
