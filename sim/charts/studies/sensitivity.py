"""Numbers that move the answer: each alone as a tornado, or several at once in a screening."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np

from sim.charts.chart import Bars, Chart, Limit, Mark, NumberAxis, Panel, Row, Text
from sim.charts.studies.groups import ChartGroup, file_name
from sim.charts.studies.sweep_findings import phrase
from sim.charts.studies.wording import amount
from sim.charts.style import FILLS, INK, OTHER, Fill, Stroke
from sim.charts.wording import capitalised
from sim.charts.wording import count as count_of
from sim.studies.differences import FALSE_ALARMS
from sim.studies.estimates import Estimate, holm, p_value
from sim.studies.formatting import format_range
from sim.studies.request import MeasureRequest
from sim.studies.sensitivity.results import Sensitivity
from sim.studies.sensitivity.screening import Screening
from sim.studies.sensitivity.screening_methods import Effect, VarianceShare
from sim.studies.sensitivity.swing import Swing
from sim.studies.verdicts import difference_unit, spread

ROW = 24.0  # points
MAX_ROWS = 16
MAX_NAME = 44  # characters of a number's name; its field is never cut
Side = tuple[str, Fill, Literal["upper", "lower"]]
SMALLER, LARGER, CHANCE = FILLS[0], FILLS[1], Fill(OTHER)


def tornados(results: Sensitivity) -> ChartGroup:
    """Return a tornado for each measure."""
    return ChartGroup(charts=tuple(tornado(results, measure) for measure in results.requests))


def tornado(results: Sensitivity, measure: MeasureRequest | None = None) -> Chart:
    """Draw the differences that numbers make where they are smaller and where they are larger.

    Differences that may be chance, in view of how many there are, are grey.
    """
    measure = measure or results.requests[0]
    unit = difference_unit(measure)
    ranked = results.ranked(measure, only_assumed=False)
    drawn, clear = ranked[:MAX_ROWS], clear_numbers(ranked, measure)
    share = results.assumed_share(measure)
    rests = f"About {share:.0%} of the answer rests on assumed numbers." if share is not None else ""
    rest = len(ranked) - len(drawn)
    left_out = f" {count_of(rest, 'number')} that move it less are not shown." if rest else ""
    marks: list[Mark] = [*_blades(drawn, clear, measure, len(results.base)), *_ranges(drawn, measure)]
    marks.append(Limit(name="", at=0.0, stroke=Stroke(INK), axis="x"))
    return Chart(
        name="tornado" if measure == results.requests[0] else f"tornado-{file_name(measure)}",
        finding=tornado_finding(results, measure),
        subject=f"Each number alone up to {results.by:.0%} smaller and larger, on the same random draws; "
        f"{count_of(len(results.base), 'replication')}"
        + (", 95 % intervals" if len(results.base) > 1 else ", no intervals"),
        context=results.base.title,
        x=NumberAxis(label=f"Difference in {measure}", unit=unit),
        panels=(
            Panel(
                marks=tuple(marks) if drawn else (),
                rows=tuple(Row(name=_row_name(swing)) for swing in drawn),
                height=ROW * max(len(drawn), 2),
                empty="" if drawn else "no number makes any difference",
            ),
        ),
        note=(rests + left_out).strip(),
        label=str(measure),
    )


def tornado_finding(results: Sensitivity, measure: MeasureRequest) -> str:
    """State which number moves a measure most, or that none moves it beyond chance."""
    ranked = results.ranked(measure, only_assumed=False)
    if not ranked:
        return f"No number moves {measure}"
    clear = clear_numbers(ranked, measure)
    foremost = next((swing for swing in ranked if swing.name in clear), None)
    if foremost is None:
        return f"No number moves {measure} beyond chance ({count_of(len(results.base), 'replication')})"
    smaller, larger = (amount(end, difference_unit(measure)) for end in foremost.ends(measure))
    name = capitalised(phrase(foremost.ranged.number))
    return f"{name} moves {measure} most: {smaller} if smaller, {larger} if larger"


def clear_numbers(ranked: Sequence[Swing], measure: MeasureRequest) -> set[str]:
    """Return the names of numbers that move a measure beyond chance, by Holm's rule for all of them."""
    ends = [
        (swing.name, end)
        for swing in ranked
        for end in swing.ends(measure)
        if end is not None and end.half_width is not None and end.mean
    ]
    adjusted = holm([p_value(end) for _, end in ends])
    return {name for (name, _), each in zip(ends, adjusted, strict=True) if each < FALSE_ALARMS}


def screening(results: Screening, title: str = "") -> Chart:
    """Draw a bar for each number screened together with the others, the foremost first."""
    ranked = results.ranked()
    runs = f"{count_of(results.points, 'point')}, {count_of(results.replications, 'replication')} at each"
    is_morris = results.method == "morris"
    axis = (
        NumberAxis(label="Mean size of the effect across the range", unit=results.request.unit, low=0.0)
        if is_morris
        else NumberAxis(label="Share of the variance of the answer", low=0.0)
    )
    return Chart(
        name=results.method,
        finding=screening_finding(results),
        subject=f"Screening by the method of {results.method.title()}: {runs}, on the same random draws",
        context=title,
        x=axis,
        panels=(
            Panel(
                marks=(*_weights(ranked), *_weight_texts(ranked, results.request.unit)) if ranked else (),
                rows=tuple(Row(name=influence.ranged.number.title) for influence in ranked),
                height=ROW * max(len(ranked), 2),
                empty="" if ranked else "nothing was screened",
            ),
        ),
    )


def screening_finding(results: Screening) -> str:
    """State which number matters most, or that none does beyond chance."""
    ranked = results.ranked()
    if not ranked or all(influence.weight <= influence.half_width for influence in ranked):
        return f"No number moves {results.request} beyond chance ({count_of(results.points, 'point')})"
    foremost = ranked[0]
    size = Estimate(foremost.weight, foremost.half_width, 2)
    name = capitalised(phrase(foremost.ranged.number))
    if isinstance(foremost, Effect):
        return f"{name} moves {results.request} most: {amount(size, results.request.unit)} across its range"
    return f"{name} explains most of the variance of {results.request}: total index {spread(size)}"


def _row_name(swing: Swing) -> str:
    source = "" if swing.ranged.is_assumed else " (sourced)"
    owner, comma, field = swing.ranged.number.title.rpartition(", ")
    room = MAX_NAME - len(field)
    return f"{owner if len(owner) <= room else owner[:room].rstrip(', ') + '…'}{comma}{field}{source}"


def _ranges(drawn: Sequence[Swing], measure: MeasureRequest) -> Iterator[Text]:
    """The range of each number, to the right of all bars."""
    ends = [end for swing in drawn for end in swing.ends(measure) if end]
    reach = max((max(end.mean, 0.0) + (end.half_width or 0.0) for end in ends), default=0.0)
    for row, swing in enumerate(drawn):
        yield Text(x=reach, y=float(row), text=format_range(swing.ranged), behind_bar=True)


def _blades(
    drawn: Sequence[Swing], clear: set[str], measure: MeasureRequest, replications: int
) -> Iterator[Bars]:
    is_clear = np.array([swing.name in clear for swing in drawn], dtype=bool)
    ends = [swing.ends(measure) for swing in drawn]
    sides: tuple[Side, Side] = (("number smaller", SMALLER, "upper"), ("number larger", LARGER, "lower"))
    for side, (name, fill, half) in enumerate(sides):
        estimates = [each[side] for each in ends]
        means = np.array([estimate.mean if estimate else 0.0 for estimate in estimates])
        errors = np.array([(estimate.half_width or 0.0) if estimate else 0.0 for estimate in estimates])
        for layer, look, selected in ((name, fill, is_clear), ("may be chance", CHANCE, ~is_clear)):
            if selected.any():
                yield Bars(
                    name=layer,
                    lengths=np.where(selected, means, np.nan),
                    fill=look,
                    errors=np.where(selected, errors, np.nan) if replications > 1 else None,
                    place=half,
                )


def _weights(ranked: Sequence[Effect | VarianceShare]) -> Iterator[Bars]:
    errors = np.array([influence.half_width for influence in ranked])
    effects = [influence for influence in ranked if isinstance(influence, Effect)]
    if effects:
        sizes = np.array([influence.size for influence in effects])
        yield Bars(name="mean size of its effect", lengths=sizes, fill=FILLS[0], errors=errors)
        return
    parts = [influence for influence in ranked if isinstance(influence, VarianceShare)]
    totals = np.array([max(influence.total, 0.0) for influence in parts])
    alone = np.array([influence.alone for influence in parts]).clip(0.0, totals)
    yield Bars(name="alone", lengths=alone, fill=FILLS[0], stack="share")
    yield Bars(
        name="together with others", lengths=totals - alone, fill=FILLS[1], stack="share", errors=errors
    )


def _weight_texts(ranked: Sequence[Effect | VarianceShare], unit: str) -> Iterator[Text]:
    for row, influence in enumerate(ranked):
        text = spread(Estimate(influence.weight, influence.half_width, 2))
        if isinstance(influence, Effect):
            text = f"{text} {unit}".strip() + f"; spread {influence.spread:.2g}"
        reach = max(influence.weight, 0.0) + influence.half_width
        yield Text(x=reach, y=float(row), text=text, behind_bar=True)
