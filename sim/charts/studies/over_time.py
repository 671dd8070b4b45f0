"""Cargo over time in many runs: of one scenario, or of variants with their differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.charts.chart import Band, Chart, Line, Mark, Panel, Paths, TimeAxis
from sim.charts.closures import closures_of
from sim.charts.studies.groups import ChartGroup, slug
from sim.charts.studies.wording import MIN_FOR_QUANTILES, cargo_amount, is_clear, variant_name
from sim.charts.style import FAINT, Stroke, strokes
from sim.charts.wording import RATE_UNITS, listed
from sim.charts.wording import count as count_of
from sim.measures.series import Numbers
from sim.measures.smoothing import Smoothing, breaks, smoothing_name, smoothing_width
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import NINE_IN_TEN, Estimate, estimate, quantile
from sim.studies.request import Flow
from sim.studies.sampling import Daily

UPPER, LOWER = 250.0, 120.0  # points
MAX_SHADED = 2  # variants: more bands over each other become mud
REPLICATION = Stroke(FAINT)
LESS = {"t": "less", "TEU": "fewer"}
Flows = Sequence[Flow]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course:
    """Smoothed amounts a day of a variant, by replication (rows) and time, and its totals by replication."""

    name: str
    stroke: Stroke
    daily: Numbers
    totals: Numbers

    @property
    def mean(self) -> Numbers:
        mean: Numbers = self.daily.mean(axis=0)
        return mean


def flow_chart(ensembles: Sequence[Ensemble], flows: Flows, name: str) -> Chart:
    """Draw the mean of each variant above and the paired differences from the first below."""
    base, first = ensembles[0], flows[0]
    courses, times = _courses(ensembles, flows)
    unit = f"{RATE_UNITS[first.unit][1]}/day"
    name_of_all = f"{_cargo(flows)}, all routes" if len(flows) > 1 else _cargo(flows)
    upper = Panel(name=name_of_all, unit=unit, marks=tuple(_upper(courses, times)), height=UPPER)
    panels = [upper]
    subject = f"{smoothing_name(base.days)} of {count_of(len(base), 'replication')}{_shading(ensembles)}"
    if len(courses) > 1:
        title = f"Difference from {courses[0].name}"
        lower = tuple(_lower(courses, times))
        panels.append(
            Panel(name=title, unit=unit, marks=lower, height=LOWER, signed=True, above="more", below="less")
        )
        subject += "; below: paired differences"
        subject += " with the 95 % interval of their mean" if len(base) > 1 else ""
    spans = tuple(dict.fromkeys(span for ensemble in ensembles for span in ensemble.spans))
    boycotts = tuple(dict.fromkeys(each for ensemble in ensembles for each in ensemble.boycotts))
    return Chart(
        name=name,
        finding=flow_finding(courses, flows),
        subject=subject,
        context=base.title,
        x=TimeAxis(start=base.start, days=base.days),
        panels=tuple(panels),
        closures=closures_of(spans, boycotts, base.start, (0.0, base.days)),
        note=_closure_note(ensembles),
        label="all routes" if len(flows) > 1 else first.way,
    )


def flow_finding(courses: Sequence[Course], flows: Flows) -> str:
    """State the total of one scenario, or by how much variants differ from the first."""
    base, *others = courses
    unit, cargo, count = flows[0].unit, _cargo(flows), len(base.totals)
    runs = count_of(count, "replication")
    if not others:
        return f"{cargo}: {cargo_amount(estimate(base.totals), unit)} in all, over {runs}"
    if count < 2:
        return f"{cargo}: a difference of one replication may be chance"
    differences = {course.name: estimate(course.totals - base.totals) for course in others}
    clear = [(name, change) for name, change in differences.items() if is_clear(change)]
    if not clear:
        return f"{cargo}: no difference from {base.name} beyond chance ({runs})"
    parts = [f"{name}: {_change(change, unit)}" for name, change in clear]
    parts[0] += f" {cargo[:1].lower()}{cargo[1:]} than with {base.name}"
    unclear = [name for name in differences if name not in dict(clear)]
    return "; ".join([*parts, *([f"{listed(unclear)}: no clear difference"] if unclear else [])])


def main_flows(ensembles: Sequence[Ensemble]) -> list[list[Flow]]:
    """Return the flows shown first, by cargo: all routes of a liquid, else the group that differs most.

    Of a single ensemble, the group that carries most.
    """
    base = ensembles[0]
    result: list[list[Flow]] = []
    for cargo in dict.fromkeys(flow.cargo for flow in base.flows):
        flows = [flow for flow in base.flows if flow.cargo == cargo and _is_shared(ensembles, flow)]
        if flows and flows[0].kind == "exports":
            result.append(flows)
        elif flows:
            result.append([max(flows, key=lambda flow: _interest(ensembles, flow))])
    return result


def flow_charts(ensembles: Sequence[Ensemble], name: str) -> list[ChartGroup]:
    """Return a chart of the main flows of each cargo, and of each other flow to choose instead."""
    groups = []
    for place, first in enumerate(main_flows(ensembles)):
        cargo = first[0].cargo
        stem = f"{name}-{slug(cargo)}" if place else name
        others = [
            flow_chart(ensembles, [flow], f"{stem}-{slug(flow.way)}")
            for flow in ensembles[0].flows
            if flow.cargo == cargo and [flow] != first and _passes(ensembles, flow)
        ]
        groups.append(ChartGroup(charts=(flow_chart(ensembles, first, stem), *others), files=1))
    return groups


def _courses(ensembles: Sequence[Ensemble], flows: Flows) -> tuple[list[Course], Numbers]:
    base = ensembles[0]
    days = base.daily.shape[2]
    spans = dict.fromkeys(span for ensemble in ensembles for span in ensemble.spans)
    smoothing = Smoothing(
        times=np.arange(days + 1.0),
        until=float(days),
        width=smoothing_width(base.days),
        breaks=breaks(spans, base.days),
    )
    divisor = RATE_UNITS[flows[0].unit][0]
    courses = []
    for ensemble, stroke in zip(ensembles, strokes(len(ensembles)), strict=True):
        daily = np.sum([_daily(ensemble, flow) for flow in flows], axis=0, dtype=float)
        courses.append(
            Course(
                name=variant_name(ensemble.label) if len(ensembles) > 1 else "mean",
                stroke=stroke,
                daily=smoothing.of_days(daily) / divisor,
                totals=daily.sum(axis=1),
            )
        )
    return courses, smoothing.times


def _upper(courses: Sequence[Course], times: Numbers) -> Iterator[Mark]:
    """The means, and behind them nine in ten replications, or each replication where they are few."""
    count, is_alone = len(courses[0].daily), len(courses) == 1
    for course in courses:
        if count >= MIN_FOR_QUANTILES and len(courses) <= MAX_SHADED:
            low, high = np.quantile(course.daily, NINE_IN_TEN, axis=0)
            name = "nine in ten replications" if is_alone else ""
            yield Band(x=times, low=low, high=high, colour=course.stroke.colour, name=name, group=course.name)
        elif is_alone and count > 1:
            paths = tuple((times, values) for values in course.daily)
            yield Paths(name="one replication", paths=paths, stroke=REPLICATION, width=0.6, opacity=0.5)
        yield Line(name=course.name, x=times, values=course.mean, stroke=course.stroke, width=1.6)


def _lower(courses: Sequence[Course], times: Numbers) -> Iterator[Mark]:
    """The differences, from a zero line that has the look of the first variant."""
    base = courses[0]
    yield Line(name=base.name, x=times, values=np.zeros(len(times)), stroke=base.stroke, width=1.6)
    for place, course in enumerate(courses[1:]):
        change = course.daily - base.daily
        mean = change.mean(axis=0)
        if len(change) > 1 and place < MAX_SHADED:
            error = quantile(len(change) - 1) * change.std(axis=0, ddof=1) / len(change) ** 0.5
            band = Band(
                x=times, low=mean - error, high=mean + error, colour=course.stroke.colour, group=course.name
            )
            yield band
        yield Line(name=course.name, x=times, values=mean, stroke=course.stroke, width=1.6)


def _change(change: Estimate, unit: str) -> str:
    size = Estimate(abs(change.mean), change.half_width, change.replications)
    return f"{cargo_amount(size, unit)} {'more' if change.mean > 0.0 else LESS[unit]}"


def _cargo(flows: Flows) -> str:
    """Name cargo and direction: `Crude oil exported by CPC`, `Containers arriving by the middle`."""
    first = flows[0]
    if first.kind == "exports":
        return f"{first.name} exported{f' by {first.way}' if len(flows) == 1 else ''}"
    return f"{first.name} arriving by the {first.way}"


def _shading(ensembles: Sequence[Ensemble]) -> str:
    is_shaded = len(ensembles[0]) >= MIN_FOR_QUANTILES and 1 < len(ensembles) <= MAX_SHADED
    return ", nine in ten of them shaded" if is_shaded else ""


def _closure_note(ensembles: Sequence[Ensemble]) -> str:
    differs = len({(ensemble.spans, ensemble.boycotts) for ensemble in ensembles}) > 1
    return "Closures and boycotts are those of any variant." if differs else ""


def _daily(ensemble: Ensemble, flow: Flow) -> Daily:
    """Amounts a day of a flow, by replication (rows)."""
    return ensemble.daily[:, ensemble.flows.index(flow)]


def _is_shared(ensembles: Sequence[Ensemble], flow: Flow) -> bool:
    return all(flow in ensemble.flows for ensemble in ensembles)


def _passes(ensembles: Sequence[Ensemble], flow: Flow) -> bool:
    """Return whether all variants have a flow, and any of it passes in one of them."""
    return _is_shared(ensembles, flow) and any(np.any(_daily(ensemble, flow)) for ensemble in ensembles)


def _interest(ensembles: Sequence[Ensemble], flow: Flow) -> float:
    """Size of the largest difference in standard deviations; of a single ensemble, the amount that passes."""
    base, *others = (_daily(ensemble, flow).sum(axis=1, dtype=float) for ensemble in ensembles)
    if not others:
        return float(base.mean())
    changes = [(float(np.mean(other - base)), float(np.std(other - base))) for other in others]
    return max(abs(mean) / (deviation or 1.0) for mean, deviation in changes)
