"""The figures beside the map that change with its date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.charts.freight.groups import dry_cargoes, ocean_groups
from sim.charts.oil.tank_level import called_farm
from sim.charts.wording import scale_of
from sim.engine.journal import StepQuantity
from sim.measures import Record
from sim.measures.freight.arrivals import arrivals_by_group
from sim.measures.series import Numbers
from sim.report.html.map_flows import KILOTONNE, event_flow, fill, frame_means, step_flow
from sim.report.html.shown import Shown, short

Figure = tuple[str, str, int, Numbers]
"""What, in which unit, with how many decimals, and its value by frame."""


def readouts(shown: Shown) -> dict[str, list[dict[str, Any]]]:
    """By map: its figures, each with the values of every run that has it."""
    return {
        "oil": _beside_each_other(shown, _oil) if shown.record.network.contracts else [],
        "freight": _beside_each_other(shown, _freight) if shown.record.network.demands else [],
    }


def _beside_each_other(shown: Shown, figures: Any) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for name, record in shown.runs:
        for title, unit, decimals, values in figures(shown, record):
            row = rows.setdefault(title, {"name": title, "unit": unit, "decimals": decimals})
            row[name] = short(values)
    return [row for row in rows.values() if "run" in row]


def _oil(shown: Shown, record: Record) -> Iterator[Figure]:
    network, journal = record.network, record.journal
    if not network.contracts:
        return
    markets = dict.fromkeys(contract.market for contract in network.contracts.values())
    yield "Exports", "kt/day", 0, _sum(shown, record, "exported", list(markets))
    yield "Produced", "kt/day", 0, _sum(shown, record, "produced", list(network.shippers))
    yield "Curtailed", "kt/day", 0, _sum(shown, record, "curtailed", list(network.shippers))
    tank = called_farm(network)
    if tank:
        yield f"{tank.name}, fill", "%", 0, fill(shown, record, tank)
        waiting = frame_means(shown, record, journal.step_series("waiting", tank.feeds))
        yield f"Tankers waiting, {network.places[tank.place].name}", "ships", 1, waiting


def _sum(shown: Shown, record: Record, quantity: StepQuantity, elements: list[str]) -> Numbers:
    journal = record.journal
    values = [step_flow(shown, record, journal.step_series(quantity, one)) for one in elements]
    total: Numbers = np.sum(values, axis=0) / KILOTONNE
    return total


def _freight(shown: Shown, record: Record) -> Iterator[Figure]:
    ocean = ocean_groups(record.network)
    for cargo in dry_cargoes(record):
        divisor, unit = scale_of(cargo)
        for group, some in arrivals_by_group(record, cargo.id).items():
            if len(some.times):
                title = f"{cargo.name} arriving by {'the ' if group in ocean else ''}{group}"
                values = event_flow(shown, record, some.times, some.amounts / divisor)
                yield title, f"{unit}/day", 0 if unit == "TEU" else 2, values
