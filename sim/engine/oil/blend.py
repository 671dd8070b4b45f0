"""Parcels of cargo by route in a tank farm, perfectly mixed, in closed form.

With inflow a, outflow b and level M, the share s of a route obeys ds/dt = (r - s) a / M, where r is its share
of the inflow. So s - r shrinks by the factor (M1/M0)^(-a/(a-b)) while rates are constant, and factors of
successive intervals multiply as long as r is. Parcels are therefore computed only when they are read or r
changes, not at every event.
"""

from __future__ import annotations

from math import exp

CLOSE = 1e-6  # units of cargo: two levels closer than this are the same


def fade(before: float, after: float, inflow: float, outflow: float, days: float) -> float:
    """Return the part left of the difference between the old mix and that of the inflow, 0 to 1."""
    if inflow == 0.0:
        return 1.0
    if before <= CLOSE or after <= CLOSE:
        return 0.0
    net = inflow - outflow
    # the power form loses digits where the level hardly moves; there it is an exponential
    if abs(net) * days < 1e-9 * before:
        return exp(-inflow * days / before)
    return float((after / before) ** (-inflow / net))


class Blend:
    """Parcels of one tank farm: `amounts` that lie there and `gone` that have left, by route.

    `shares` are those of the inflow; `faded` is the product of the `fade` of every interval since the parcels
    were last computed.
    """

    __slots__ = ("_received", "_start", "amounts", "faded", "gone", "shares")

    def __init__(self, routes: int) -> None:
        self.amounts = [0.0] * routes
        self.gone = [0.0] * routes
        self.shares = [1.0] if routes == 1 else [0.0] * routes
        self.faded = 1.0
        self._start = 0.0
        self._received = 0.0

    def bring_up(self, level: float, received: float) -> list[float]:
        """Compute the parcels at a level, and return what has left since the last time, by route.

        `received` is the total inflow since the start.
        """
        start, faded, came = self._start, self.faded, received - self._received
        amounts, gone = self.amounts, self.gone
        left: list[float] = []
        for place, share in enumerate(self.shares):
            held = amounts[place]
            old = held / start if start > CLOSE else share
            now = level * (share + (old - share) * faded)
            out = held + share * came - now
            amounts[place] = now
            gone[place] += out
            left.append(out)
        self._start, self._received, self.faded = level, received, 1.0
        return left

    def hold(self, amounts: list[float]) -> None:
        """Begin with these parcels."""
        self.amounts = list(amounts)
        self._start, self.faded = sum(amounts), 1.0
