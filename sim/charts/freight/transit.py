"""Days from origin to destination of a cargo over time, by group of corridors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.charts.chart import Band, Chart, Line, Mark, Panel
from sim.charts.freight.groups import group_strokes, ocean_groups
from sim.charts.over_time import time_chart
from sim.charts.style import Stroke
from sim.charts.wording import capitalised, number
from sim.measures.freight.arrivals import groups_of_cargo, groups_of_loads, loads_of_cargo
from sim.measures.freight.transit import LONG, weighted_quantile
from sim.measures.record import Record
from sim.measures.series import Numbers, daily_edges
from sim.network.elements import Cargo

LONG_RUN = 100.0  # days
MAX_BANDS = 2


def transit(record: Record, cargo: Cargo, reference: Record | None = None) -> Chart:
    """Return the chart of median days by group, with a band up to the 90th percentile for two groups."""
    x, window, looks = daily_edges(record.days), window_of(record), group_strokes(record.network)
    banded = banded_groups(record, cargo)
    marks: list[Mark] = []
    for group in groups_of_cargo(record.network, cargo.id):
        median, late = trailing(x, window, *arrivals(record, cargo, group))
        if np.all(np.isnan(median)):
            continue
        name = capitalised(group)
        if group in banded:
            colour = looks[group].colour
            marks.append(
                Band(name=f"{name}, up to the 90th percentile", x=x, low=median, high=late, colour=colour)
            )
        marks.append(Line(name=f"{name}, median", x=x, values=median, stroke=looks[group], width=2.0))
        marks += _reference(record, cargo, reference, group, looks[group]) if group in banded else []
    panel = Panel(name="From origin to destination", unit="days", marks=tuple(marks), empty="Nothing arrived")
    return time_chart(
        record,
        "freight",
        name="transit",
        finding=finding(record, cargo, reference),
        subject=f"{cargo.name}: days from origin to destination of what arrived in the {window:.0f} days "
        "before each date; a gap where nothing arrived",
        panels=[panel],
        reference=reference,
    )


def arrivals(record: Record, cargo: Cargo, group: str) -> tuple[Numbers, Numbers, Numbers]:
    """Return when each load arrived by a group, after how many days and how much it was, in order of time."""
    loads = record.trip_table.loads
    rows = np.flatnonzero(
        loads_of_cargo(record, cargo.id)
        & loads.last
        & (loads.delivered <= record.days)
        & (groups_of_loads(record) == group)
    )
    rows = rows[np.argsort(loads.delivered[rows], kind="stable")]
    return loads.delivered[rows], loads.delivered[rows] - loads.created[rows], loads.amount[rows]


def window_of(record: Record) -> float:
    """Return the days before each date over which arrivals are taken together."""
    return 14.0 if record.days >= LONG_RUN else 5.0


def trailing(
    times: Numbers, window: float, arrived: Numbers, took: Numbers, amounts: Numbers
) -> tuple[Numbers, Numbers]:
    """Return median and 90th percentile by amount of what arrived in the window before each time, or nan."""
    firsts, lasts = (np.searchsorted(arrived, at, side="right") for at in (times - window, times))
    quantiles = np.full((2, len(times)), np.nan)
    for row, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        if last > first:
            sample = took[first:last], amounts[first:last]
            quantiles[:, row] = weighted_quantile(*sample, 0.5), weighted_quantile(*sample, LONG)
    return quantiles[0], quantiles[1]


def banded_groups(record: Record, cargo: Cargo) -> list[str]:
    """Return the groups that are shaded: at most two, those by land before the ocean's."""
    ocean = ocean_groups(record.network)
    names = groups_of_cargo(record.network, cargo.id)
    used = [group for group in names if len(arrivals(record, cargo, group)[0])]
    return sorted(used, key=lambda group: group in ocean)[:MAX_BANDS]


def finding(record: Record, cargo: Cargo, reference: Record | None) -> str:
    """Return median and 90th percentile of the whole run of the shaded groups.

    With a reference run, those of the group whose median differs most, in both runs.
    """
    groups = banded_groups(record, cargo)
    days = {group: _whole_run(record, cargo, group) for group in groups}
    baseline = {group: _whole_run(reference, cargo, group) for group in groups} if reference else {}
    in_both = [group for group in groups if baseline.get(group)]
    if in_both:
        group = max(in_both, key=lambda each: abs(days[each][0] - baseline[each][0]))
        return f"{_spread(cargo, group, days[group])} (reference: {_pair(baseline[group])})"
    if not groups:
        return f"No {cargo.name.lower()} arrived"
    first, *others = groups
    words = (f"by {each}, {_pair(days[each])}" for each in others)
    return "; ".join([_spread(cargo, first, days[first]), *words])


def _spread(cargo: Cargo, group: str, days: Sequence[float]) -> str:
    median, late = (number(value, 2) for value in days)
    return f"{cargo.name} by {group}: half within {median} days, nine in ten within {late}"


def _pair(days: Sequence[float]) -> str:
    return " and ".join(number(value, 2) for value in days)


def _whole_run(record: Record, cargo: Cargo, group: str) -> tuple[float, ...]:
    """Return median and 90th percentile of all that arrived by a group; nothing if none did."""
    if group not in groups_of_cargo(record.network, cargo.id):
        return ()
    _, took, amounts = arrivals(record, cargo, group)
    return tuple(weighted_quantile(took, amounts, part) or 0.0 for part in (0.5, LONG)) if len(took) else ()


def _reference(
    record: Record, cargo: Cargo, reference: Record | None, group: str, look: Stroke
) -> list[Mark]:
    if reference is None or group not in groups_of_cargo(reference.network, cargo.id):
        return []
    shift = float((reference.start - record.start).days)
    x = daily_edges(record.days)
    median, _ = trailing(x - shift, window_of(record), *arrivals(reference, cargo, group))
    median[(x - shift < 0.0) | (x - shift > reference.days)] = np.nan
    name = f"{capitalised(group)}, median of the reference run"
    return [Line(name=name, x=x, values=median, stroke=Stroke(look.colour, "dot"), width=1.2)]
