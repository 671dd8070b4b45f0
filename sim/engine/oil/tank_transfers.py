"""Ships pumping cargo out of a tank farm or into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf

from sim.engine.oil.blend import Blend


class Transfer:
    """A ship pumping cargo out of a tank farm (`loading`) or into it, until `remaining` is 0.

    `parcels` is the ship's cargo by the tank farm's routes: filled while loading, emptied while discharging;
    None where nobody needs it. `done` is called when all is moved.
    """

    __slots__ = ("done", "full_rate", "loading", "parcels", "rate", "remaining")

    def __init__(
        self, loading: bool, amount: float, rate: float, parcels: list[float] | None, done: Callable[[], None]
    ) -> None:
        self.loading = loading
        self.remaining = amount
        self.full_rate = rate
        self.rate = 0.0
        self.parcels = parcels
        self.done = done


class Transfers:
    """The transfers in progress at one tank farm, and the parcels that they move.

    `by_route` is set while any ship needs its cargo by route.
    """

    __slots__ = ("_blend", "active", "by_route")

    def __init__(self, blend: Blend) -> None:
        self._blend = blend
        self.active: list[Transfer] = []
        self.by_route = False

    def add(self, transfer: Transfer, level: float, received: float) -> None:
        """Begin a transfer; the tank farm is up to date at `level`."""
        self.active.append(transfer)
        if transfer.parcels is not None and not self.by_route:
            self._blend.bring_up(level, received)
            self.by_route = True

    def remove(self, transfer: Transfer) -> None:
        """End a transfer, finished or not."""
        self.active.remove(transfer)
        if self.by_route:
            self.by_route = any(other.parcels is not None for other in self.active)

    def advance_by_route(
        self,
        elapsed: float,
        flows: tuple[float, float],
        arriving: Sequence[float],
        level: float,
        received: float,
    ) -> None:
        """Move cargo and parcels for some days.

        `flows` are the inflow and outflow during these days, `arriving` the rates of legs by route, `level`
        and `received` those of the tank farm afterwards.
        """
        blend, (inflow, outflow) = self._blend, flows
        moved_out, shares = outflow * elapsed, blend.shares
        if inflow > 0.0 and any(not transfer.loading for transfer in self.active):
            blend.shares = [rate / inflow for rate in self._inflow_by_route(arriving)]
        left = blend.bring_up(level, received)
        blend.shares = shares
        for transfer in self.active:
            moved = transfer.rate * elapsed
            transfer.remaining -= moved
            if transfer.parcels is None or moved == 0.0:
                continue
            if transfer.loading:
                for place, out in enumerate(left):
                    transfer.parcels[place] += out * moved / moved_out
            else:
                aboard = 1.0 - moved / (transfer.remaining + moved)
                transfer.parcels[:] = [amount * aboard for amount in transfer.parcels]

    def _inflow_by_route(self, arriving: Sequence[float]) -> list[float]:
        """Return the inflow by route: from legs, and from ships that discharge."""
        rates = list(arriving)
        for transfer in self.active:
            if not transfer.loading and transfer.rate and transfer.parcels is not None:
                aboard = sum(transfer.parcels)
                for place, amount in enumerate(transfer.parcels):
                    rates[place] += transfer.rate * amount / aboard
        return rates

    def hold_up(self, inflow: float, outflow: float, full: bool, empty: bool) -> tuple[float, float, float]:
        """Slow down ships that discharge into full tanks, or load from empty ones.

        `inflow` and `outflow` are those of legs. Returns them with what ships move, and the days until the
        first transfer is done.
        """
        loading = sum(each.full_rate for each in self.active if each.loading)
        landing = sum(each.full_rate for each in self.active if not each.loading)
        if full and landing > outflow + loading:
            self._slow(loading=False, part=(outflow + loading) / landing)
            landing = outflow + loading
        inflow += landing
        if empty and loading > 0.0 and loading + outflow > inflow:
            part = max(0.0, inflow - outflow) / loading
            self._slow(loading=True, part=part)
            loading *= part
        wait = min((each.remaining / each.rate for each in self.active if each.rate > 0.0), default=inf)
        return inflow, outflow + loading, wait

    def _slow(self, *, loading: bool, part: float) -> None:
        for transfer in self.active:
            if transfer.loading == loading:
                transfer.rate = transfer.full_rate * part

    def net_outflow(self, leaving: float) -> float:
        """Return the rate out by legs and ships, less what ships bring, if nothing held them up."""
        for transfer in self.active:
            leaving += transfer.full_rate if transfer.loading else -transfer.full_rate
        return leaving
