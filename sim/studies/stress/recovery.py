"""How long a network takes to be back where it would have been, day by day against the undisturbed run.

Oil is judged by what each shipper puts out, boxes and wagons by what arrives over each group of
corridors, by the same shares and days as the measures of recovery.
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
WHAT = (
    f"From the day of closure until output is at least {recovery.RECOVERED:.0%} of the undisturbed run's "
    f"for {recovery.HOLD} days in a row, shipper by shipper; of boxes and wagons until what arrives in a "
    f"week and in {corridor_recovery.HOLD:.0f} days is at least {corridor_recovery.RECOVERED:.0%}, group by "
    "group. The last one back counts. What falls only later than that many days after the closure is not "
    "put down to it."
)


def watched(network: Network) -> tuple[Flow, ...]:
    """The flows by which recovery is judged."""
    output = [
        Flow(
            kind="output",
            cargo=one.cargo,
            name=network.cargoes[one.cargo].name,
            way=one.id,
            unit=network.cargoes[one.cargo].unit,
        )
        for one in network.shippers.values()
    ]
    return (*output, *(flow for flow in flows_of(network) if flow.kind == "arrivals"))


def days_to_recover(
    flows: tuple[Flow, ...], before: Daily, after: Daily, since: float, until: float
) -> tuple[bool, float | None]:
    """Whether any flow fell, and the days from the closure until all that fell were back (None: never).

    `before` and `after` have a row for each flow and a column for each day, of one replication.
    """
    found = list(_each(flows, before, after, since, until))
    if not found:
        return False, None
    days = [day - since for day in found if day is not None]
    return True, max(days) if len(days) == len(found) else None


def _each(
    flows: tuple[Flow, ...], before: Daily, after: Daily, since: float, until: float
) -> Iterator[float | None]:
    """The day from which each flow that fell is back."""
    for flow, usual, now in zip(flows, before.astype(float), after.astype(float), strict=True):
        if flow.kind == "output":
            well, hold = _reaches(now, usual, 1, recovery.RECOVERED), recovery.HOLD
            lasting = _in_a_row(well, hold)
        else:
            hold = int(corridor_recovery.HOLD)
            well = _reaches(now, usual, hold, corridor_recovery.RECOVERED)
            lasting = (
                well
                & _reaches(now, usual, int(corridor_recovery.WEEK), corridor_recovery.RECOVERED)[: len(well)]
            )
        first = int(since)
        fallen = np.flatnonzero(~well[first : int(np.ceil(until)) + hold])
        if len(fallen):
            back = np.flatnonzero(lasting[first + int(fallen[0]) :])
            yield float(first + fallen[0] + back[0]) if len(back) else None


def _reaches(now: Numbers, usual: Numbers, width: int, share: float) -> Flags:
    """On which days the sum from then on over `width` days is a share of what it usually is."""
    sums = [np.convolve(values, np.ones(width), "valid") for values in (now, usual)]
    found: Flags = sums[0] >= share * sums[1] - 1e-9 * np.max(usual, initial=0.0)
    return found


def _in_a_row(well: Flags, count: int) -> Flags:
    """The days from which on so many in a row are well."""
    found: Flags = np.convolve(well, np.ones(count), "valid") > count - 0.5
    return found
