"""Values below the map on its date, of the run and of the reference run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from sim.charts.freight.groups import dry_cargoes, ocean_groups
from sim.charts.map.playback import Frames
from sim.charts.oil.tank_level import called_farm
from sim.charts.wording import scale_of
from sim.engine.journal import StepQuantity
from sim.measures.freight.arrivals import arrivals_by_group
from sim.measures.series import Numbers
from sim.measures.smoothing import events_in_order

Readout = tuple[str, str, int, Numbers]
"""Name of a quantity, its unit, decimals, and values by frame."""

Quantities = Callable[[Frames], Iterator[Readout]]
RUN_NAMES = ("run", "reference")
"""Names of a run and its reference run in the data of a page."""
KILOTONNE = 1e3


def readouts(runs: Mapping[str, Frames]) -> dict[str, list[dict[str, Any]]]:
    """Return the quantities of each map with their values in each run."""
    return {
        "oil": _by_quantity(runs, _oil) if runs["run"].record.network.contracts else [],
        "freight": _by_quantity(runs, _freight) if runs["run"].record.network.demands else [],
    }


def short(values: Numbers, digits: int = 4) -> list[float | None]:
    """Return values with a few digits, None where there is no value."""
    return [None if value != value else float(f"{value:.{digits}g}") for value in values.tolist()]


def _by_quantity(runs: Mapping[str, Frames], quantities: Quantities) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for name, frames in runs.items():
        for title, unit, decimals, values in quantities(frames):
            row = rows.setdefault(title, {"name": title, "unit": unit, "decimals": decimals})
            row[name] = short(values)
    return [row for row in rows.values() if "run" in row]


def _oil(frames: Frames) -> Iterator[Readout]:
    network, journal = frames.record.network, frames.record.journal
    if not network.contracts:
        return
    markets = dict.fromkeys(contract.market for contract in network.contracts.values())
    yield "Exports", "kt/day", 0, _sum(frames, "exported", list(markets))
    yield "Produced", "kt/day", 0, _sum(frames, "produced", list(network.shippers))
    yield "Curtailed", "kt/day", 0, _sum(frames, "curtailed", list(network.shippers))
    tank = called_farm(network)
    if tank:
        yield f"{tank.name}, fill", "%", 0, frames.fill(tank)
        waiting = frames.step_means(journal.step_series("waiting", tank.feeds))
        yield f"Tankers waiting, {network.places[tank.place].name}", "ships", 1, waiting


def _sum(frames: Frames, quantity: StepQuantity, elements: list[str]) -> Numbers:
    journal, smoothing = frames.record.journal, frames.smoothing
    values = [smoothing.of_steps(journal.step_series(quantity, element)) for element in elements]
    total: Numbers = np.sum(values, axis=0) / KILOTONNE
    return total


def _freight(frames: Frames) -> Iterator[Readout]:
    record = frames.record
    ocean = ocean_groups(record.network)
    for cargo in dry_cargoes(record):
        divisor, unit = scale_of(cargo)
        for group, arrivals in arrivals_by_group(record, cargo.id).items():
            if len(arrivals.times):
                title = f"{cargo.name} arriving by {'the ' if group in ocean else ''}{group}"
                values = frames.smoothing.of_events(
                    events_in_order(arrivals.times, arrivals.amounts / divisor)
                )
                yield title, f"{unit}/day", 0 if unit == "TEU" else 2, values
