"""Ships pumping cargo out of a stock or into it."""

from __future__ import annotations

from collections.abc import Callable


class Transfer:
    """A ship pumping cargo out of a stock (`loading`) or into it, until `remaining` is 0.

    `parcels` is the cargo by the stock's routes: filled while loading, emptied while discharging.
    `done` is called when all is moved.
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
