"""Plots of what passed day by day in many runs: of each variant, and how it differs from the first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from sim.charts.studies.over_time import main_flows
from sim.charts.wording import RATE_UNITS, capitalised
from sim.measures.series import Numbers
from sim.measures.smoothing import Smoothing, breaks, smoothing_name, smoothing_width
from sim.plots.closures import Entry, boycott_entries, entries
from sim.plots.style import Stroke, strokes
from sim.report.html.curves import Curve, curve, dashed, shade
from sim.report.html.figure import Figure, Row, figure, legend_once
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import NINE_IN_TEN, quantile
from sim.studies.request import Flow

LOWER = 150.0  # pixels
LINE = 1.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days that courses lie over."""

    start: date
    days: float
    step: float = 1.0


def course_figures(ensembles: Sequence[Ensemble]) -> Iterator[Figure]:
    """A plot for each cargo: all routes of a liquid, else the way that differs most; others can be chosen."""
    for first in main_flows(ensembles):
        cargo = first[0].cargo
        all_flows = [flow for flow in ensembles[0].flows if flow.cargo == cargo]
        others = [[flow] for flow in all_flows if [flow] != list(first) and _passes(ensembles, flow)]
        made = [_figure(ensembles, flows) for flows in (first, *others)]
        yield replace(made[0], others=made[1:])


def _passes(ensembles: Sequence[Ensemble], flow: Flow) -> bool:
    """Whether all variants know a flow, and anything of it passes in any."""
    if not all(flow in one.flows for one in ensembles):
        return False
    return any(bool(np.any(one.daily[:, one.flows.index(flow)])) for one in ensembles)


def _figure(ensembles: Sequence[Ensemble], flows: Sequence[Flow]) -> Figure:
    base, first = ensembles[0], flows[0]
    divisor, unit = RATE_UNITS[first.unit]
    days, closed = Days(start=base.start, days=base.days), _closed(ensembles)
    spans = dict.fromkeys(span for one in ensembles for span in one.spans)
    edges, times = breaks(spans, days.days), np.arange(base.daily.shape[2], dtype=float) + 0.5
    drawn = [_smooth(one, flows, times, edges) / divisor for one in ensembles]
    looks = strokes(len(ensembles))
    curves = [
        each
        for one, values, look in zip(ensembles, drawn, looks, strict=True)
        for each in _course(days, one.label, values, look)
    ]
    rows = [Row(name="", unit=f"{unit}/day", curves=curves)]
    if len(ensembles) > 1:
        reach = quantile(max(len(base) - 1, 1))
        lower = [
            each
            for one, values, look in zip(ensembles[1:], drawn[1:], looks[1:], strict=True)
            for each in _difference(days, one.label, values - drawn[0], look, reach)
        ]
        name = f"Difference from {base.label}"
        rows.append(Row(name=name, unit=f"{unit}/day", curves=lower, height=LOWER, signed=True))
    told = f"{smoothing_name(base.days)} of {len(base)} replications; shaded: nine in ten of them"
    if len(ensembles) > 1:
        told += "; below, pair by pair on the same luck, shaded: 95 % interval of the mean difference"
    if len({(one.spans, one.boycotts) for one in ensembles}) > 1:
        told += "; closures and boycotts are those of any variant"
    return figure(days, f"course-{first.cargo}", _title(flows), told, legend_once(rows), closed)


def _title(flows: Sequence[Flow]) -> str:
    first = flows[0]
    if first.kind == "exports":
        return f"{first.name}: exports, {first.way if len(flows) == 1 else 'all routes'}"
    return f"{first.name}: arrivals, {capitalised(first.way)}"


def _closed(ensembles: Sequence[Ensemble]) -> list[Entry]:
    """The closures and boycotts of any of the variants."""
    days = ensembles[0].days
    spans = dict.fromkeys(span for one in ensembles for span in one.spans)
    boycotts = dict.fromkeys(boycott for one in ensembles for boycott in one.boycotts)
    return [*boycott_entries(boycotts, days), *entries(spans, days)]


def _smooth(one: Ensemble, flows: Sequence[Flow], times: Numbers, edges: Sequence[float]) -> Numbers:
    """What passed of some flows together in each replication, as means about the middle of each day."""
    daily = np.sum([one.daily[:, one.flows.index(flow)] for flow in flows], axis=0, dtype=float)
    return Smoothing(
        times=times, until=float(daily.shape[1]), width=smoothing_width(one.days), breaks=edges
    ).of_days(daily)


def _course(days: Days, label: str, values: Numbers, look: Stroke) -> list[Curve]:
    low, high = np.quantile(values, NINE_IN_TEN, axis=0)
    band = shade(days, low, high, look.colour, 0.14, label) if len(values) > 1 else []
    return [*band, curve(days, label, values.mean(axis=0), look.colour, dashed(look.dashes), LINE)]


def _difference(days: Days, label: str, apart: Numbers, look: Stroke, reach: float) -> list[Curve]:
    mean = apart.mean(axis=0)
    error = reach * apart.std(axis=0, ddof=1) / len(apart) ** 0.5 if len(apart) > 1 else np.zeros(mean.shape)
    band = shade(days, mean - error, mean + error, look.colour, 0.2, label)
    return [*band, curve(days, label, mean, look.colour, dashed(look.dashes), LINE)]
