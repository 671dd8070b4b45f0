"""Tables of dry cargo: trips, transit, days, bottlenecks, choices, losses, port calls and the balance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from sim.engine.freight import FreightBalance
from sim.measures import Record, bottlenecks, days_by_leg
from sim.measures.freight.activities import ACTIVITIES
from sim.measures.freight.selectors import within
from sim.measures.freight.transit import LONG, transits, weighted_quantile
from sim.measures.freight.yards import legs_from, yard_queue
from sim.measures.series import Numbers, step_means
from sim.report.csv_files import number, rounded, write_csv

Cells = Sequence[object]
NOISE = 1e-9  # smaller values are rounding errors
DAY_COLUMNS = tuple(f"{activity}_days" for activity in ACTIVITIES)


def write_freight(record: Record, folder: Path) -> None:
    """Write trips, transit, days, bottlenecks, choices, lost and port_calls, each a CSV of that name."""
    write_trips(record, folder / "trips.csv")
    write_transit(record, folder / "transit.csv")
    write_days(record, folder / "days.csv")
    write_bottlenecks(record, folder / "bottlenecks.csv")
    write_choices(record, folder / "choices.csv")
    write_lost(record, folder / "lost.csv")
    write_port_calls(record, folder / "port_calls.csv")


def moments(record: Record, days: ArrayLike) -> list[str]:
    """Return days of the run as dates and times to the minute; empty for moments that did not come."""
    at = np.asarray(days, dtype=float)
    finite = np.isfinite(at)
    minutes = np.round(np.where(finite, at, 0.0) * 1440).astype("timedelta64[m]")
    texts = np.datetime_as_string(np.datetime64(record.start, "m") + minutes, unit="s")
    return [text.replace("T", " ") if came else "" for text, came in zip(texts.tolist(), finite, strict=True)]


def unit_of(record: Record, cargo: str) -> str:
    """Return the unit of a cargo."""
    return record.network.cargoes[cargo].unit


def write_trips(record: Record, file: Path) -> None:
    """Write each part of a consignment on each leg: its moments, and its days by activity so far."""
    table = record.trip_table
    loads = table.loads
    service = np.where(loads.trip >= 0, np.append(table.trips.service, -1)[loads.trip], -1)
    services = (*table.services, "")  # -1 is none
    columns = [
        loads.consignment.tolist(),
        [table.demands[demand] for demand in loads.demand.tolist()],
        [table.corridors[corridor] for corridor in loads.corridor.tolist()],
        [table.legs[leg].id for leg in loads.leg.tolist()],
        [services[rank] for rank in service.tolist()],
        [number(amount) for amount in loads.amount.tolist()],
        [unit_of(record, table.legs[leg].cargo) for leg in loads.leg.tolist()],
    ]
    times = (loads.created, loads.ready, loads.loaded, loads.departed, loads.arrived, loads.delivered)
    columns += [moments(record, column) for column in times]
    for activity in ACTIVITIES:
        spent = np.maximum(record.time_by_activity[activity], 0.0)
        columns.append([f"{days:.4g}" for days in spent.tolist()])
    header = ("consignment", "demand", "corridor", "leg", "service", "amount", "unit")
    time_header = ("created", "ready", "loaded", "departed", "arrived", "delivered")
    write_csv(file, (*header, *time_header, *DAY_COLUMNS), zip(*columns, strict=True))


def month_edges(record: Record) -> list[tuple[date, float, float]]:
    """Return the calendar months of a run: the first day of each, and its start and end in days."""
    months, first = [], record.start.replace(day=1)
    while record.day(first) < record.days:
        following = (first + timedelta(days=32)).replace(day=1)
        months.append((first, max(record.day(first), 0.0), min(record.day(following), record.days)))
        first = following
    return months


def write_transit(record: Record, file: Path) -> None:
    """Write the amount delivered and the transit days by corridor and month of arrival."""

    def rows() -> Iterator[Cells]:
        for id, corridor in record.network.corridors.items():
            tonnes, unit = record.network.cargoes[corridor.cargo].tonnes, unit_of(record, corridor.cargo)
            for first, a, b in month_edges(record):
                days, weights = transits(record, id, a, b)
                amount = number(float(weights.sum()) / tonnes)
                quantiles = [number(weighted_quantile(days, weights, part)) for part in (0.5, LONG)]
                yield f"{first:%Y-%m}", id, corridor.group, amount, unit, *quantiles

    write_csv(file, ("month", "corridor", "group", "amount", "unit", "median_days", "p90_days"), rows())


def write_days(record: Record, file: Path) -> None:
    """Write the mean days by activity of each corridor and leg, over the whole run."""

    def rows() -> Iterator[Cells]:
        for id, corridor in record.network.corridors.items():
            unit = unit_of(record, corridor.cargo)
            for leg in days_by_leg(record, id):
                days = [f"{_without_noise(leg.days[activity]):.6g}" for activity in ACTIVITIES]
                yield (*(id, corridor.group, leg.leg.id, number(leg.amount), unit), *days, f"{leg.total:.6g}")

    write_csv(file, ("corridor", "group", "leg", "amount", "unit", *DAY_COLUMNS, "total_days"), rows())


def write_bottlenecks(record: Record, file: Path) -> None:
    """Write the elements that cargo waited for, their use, and their share of all waiting of a cargo."""
    rows = (
        (
            constraint.element,
            constraint.kind,
            constraint.name,
            f"{_without_noise(constraint.use):.4g}",
            f"{_without_noise(constraint.waiting):.6g}",
            constraint.cargo,
            f"{_without_noise(constraint.part):.4g}",
            "yes" if constraint.binds else "no",
        )
        for constraint in bottlenecks(record)
    )
    columns = ("element", "kind", "name", "use_percent", "waiting_kt_days", "cargo", "part_percent", "binds")
    write_csv(file, columns, rows)


def _without_noise(value: float) -> float:
    return value if abs(value) >= NOISE else 0.0


def write_choices(record: Record, file: Path) -> None:
    """Write the share of each demand that booked each corridor from each review on, and its expected days."""
    choices, corridors = record.journal.choices, record.network.corridors
    rows = (
        (
            time,
            choice.demand,
            choice.corridor,
            corridors[choice.corridor].group,
            f"{choice.share:.6g}",
            f"{choice.days:.6g}",
        )
        for time, choice in zip(moments(record, [choice.time for choice in choices]), choices, strict=True)
    )
    write_csv(file, ("time", "demand", "corridor", "group", "share", "expected_days"), rows)


def write_lost(record: Record, file: Path) -> None:
    """Write the cargo diverted to the ocean, dropped, or refused by its shippers."""
    lost, demands = record.journal.lost, record.network.demands
    times = moments(record, [each.time for each in lost]), moments(record, [each.ready for each in lost])
    rows = (
        (
            time,
            each.kind,
            each.demand,
            each.corridor,
            number(each.amount),
            unit_of(record, demands[each.demand].cargo),
            ready,
        )
        for time, ready, each in zip(*times, lost, strict=True)
    )
    write_csv(file, ("time", "kind", "demand", "corridor", "amount", "unit", "ready"), rows)


def write_port_calls(record: Record, file: Path) -> None:
    """Write every call of a ship with dry cargo: its times, the days of cargo work, the amounts."""
    calls, quays = record.journal.port_calls, record.network.quays
    times = (
        moments(record, [call.arrived for call in calls]),
        moments(record, [call.berthed for call in calls]),
        moments(record, [call.left for call in calls]),
    )
    rows = (
        (
            *(call.service, call.vehicle, call.quay),
            *at,
            f"{call.worked:.6g}",
            *(number(call.discharged), number(call.loaded)),
            unit_of(record, quays[call.quay].cargo),
        )
        for call, *at in zip(calls, *times, strict=True)
    )
    columns = ("service", "vehicle", "quay", "arrived", "berthed", "departed", "worked_days")
    write_csv(file, (*columns, "discharged", "loaded", "unit"), rows)


def daily_freight(record: Record, edges: Numbers) -> Iterator[tuple[str, str, Numbers, str]]:
    """Yield daily series: arrivals at the end of each line each way, and cargo in each yard for each leg."""
    table, network = record.trip_table, record.network
    crossings, trips = table.crossings, table.trips
    cargo_of = np.array([list(network.cargoes).index(leg.cargo) for leg in table.legs], dtype=np.int64)
    for which, cargo in enumerate(network.cargoes.values()):
        of_cargo = cargo_of[trips.leg[crossings.trip]] == which
        for rank, direction in enumerate(table.directions):
            rows = of_cargo & (crossings.direction == rank) & within(crossings.arrived, edges[0], edges[-1])
            amounts = trips.amount[crossings.trip[rows]]
            if amounts.any():
                daily, _ = np.histogram(crossings.arrived[rows], bins=edges, weights=amounts)
                rate = daily / np.diff(edges)
                yield f"{cargo.id} passed", ">".join(direction), rate, f"{cargo.unit}/day"
    for yard in network.yards.values():
        for leg in legs_from(record, yard.id):
            level = step_means(yard_queue(record, leg), record.days, edges)
            yield "in yard", table.legs[leg].id, level, unit_of(record, yard.cargo)


def freight_balance(record: Record, balance: FreightBalance) -> dict[str, Any]:
    """Return the balance of each dry cargo for summary.json, in its unit."""
    return {
        "cargoes": [
            {
                "cargo": line.cargo,
                "unit": unit_of(record, line.cargo),
                "opening": rounded(line.opening),
                "sent": rounded(line.sent),
                "delivered": rounded(line.delivered),
                "dropped": rounded(line.dropped),
                "in_yards": rounded(line.in_yards),
                "under_way": rounded(line.under_way),
            }
            for line in balance.lines
        ],
        "holds": balance.holds,
    }
