"""Oil of a run in the units of charts: exports and curtailment by the day, and how two runs compare."""

from __future__ import annotations

import numpy as np

from sim.charts.over_time import Sampling, sampling_of, total
from sim.charts.wording import scale_of
from sim.measures.oil.flows import curtailed_by_shipper, exports_by_route, main_cargo, markets_by_route
from sim.measures.record import Record
from sim.measures.series import Numbers
from sim.network.elements import Cargo


def liquids(record: Record) -> list[Cargo]:
    """Return the cargoes that some market buys, the main one first."""
    network = record.network
    sold = [cargo for cargo in network.cargoes.values() if markets_by_route(network, cargo.id)]
    main = main_cargo(record)
    return sorted(sold, key=lambda cargo: cargo.id != main.id)


def exports(record: Record, cargo: Cargo, sampling: Sampling) -> dict[str, Numbers]:
    """Return smoothed exports by route at each midnight, in kt (or TEU) per day."""
    by_route = exports_by_route(record, cargo.id, sampling.smooth.of_steps)
    return {route: values / scale_of(cargo)[0] for route, values in by_route.items()}


def exported_amounts(record: Record, cargo: Cargo, sampling: Sampling) -> dict[str, float]:
    """Return what was exported by route on the days of a chart that the run covers, in kt (or TEU)."""
    by_route = exports_by_route(record, cargo.id, sampling.daily)
    return {route: summed(values, sampling) / scale_of(cargo)[0] for route, values in by_route.items()}


def curtailed(record: Record, cargo: Cargo, sampling: Sampling) -> dict[str, Numbers]:
    """Return the curtailment of each day by shipper, in kt (or TEU) per day."""
    by_shipper = curtailed_by_shipper(record, cargo.id, sampling.daily)
    return {name: values / scale_of(cargo)[0] for name, values in by_shipper.items()}


def curtailed_amount(record: Record, cargo: Cargo, sampling: Sampling) -> float:
    """Return what was curtailed in all on the days of a chart, in kt (or TEU)."""
    return summed(total(curtailed(record, cargo, sampling), sampling.edges[:-1]), sampling)


def summed(daily: Numbers, sampling: Sampling) -> float:
    """Return the sum of daily means over the days that have one."""
    return float(np.nansum(daily * np.diff(sampling.edges)))


def on_common_days(record: Record, reference: Record, cargo: Cargo) -> tuple[float, float]:
    """Return the exports of a run and of a reference run on the days that both cover, in kt (or TEU)."""
    mine, theirs = sampling_of(record), sampling_of(reference, record)
    totals = [
        total(exports_by_route(run, cargo.id, sampling.daily), sampling.edges[:-1])
        for run, sampling in ((record, mine), (reference, theirs))
    ]
    both = ~np.isnan(totals[0] + totals[1])
    ours, others = (summed(np.where(both, values, 0.0), mine) / scale_of(cargo)[0] for values in totals)
    return ours, others
