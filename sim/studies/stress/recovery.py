"""Time to recover: days until flows are back at the level of the undisturbed run.

Oil is judged by the output of each shipper, dry cargo by the arrivals of each group of corridors,
with the thresholds and windows of the measures of recovery.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.measures.freight import corridor_recovery
from sim.measures.oil import recovery
from sim.measures.series import Numbers
from sim.network import Network
from sim.studies.request import Flow, flows_of
from sim.studies.sampling import Daily

Flags = NDArray[np.bool_]
DEFINITION = (
    f"From the day of closure until output is at least {recovery.RECOVERED:.0%} of the undisturbed run's "
    f"for {recovery.HOLD} days in a row, shipper by shipper; for dry cargo until the arrivals of a "
    f"week and of {corridor_recovery.HOLD:.0f} days are at least {corridor_recovery.RECOVERED:.0%}, group by "
    "group. The last flow to recover counts. A fall that begins more than that many days after the "
    "closure is not attributed to it."
)


def recovery_flows(network: Network) -> tuple[Flow, ...]:
    """Return the flows by which recovery is judged."""
    output = [
        Flow(
            kind="output",
            cargo=shipper.cargo,
            name=network.cargoes[shipper.cargo].name,
            way=shipper.id,
            unit=network.cargoes[shipper.cargo].unit,
        )
        for shipper in network.shippers.values()
    ]
    return (*output, *(flow for flow in flows_of(network) if flow.kind == "arrivals"))


def days_to_recover(
    flows: tuple[Flow, ...], before: Daily, after: Daily, since: float, until: float
) -> tuple[bool, float | None]:
    """Return whether any flow fell, and the days from the closure until all had recovered (None: never).

    `before` and `after` have a row for each flow and a column for each day of one replication.
    """
    recovered = list(_recovery_days(flows, before, after, since, until))
    if not recovered:
        return False, None
    days = [day - since for day in recovered if day is not None]
    return True, max(days) if len(days) == len(recovered) else None


def _recovery_days(
    flows: tuple[Flow, ...], before: Daily, after: Daily, since: float, until: float
) -> Iterator[float | None]:
    """Yield the day from which each flow that fell has recovered; None if it has not."""
    for flow, reference, now in zip(flows, before.astype(float), after.astype(float), strict=True):
        if flow.kind == "output":
            well, hold = _reaches(now, reference, 1, recovery.RECOVERED), recovery.HOLD
            lasting = _in_a_row(well, hold)
        else:
            hold = int(corridor_recovery.HOLD)
            well = _reaches(now, reference, hold, corridor_recovery.RECOVERED)
            weekly = _reaches(now, reference, int(corridor_recovery.WEEK), corridor_recovery.RECOVERED)
            lasting = well & weekly[: len(well)]
        first = int(since)
        fallen = np.flatnonzero(~well[first : int(np.ceil(until)) + hold])
        if len(fallen):
            back = np.flatnonzero(lasting[first + int(fallen[0]) :])
            yield float(first + fallen[0] + back[0]) if len(back) else None


def _reaches(now: Numbers, reference: Numbers, width: int, share: float) -> Flags:
    """Return the days on which the sum of the next `width` days is at least a share of the reference."""
    sums = [np.convolve(values, np.ones(width), "valid") for values in (now, reference)]
    flags: Flags = sums[0] >= share * sums[1] - 1e-9 * np.max(reference, initial=0.0)
    return flags


def _in_a_row(well: Flags, count: int) -> Flags:
    """Return the days that begin `count` days in a row that are all well."""
    flags: Flags = np.convolve(well, np.ones(count), "valid") > count - 0.5
    return flags
