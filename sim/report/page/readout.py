"""Values below the map on its date, of the run and of the reference run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from sim.charts.freight.groups import dry_cargoes, ocean_groups
from sim.charts.oil.tank_level import called_farm
from sim.charts.wording import scale_of
from sim.engine.journal import StepQuantity
from sim.measures import Record
from sim.measures.freight.arrivals import arrivals_by_group
from sim.measures.series import Numbers
from sim.report.page.map_flows import KILOTONNE, event_flow, fill, frame_means, step_flow
from sim.report.page.page_runs import PageRuns, short

Readout = tuple[str, str, int, Numbers]
"""Name of a quantity, its unit, decimals, and values by frame."""

Quantities = Callable[[PageRuns, Record], Iterator[Readout]]


def readouts(runs: PageRuns) -> dict[str, list[dict[str, Any]]]:
    """Return the quantities of each map with their values in each run."""
    return {
        "oil": _by_quantity(runs, _oil) if runs.record.network.contracts else [],
        "freight": _by_quantity(runs, _freight) if runs.record.network.demands else [],
    }


def _by_quantity(runs: PageRuns, quantities: Quantities) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for name, record in runs.by_name:
        for title, unit, decimals, values in quantities(runs, record):
            row = rows.setdefault(title, {"name": title, "unit": unit, "decimals": decimals})
            row[name] = short(values)
    return [row for row in rows.values() if "run" in row]


def _oil(runs: PageRuns, record: Record) -> Iterator[Readout]:
    network, journal = record.network, record.journal
    if not network.contracts:
        return
    markets = dict.fromkeys(contract.market for contract in network.contracts.values())
    yield "Exports", "kt/day", 0, _sum(runs, record, "exported", list(markets))
    yield "Produced", "kt/day", 0, _sum(runs, record, "produced", list(network.shippers))
    yield "Curtailed", "kt/day", 0, _sum(runs, record, "curtailed", list(network.shippers))
    tank = called_farm(network)
    if tank:
        yield f"{tank.name}, fill", "%", 0, fill(runs, record, tank)
        waiting = frame_means(runs, record, journal.step_series("waiting", tank.feeds))
        yield f"Tankers waiting, {network.places[tank.place].name}", "ships", 1, waiting


def _sum(runs: PageRuns, record: Record, quantity: StepQuantity, elements: list[str]) -> Numbers:
    journal = record.journal
    values = [step_flow(runs, record, journal.step_series(quantity, one)) for one in elements]
    total: Numbers = np.sum(values, axis=0) / KILOTONNE
    return total


def _freight(runs: PageRuns, record: Record) -> Iterator[Readout]:
    ocean = ocean_groups(record.network)
    for cargo in dry_cargoes(record):
        divisor, unit = scale_of(cargo)
        for group, some in arrivals_by_group(record, cargo.id).items():
            if len(some.times):
                title = f"{cargo.name} arriving by {'the ' if group in ocean else ''}{group}"
                values = event_flow(runs, record, some.times, some.amounts / divisor)
                yield title, f"{unit}/day", 0 if unit == "TEU" else 2, values
