"""The tidy tables of boxes and wagons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from sim.measures import Record, bottlenecks, days_by_leg
from sim.measures.freight.activities import ACTIVITIES
from sim.measures.freight.selectors import within
from sim.measures.freight.transit import LONG, transits, weighted_quantile
from sim.measures.freight.yards import legs_from, yard_queue
from sim.measures.series import Numbers, step_means
from sim.report.csv_files import number, write_csv

Cells = Sequence[str]
NOISE = 1e-9  # what is smaller comes of rounding


def write_freight(record: Record, folder: Path) -> None:
    """trips, transit, days, bottlenecks, choices, lost and port_calls, each a CSV of that name."""
    write_trips(record, folder / "trips.csv")
    write_transit(record, folder / "transit.csv")
    write_days(record, folder / "days.csv")
    write_bottlenecks(record, folder / "bottlenecks.csv")
    write_choices(record, folder / "choices.csv")
    write_lost(record, folder / "lost.csv")
    write_port_calls(record, folder / "port_calls.csv")


def moments(record: Record, days: ArrayLike) -> list[str]:
    """Dates and times of some days of the run, to the minute; empty for what has not come about."""
    at = np.asarray(days, dtype=float)
    known = np.isfinite(at)
    minutes = np.round(np.where(known, at, 0.0) * 1440).astype("timedelta64[m]")
    texts = np.datetime_as_string(np.datetime64(record.start, "m") + minutes, unit="s")
    return [text.replace("T", " ") if real else "" for text, real in zip(texts.tolist(), known, strict=True)]


def unit_of(record: Record, cargo: str) -> str:
    return record.network.cargoes[cargo].unit


def write_trips(record: Record, file: Path) -> None:
    """Each part of a consignment on each leg: its moments, and its days by kind so far."""
    table = record.trip_table
    loads, trips = table.loads, table.trips
    service = np.where(loads.trip >= 0, np.append(trips.service, -1)[loads.trip], -1)
    names = (*table.services, "")  # -1 is none
    times = [
        moments(record, c)
        for c in (loads.created, loads.ready, loads.loaded, loads.departed, loads.arrived, loads.delivered)
    ]
    spent = [
        [f"{days:.4g}" for days in np.maximum(record.time_by_activity[kind], 0.0).tolist()]
        for kind in ACTIVITIES
    ]
    legs = [(leg.id, unit_of(record, leg.cargo)) for leg in table.legs]
    rows = (
        (consignment, table.demands[demand], table.corridors[corridor], legs[leg][0], names[by],
         number(amount), legs[leg][1], *rest)
        for consignment, demand, corridor, leg, by, amount, *rest in zip(
            loads.consignment.tolist(), loads.demand.tolist(), loads.corridor.tolist(), loads.leg.tolist(),
            service.tolist(), loads.amount.tolist(), *times, *spent, strict=True,
        )
    )  # fmt: skip
    whose = ("consignment", "demand", "corridor", "leg", "service", "amount", "unit")
    when = ("born", "came", "taken", "left", "arrived", "done")
    write_csv(file, (*whose, *when, *(f"{kind}_days" for kind in ACTIVITIES)), rows)


def month_edges(record: Record) -> list[tuple[date, float, float]]:
    """The calendar months of a run: the first day of each, and the days of the run between which it lies."""
    found, first = [], record.start.replace(day=1)
    while record.day(first) < record.days:
        following = (first + timedelta(days=32)).replace(day=1)
        found.append((first, max(record.day(first), 0.0), min(record.day(following), record.days)))
        first = following
    return found


def write_transit(record: Record, file: Path) -> None:
    """By corridor and month of arrival: how much was delivered, and the days that it took."""

    def rows() -> Iterator[Cells]:
        for id, corridor in record.network.corridors.items():
            tonnes = record.network.cargoes[corridor.cargo].tonnes
            for first, a, b in month_edges(record):
                days, weights = transits(record, id, a, b)
                shown = (weighted_quantile(days, weights, part) for part in (0.5, LONG))
                amount = number(float(weights.sum()) / tonnes)
                yield (f"{first:%Y-%m}", id, corridor.group, amount, unit_of(record, corridor.cargo),
                       *(number(value) for value in shown))  # fmt: skip

    write_csv(file, ("month", "corridor", "group", "amount", "unit", "median_days", "p90_days"), rows())


def write_days(record: Record, file: Path) -> None:
    """By corridor and leg, over the whole run: where the days go."""

    def rows() -> Iterator[Cells]:
        for id, corridor in record.network.corridors.items():
            for one in days_by_leg(record, id):
                days = (f"{_real(one.days[kind]):.6g}" for kind in ACTIVITIES)
                amount = number(one.amount)
                yield (id, corridor.group, one.leg.id, amount, unit_of(record, corridor.cargo), *days,
                       f"{one.total:.6g}")  # fmt: skip

    kinds = (f"{kind}_days" for kind in ACTIVITIES)
    write_csv(file, ("corridor", "group", "leg", "amount", "unit", *kinds, "all_days"), rows())


def write_bottlenecks(record: Record, file: Path) -> None:
    """What cargo waited for, how hard it was used, and its part in all waiting of the cargo named."""
    rows = (
        (one.element, one.kind, one.name, f"{_real(one.use):.4g}", f"{_real(one.waiting):.6g}", one.cargo,
         f"{_real(one.part):.4g}", "yes" if one.binds else "no")
        for one in bottlenecks(record)
    )  # fmt: skip
    columns = ("element", "kind", "name", "use_percent", "waiting_kt_days", "cargo", "part_percent", "binds")
    write_csv(file, columns, rows)


def _real(value: float) -> float:
    """A number without what is left over from adding up: 0 for what is as good as 0."""
    return value if abs(value) >= NOISE else 0.0


def write_choices(record: Record, file: Path) -> None:
    """What part of each demand booked each corridor from when on, and the days expected of it."""
    choices, corridors = record.journal.choices, record.network.corridors
    rows = (
        (when, one.demand, one.corridor, corridors[one.corridor].group, f"{one.share:.6g}", f"{one.days:.6g}")
        for when, one in zip(moments(record, [one.time for one in choices]), choices, strict=True)
    )
    write_csv(file, ("time", "demand", "corridor", "group", "share", "expected_days"), rows)


def write_lost(record: Record, file: Path) -> None:
    """What gave up waiting and went by the ocean, what was not sent, and what refused every corridor."""
    lost, demands = record.journal.lost, record.network.demands
    times = (moments(record, [one.time for one in lost]), moments(record, [one.ready for one in lost]))
    rows = (
        (
            when,
            one.kind,
            one.demand,
            one.corridor,
            number(one.amount),
            unit_of(record, demands[one.demand].cargo),
            came,
        )
        for when, came, one in zip(*times, lost, strict=True)
    )
    write_csv(file, ("time", "kind", "demand", "corridor", "amount", "unit", "came"), rows)


def write_port_calls(record: Record, file: Path) -> None:
    """Every call of a ship with boxes or wagons: its times, the days in which cargo moved, how much."""
    calls, quays = record.journal.port_calls, record.network.quays
    columns = [
        moments(record, times) for times in zip(*((c.arrived, c.berthed, c.left) for c in calls), strict=True)
    ]
    rows = (
        (one.service, one.vehicle, one.quay, *times, f"{one.worked:.6g}", number(one.discharged),
         number(one.loaded), unit_of(record, quays[one.quay].cargo))
        for one, *times in zip(calls, *columns, strict=True)
    )  # fmt: skip
    write_csv(file, ("service", "vehicle", "quay", "arrived", "berthed", "left", "worked_days", "discharged",
                     "loaded", "unit"), rows)  # fmt: skip


def daily_freight(record: Record, edges: Numbers) -> Iterator[tuple[str, str, Numbers, str]]:
    """Day by day: what reached the end of each line each way, and what lay in each yard for each way on."""
    table, network = record.trip_table, record.network
    crossings, trips = table.crossings, table.trips
    cargo_of = np.array([list(network.cargoes).index(leg.cargo) for leg in table.legs], dtype=np.int64)
    for which, cargo in enumerate(network.cargoes.values()):
        of_cargo = cargo_of[trips.leg[crossings.trip]] == which
        for rank, way in enumerate(table.directions):
            rows = of_cargo & (crossings.direction == rank) & within(crossings.arrived, edges[0], edges[-1])
            amounts = trips.amount[crossings.trip[rows]]
            if amounts.any():
                daily, _ = np.histogram(crossings.arrived[rows], bins=edges, weights=amounts)
                yield f"{cargo.id} passed", ">".join(way), daily / np.diff(edges), f"{cargo.unit}/day"
    for yard in network.yards.values():
        for leg in legs_from(record, yard.id):
            level = step_means(yard_queue(record, leg), record.days, edges)
            yield "in yard", table.legs[leg].id, level, unit_of(record, yard.cargo)
