"""Whose cargo lies in a stock: parcels by route, perfectly mixed, in closed form.

With inflow a, outflow b and level M, the share s of a route obeys ds/dt = (r - s) a / M, where r is
its share of the inflow. So s - r shrinks by the factor (M1/M0)^(-a/(a-b)) while rates stand, and
factors of successive stretches multiply as long as r does. The parcels are therefore worked out
only when somebody asks or when r changes, not at every event.
"""

from __future__ import annotations

from math import exp

CLOSE = 1e-6  # units of cargo: two levels closer than this are the same


def fade(before: float, after: float, inflow: float, outflow: float, days: float) -> float:
    """What is left of the difference between the old mix and the mix of the inflow, 0 to 1."""
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
    """The parcels of one stock: `amounts` that lie there and `gone` that have left, by route.

    `shares` are those of the inflow; `faded` is the product of the `fade` of every stretch since
    the parcels were last worked out.
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
        """Work out the parcels at a level, all in all so much having flowed in since the start.

        Gives what has left since the last time, by route.
        """
        start, faded, came = self._start, self.faded, received - self._received
        amounts, gone = self.amounts, self.gone
        left: list[float] = []
        for place, share in enumerate(self.shares):
            held = amounts[place]
            old = held / start if start > CLOSE else share
            kept = level * (share + (old - share) * faded)
            out = held + share * came - kept
            amounts[place] = kept
            gone[place] += out
            left.append(out)
        self._start, self._received, self.faded = level, received, 1.0
        return left

    def hold(self, amounts: list[float]) -> None:
        """Begin with these parcels."""
        self.amounts = list(amounts)
        self._start, self.faded = sum(amounts), 1.0
