"""Oil of a run in the units of charts: exports and curtailment by the day, and how two runs compare."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.charts.over_time import sampling_of, total
from sim.charts.wording import capitalised, scale_of
from sim.measures.oil.flows import main_cargo, markets_by_route
from sim.measures.record import Record
from sim.measures.series import Numbers
from sim.measures.smoothing import SeriesMean
from sim.network.elements import Cargo

Flow = Callable[[Record, str, SeriesMean], dict[str, Numbers]]
"""Rates of a cargo by route or shipper: `exports_by_route` or `curtailed_by_shipper`."""


def liquids(record: Record) -> list[Cargo]:
    """Return the cargoes that some market buys, the main one first."""
    network = record.network
    sold = [cargo for cargo in network.cargoes.values() if markets_by_route(network, cargo.id)]
    main = main_cargo(record)
    return sorted(sold, key=lambda cargo: cargo.id != main.id)


def naming(record: Record, cargo: Cargo, finding: str) -> str:
    """Return a finding, with the cargo before it in a run of several liquids."""
    if len(liquids(record)) == 1:
        return finding
    return f"{capitalised(cargo.name)}: {finding[:1].lower()}{finding[1:]}"


def rates(flow: Flow, record: Record, cargo: Cargo, mean: SeriesMean) -> dict[str, Numbers]:
    """Return rates by route or shipper as a mean of a `Sampling` gives them, in kt (or TEU) per day."""
    return {name: values / scale_of(cargo)[0] for name, values in flow(record, cargo.id, mean).items()}


def daily_total(flow: Flow, record: Record, cargo: Cargo, chart: Record) -> Numbers:
    """Return the total rate on each day of a chart's run, in kt (or TEU) per day; nan on other days."""
    sampling = sampling_of(record, chart)
    return total(rates(flow, record, cargo, sampling.daily), sampling.edges[:-1])


def amounts(flow: Flow, record: Record, cargo: Cargo) -> dict[str, float]:
    """Return amounts over a run by route or shipper, in kt (or TEU)."""
    sampling = sampling_of(record)
    days = np.diff(sampling.edges)
    return {name: float(each @ days) for name, each in rates(flow, record, cargo, sampling.daily).items()}


def on_common_days(flow: Flow, record: Record, reference: Record, cargo: Cargo) -> tuple[float, float]:
    """Return the amounts of a run and of a reference run on the days that both cover, in kt (or TEU)."""
    mine, theirs = (daily_total(flow, run, cargo, record) for run in (record, reference))
    both = ~np.isnan(mine + theirs)
    days = np.diff(sampling_of(record).edges)[both]
    return float(mine[both] @ days), float(theirs[both] @ days)
