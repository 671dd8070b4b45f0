"""What studies found, handed to the plots that draw it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.plots.comparison import Course, Heading, comparison
from sim.plots.figures import save
from sim.plots.style import RATE_UNITS
from sim.plots.whiskers import Dot, Whisker, whiskers
from sim.studies.compare import Comparison
from sim.studies.differences import Difference
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import quantile
from sim.studies.formatting import format_difference
from sim.studies.request import Flow

Axes = Any  # of matplotlib, which only plots know
Rows = Sequence[Flow]


def draw_comparison(found: Comparison, flows: Rows = (), ax: Axes | None = None) -> Axes:
    """What passed in all variants of a comparison, and how they differ from the first.

    `flows` are added up; left out, they are those of `shown_flows`.
    """
    flows = flows or shown_flows(found.ensembles)[0]
    others = ", ".join(one.label for one in found.others)
    title = f"{found.base.title}: {others} against {found.base.label}"
    return _draw(found.ensembles, title, flows, ax)


def draw_ensemble(found: Ensemble, flows: Rows = (), ax: Axes | None = None) -> Axes:
    """What passed in many runs of one scenario."""
    return _draw([found], found.title, flows or shown_flows([found])[0], ax)


def draw_whiskers(found: Comparison, ax: Axes | None = None) -> Axes:
    """The differences of all measures from the first variant; those that nothing changes are left out."""
    wanted = dict.fromkeys(one.request for one in found.differences)
    rows, same = [], 0
    for one in wanted:
        some = [other for other in found.differences if other.request == one]
        if all(other.identical for other in some):
            same += 1
        else:
            rows.append(Whisker(name=str(one), better=one.better, dots=[_dot(other) for other in some]))
    subtitle = f"Difference from {found.base.label}, each measure on a scale of its own; 95 % intervals"
    if same:
        subtitle += f"; {same} more are identical"
    labels = [one.label for one in found.others]
    return whiskers(rows, labels, found.base.title, subtitle, ax)


def save_comparison(found: Comparison, folder: Path) -> list[Path]:
    """Write comparison.png, one more for each other kind of cargo, and whiskers.png, each also as SVG."""
    files = save(draw_whiskers(found), folder, "whiskers")
    return files + _save(found.ensembles, lambda flows: draw_comparison(found, flows), folder, "comparison")


def save_ensemble(found: Ensemble, folder: Path) -> list[Path]:
    """Write throughput.png, and one more for each other kind of cargo, each also as SVG."""
    return _save([found], lambda flows: draw_ensemble(found, flows), folder, "throughput")


def shown_flows(ensembles: Sequence[Ensemble]) -> list[Rows]:
    """The flows that plots show, by cargo: liquids by all routes together, else the way that differs most.

    Of a single ensemble, the way that carries most.
    """
    base = ensembles[0]
    found: list[Rows] = []
    for cargo in dict.fromkeys(flow.cargo for flow in base.flows):
        flows = [flow for flow in base.flows if flow.cargo == cargo and _has(ensembles, flow)]
        if flows and flows[0].kind == "exports":
            found.append(flows)
        elif flows:
            found.append([max(flows, key=lambda flow: _interest(ensembles, flow))])
    return found


def _has(ensembles: Sequence[Ensemble], flow: Flow) -> bool:
    return all(flow in one.flows for one in ensembles)


def _interest(ensembles: Sequence[Ensemble], flow: Flow) -> float:
    """How sure it is that what passes in all is not the same; of a single ensemble, how much passes."""
    base, *others = (one.daily[:, one.flows.index(flow)].sum(axis=1, dtype=float) for one in ensembles)
    if not others:
        return float(base.mean())
    apart = [(float(np.mean(one - base)), float(np.std(one - base))) for one in others]
    return max(abs(mean) / (noise or 1.0) for mean, noise in apart)


def _save(ensembles: Sequence[Ensemble], draw: Callable[[Rows], Axes], folder: Path, name: str) -> list[Path]:
    files: list[Path] = []
    for place, flows in enumerate(shown_flows(ensembles)):
        files += save(draw(flows), folder, f"{name}-{flows[0].cargo}" if place else name)
    return files


def _draw(ensembles: Sequence[Ensemble], title: str, flows: Rows, ax: Axes | None) -> Axes:
    base, first = ensembles[0], flows[0]
    divisor, unit = RATE_UNITS[first.unit]
    what = f"{first.name}: {'total exports' if first.kind == 'exports' else f'arrivals, {first.way}'}"
    courses = []
    for one in ensembles:
        together = [one.daily[:, one.flows.index(flow)] for flow in flows]
        courses.append(Course(label=one.label, daily=np.sum(together, axis=0, dtype=float) / divisor))
    spans = dict.fromkeys(span for one in ensembles for span in one.spans)
    boycotts = dict.fromkeys(boycott for one in ensembles for boycott in one.boycotts)
    heading = Heading(title=title, what=what, unit=unit, start=base.start)
    return comparison(courses, heading, quantile(max(len(base) - 1, 1)), spans, boycotts, ax)


def _dot(one: Difference) -> Dot | None:
    if one.identical or one.difference is None or one.difference.half_width is None:
        return None
    return Dot(
        difference=one.difference.mean,
        half_width=one.difference.half_width,
        is_detected=one.is_detected,
        told=format_difference(one),
    )
