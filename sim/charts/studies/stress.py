"""Losses of a stress test: against the length of each closure, and ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from sim.charts.chart import Bars, Chart, Dots, Line, Mark, NumberAxis, Panel, Row, Text
from sim.charts.studies.groups import ChartGroup, file_name
from sim.charts.studies.wording import amount, is_clear
from sim.charts.style import FILLS, INK, OTHER, Stroke, strokes
from sim.charts.wording import count as count_of
from sim.charts.wording import full_date, listed
from sim.studies.estimates import Estimate
from sim.studies.formatting import format_recovery
from sim.studies.request import MeasureRequest
from sim.studies.stress.impact import ClosureImpact, loss_title
from sim.studies.stress.results import Stress
from sim.studies.verdicts import spread

CURVES, ROW = 290.0, 24.0  # points
MAX_NAMED = 6
MAX_ROWS = 14
MARKERS = "Dos^v"
FAINT_LINE = Stroke(OTHER)


def rankings(results: Stress) -> ChartGroup:
    """Return the ranking by each measure of loss, first that by which most is lost."""
    return ChartGroup(charts=tuple(stress_ranking(results, measure) for measure in _measures(results)))


def pair_rankings(results: Stress) -> ChartGroup:
    """Return the ranking of pairs by each measure of loss."""
    return ChartGroup(
        charts=tuple(stress_ranking(results, measure, paired=True) for measure in _measures(results))
    )


def curves(results: Stress) -> ChartGroup:
    """Return the losses against the length of each closure, by each measure of loss."""
    return ChartGroup(charts=tuple(stress_curves(results, measure) for measure in _measures(results)))


def main_measure(results: Stress) -> MeasureRequest:
    """Return the measure by which the foremost closure costs most."""
    ranked = results.ranked()
    return results.worst(ranked[0]) if ranked else results.requests[0]


def _measures(results: Stress) -> list[MeasureRequest]:
    main = main_measure(results)
    return sorted(results.requests, key=lambda measure: measure != main)


def stress_curves(results: Stress, measure: MeasureRequest | None = None) -> Chart:
    """Draw the loss by a measure against the length of each closure; the worst are named."""
    measure = measure or main_measure(results)
    ordered = results.ranked_by(measure)
    named = [impact for impact in ordered if _is_lost(results, impact, measure)][:MAX_NAMED]
    names = target_names(results)
    others = [impact for impact in ordered if impact not in named]
    marks: list[Mark] = [_curve(results, impact, measure, "", FAINT_LINE) for impact in others]
    marks += [
        _curve(results, impact, measure, names[impact.target.name], stroke)
        for impact, stroke in zip(named, strokes(len(named)), strict=True)
    ]
    ticks = {0.0: "0", **{days: f"{days:g}" for days in results.lengths}}
    grey = f"In grey: {count_of(len(others), 'other')} that cost less, or of which no loss is clear."
    return Chart(
        name=_name(results, "loss", measure),
        finding=stress_finding(results, measure),
        subject=_subject(results),
        context=results.base.title,
        x=NumberAxis(label="Days shut", low=0.0, high=results.lengths[-1], ticks=ticks),
        panels=(
            Panel(
                name=loss_title(measure),
                unit=measure.unit,
                marks=tuple(marks) if named else (),
                height=CURVES if named else 2 * ROW,
                empty="" if named else "nothing is lost for certain",
                signed=True,
            ),
        ),
        note=grey if others and named else "",
        label=str(measure),
    )


def stress_ranking(results: Stress, measure: MeasureRequest | None = None, paired: bool = False) -> Chart:
    """Draw the losses of the longest closures as bars, the largest first, with marks for shorter ones."""
    measure = measure or main_measure(results)
    names = target_names(results)
    losing = [impact for impact in results.ranked_by(measure, paired) if _mean(impact, measure) > 0.0]
    drawn = losing[:MAX_ROWS]
    left_out = f"{count_of(len(losing) - len(drawn), 'other')} cost less." if len(losing) > len(drawn) else ""
    marks: list[Mark] = [*_bars(results, drawn, measure), *_shorter(results, drawn, measure)]
    marks += _texts(results, drawn, measure)
    return Chart(
        name=_name(results, "ranking-pairs" if paired else "ranking", measure),
        finding=stress_finding(results, measure, paired),
        subject=_subject(results, paired),
        context=results.base.title,
        x=NumberAxis(label=loss_title(measure), unit=measure.unit) if drawn else NumberAxis(ticks={0.0: ""}),
        panels=(
            Panel(
                marks=tuple(marks) if drawn else (),
                rows=tuple(Row(name=names[impact.target.name]) for impact in drawn),
                height=ROW * max(len(drawn), 2),
                empty="" if drawn else "nothing is lost",
            ),
        ),
        note=left_out,
        label=str(measure),
    )


def stress_finding(results: Stress, measure: MeasureRequest, paired: bool = False) -> str:
    """State which closure costs most by a measure, or that none costs more than chance."""
    ordered = results.ranked_by(measure, paired)
    longest = f"{results.lengths[-1]:g} days"
    if not ordered or _mean(ordered[0], measure) <= 0.0:
        return _nothing(results, measure)
    worst = ordered[0]
    name, loss = target_names(results)[worst.target.name], worst.loss(measure)
    if len(results.base) > 1 and not any(is_clear(impact.loss(measure)) for impact in ordered):
        count = count_of(len(results.base), "replication")
        return f"{loss_title(measure)}: no closure of {longest} costs more than chance ({count})"
    what = loss_title(measure)
    of = what[0].lower() + what[1:]
    return f"Losing {name} for {longest} costs most: {amount(loss, measure.unit)} ({of})"


def target_names(results: Stress) -> dict[str, str]:
    """Return the name of what is shut by its id, with the id behind where two have the same name."""
    targets = {impact.target.name: impact.target for impact in results.impacts}
    titles = Counter(target.title for target in targets.values())
    return {
        id: target.title if titles[target.title] == 1 else f"{target.title} ({id})"
        for id, target in targets.items()
    }


def _name(results: Stress, stem: str, measure: MeasureRequest) -> str:
    return stem if measure == main_measure(results) else f"{stem}-{file_name(measure)}"


def _subject(results: Stress, paired: bool = False) -> str:
    shut = "Two shut together" if paired else "Each shut alone"
    since = full_date(results.base.start, results.since)
    count = len(results.base)
    return (
        f"{shut} from {since}, against the run without it on the same random draws; "
        f"{count_of(count, 'replication')}{', 95 % intervals' if count > 1 else ', no intervals'}"
    )


def _nothing(results: Stress, measure: MeasureRequest) -> str:
    targets = count_of(len({impact.target.name for impact in results.impacts}), "target")
    lengths = listed([f"{days:g}" for days in results.lengths])
    return f"{measure}: nothing lost when any of {targets} is shut for {lengths} days"


def _is_lost(results: Stress, impact: ClosureImpact, measure: MeasureRequest) -> bool:
    """Return whether a loss is clear; of a single replication, whether there is any."""
    loss = impact.loss(measure)
    return loss is not None and loss.mean > 0.0 and (len(results.base) == 1 or is_clear(loss))


def _mean(impact: ClosureImpact, measure: MeasureRequest) -> float:
    loss = impact.loss(measure)
    return loss.mean if loss else -np.inf


def _half_width(loss: Estimate | None) -> float:
    return (loss.half_width or 0.0) if loss else 0.0


def _curve(
    results: Stress, impact: ClosureImpact, measure: MeasureRequest, name: str, stroke: Stroke
) -> Line:
    losses = [results.of(impact.target.name, days).loss(measure) for days in results.lengths]
    return Line(
        name=name,
        x=np.array([0.0, *results.lengths]),
        values=np.array([0.0, *(loss.mean if loss else np.nan for loss in losses)]),
        stroke=stroke,
        width=1.7 if name else 0.9,
        errors=np.array([0.0, *map(_half_width, losses)]) if name and len(results.base) > 1 else None,
        marker="o" if name else "",
        label_at_end=bool(name),
    )


def _bars(results: Stress, drawn: Sequence[ClosureImpact], measure: MeasureRequest) -> Iterator[Bars]:
    """The losses; of pairs in two layers, the worse part alone and what is lost beyond it."""
    losses = np.array([_mean(impact, measure) for impact in drawn])
    errors = (
        np.array([_half_width(impact.loss(measure)) for impact in drawn]) if len(results.base) > 1 else None
    )
    beyond = [impact.beyond_worse(measure) for impact in drawn]
    more = np.array([max(each.mean, 0.0) if each else 0.0 for each in beyond]).clip(
        max=np.maximum(losses, 0.0)
    )
    longest = f"{results.lengths[-1]:g} days"
    if not more.any():
        yield Bars(name=longest, lengths=losses, fill=FILLS[0], errors=errors)
        return
    yield Bars(
        name=f"{longest}, the worse of the two alone", lengths=losses - more, fill=FILLS[0], stack="loss"
    )
    yield Bars(name="beyond that, together", lengths=more, fill=FILLS[1], stack="loss", errors=errors)


def _shorter(results: Stress, drawn: Sequence[ClosureImpact], measure: MeasureRequest) -> Iterator[Dots]:
    for number, days in enumerate(sorted(results.lengths[:-1], reverse=True)):
        losses = [_mean(results.of(impact.target.name, days), measure) for impact in drawn]
        rows = [row for row, loss in enumerate(losses) if loss > 0.0]
        if rows:
            yield Dots(
                name=f"{days:g} days",
                x=np.array([losses[row] for row in rows]),
                y=np.array(rows, dtype=float),
                colour=INK,
                marker=MARKERS[number % len(MARKERS)],
                hollow=(True,) * len(rows),
            )


def _texts(results: Stress, drawn: Sequence[ClosureImpact], measure: MeasureRequest) -> Iterator[Text]:
    for row, impact in enumerate(drawn):
        loss = impact.loss(measure)
        parts = [f"{spread(loss)} {measure.unit}".strip()] if loss else []
        if impact.fell and not impact.target.parts:
            recovery = format_recovery(impact)
            parts.append(f"back after {recovery} days" if impact.recovery else recovery)
        reach = _mean(impact, measure) + _half_width(loss)
        yield Text(x=reach, y=float(row), text="; ".join(parts), behind_bar=True)
