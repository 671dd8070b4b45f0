"""Level of the tank farm that tankers are called to, with its limits and when its intake was throttled."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

import numpy as np

from sim.charts.chart import Band, Chart, Limit, Line, Mark, NumberAxis, Panel, Scale, Zone
from sim.charts.closures import united
from sim.charts.over_time import reference_line, sampling_of, time_chart
from sim.charts.style import CLOSED, FILLS, INK, THROTTLED, Stroke
from sim.charts.wording import day_and_month, number, percent, scale_of
from sim.engine.journal import Series
from sim.measures import MEASURES
from sim.measures.oil.demurrage import lanes_of_called_ships
from sim.measures.record import Record
from sim.measures.series import daily_edges, line_at, line_means, line_ranges
from sim.network.elements import Stock
from sim.network.network import Network

EXACT_UNTIL = 120.0  # days: shorter runs show every turn of the level
HEADROOM = 1.1  # of the capacity
LEVEL = Stroke(FILLS[0].colour)


def called_farm(network: Network) -> Stock | None:
    """Return the first tank farm that feeds a sea lane which ships of the world market are called to."""
    called = lanes_of_called_ships(network)
    return next((stock for stock in network.stocks.values() if stock.feeds in called), None)


def reference_level(record: Record, reference: Record, farm: str, full: float) -> Line:
    """Return the line of a farm's level in the reference run, `full` being its capacity there."""
    sampling = sampling_of(reference, record)
    shares = sampling.at_midnight(reference.journal.point_series("level", farm))
    return reference_line(sampling.edges, full * shares / reference.network.stocks[farm].capacity)


def tank_level(record: Record, reference: Record | None = None) -> Chart:
    """Return the chart of the level of the tank farm that tankers are called to."""
    farm = called_farm(record.network)
    assert farm is not None
    divisor, unit = scale_of(record.network.cargoes[farm.cargo])
    capacity = farm.capacity / divisor
    marks = [*_level(record, farm, divisor)]
    if reference and farm.id in reference.network.stocks:
        full = reference.network.stocks[farm.id].capacity / divisor
        marks.append(reference_level(record, reference, farm.id, full))
    exact = record.days <= EXACT_UNTIL
    panel = Panel(
        name="Level",
        unit=unit,
        marks=(*marks, *_limits(record, farm, capacity, unit)),
        y=NumberAxis(
            low=0.0, high=HEADROOM * capacity, second=Scale(title="% of capacity", factor=100 / capacity)
        ),
    )
    return time_chart(
        record,
        "oil",
        name="tank-level",
        finding=finding(record, farm, reference),
        subject=f"{farm.name}: level, {unit}, {'at each moment' if exact else 'mean and range of each day'}",
        panels=[panel],
        reference=reference,
    )


def finding(record: Record, farm: Stock, reference: Record | None) -> str:
    """Return how full a tank farm was at most and for how long its intake was throttled."""
    edges = daily_edges(record.days)
    _, highest = line_ranges(record.journal.point_series("level", farm.id), edges)
    day = int(np.argmax(highest))
    share = percent(float(highest[day]), farm.capacity)
    peak = "was full" if share == "100 %" else f"was at most {share} full"
    throttled = _days_throttled(record, farm, 0.0, record.days)
    held = f"intake throttled for {throttled}" if throttled != "0 days" else "intake never throttled"
    if reference and farm.id in reference.network.stocks and _covers(reference, record):
        since = float((record.start - reference.start).days)
        held += f" (reference: {_days_throttled(reference, farm, since, since + record.days)})"
    return f"{farm.name} {peak} on {day_and_month(record.start, day)}; {held}"


def throttled_spans(limit: Series | None, until: float) -> tuple[tuple[float, float], ...]:
    """Return the stretches during which the limit on a tank farm's intake was finite."""
    if limit is None:
        return ()
    steps = zip(limit.times, [*limit.times[1:], until], limit.values, strict=True)
    return united((start, end) for start, end, value in steps if isfinite(value) and start < end)


def _covers(reference: Record, record: Record) -> bool:
    first = (record.start - reference.start).days
    return first >= 0 and first + record.days <= reference.days


def _days_throttled(record: Record, farm: Stock, first: float, last: float) -> str:
    days = number(MEASURES["days throttled"](record, farm.id, first, last) or 0.0)
    return "1 day" if days == "1" else f"{days} days"


def _level(record: Record, farm: Stock, divisor: float) -> Iterator[Mark]:
    series = record.journal.point_series("level", farm.id)
    if series is not None and record.days <= EXACT_UNTIL:
        turns = np.array([*series.times, record.days])
        yield Line(name="Level", x=turns, values=line_at(series, turns) / divisor, stroke=LEVEL)
        return
    edges = daily_edges(record.days)
    middles = (edges[:-1] + edges[1:]) / 2
    lowest, highest = line_ranges(series, edges)
    yield Band(
        name="Range within each day",
        x=middles,
        low=lowest / divisor,
        high=highest / divisor,
        colour=LEVEL.colour,
        opacity=0.35,
    )
    yield Line(name="Mean of each day", x=middles, values=line_means(series, edges) / divisor, stroke=LEVEL)


def _limits(record: Record, farm: Stock, capacity: float, unit: str) -> Iterator[Mark]:
    yield Limit(name=f"Capacity, {number(capacity, 4)} {unit}", at=capacity, stroke=Stroke(INK))
    if farm.throttle_at < 1.0:
        name = (
            f"Throttled from {percent(farm.throttle_at, 1.0)}, until down to {percent(farm.release_at, 1.0)}"
        )
        yield Limit(name=name, at=farm.throttle_at * capacity, stroke=Stroke(CLOSED, "dash"))
    throttled = throttled_spans(record.journal.step_series("limit", farm.id), record.days)
    if throttled:
        yield Zone(
            name="Intake throttled",
            intervals=throttled,
            colour=THROTTLED,
            low=1.02 * capacity,
            high=1.07 * capacity,
            opacity=1.0,
        )
