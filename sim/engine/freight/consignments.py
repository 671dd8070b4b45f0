"""Consignments: lots of one demand, which keep their creation date wherever they are."""

from __future__ import annotations


class Account:
    """Books of a demand on one corridor, in its cargo's unit, with the legs of that corridor.

    `moved` is what was rebooked onto this corridor, less what was rebooked away from it.
    """

    __slots__ = ("cargo", "corridor", "delivered", "demand", "dropped", "legs", "moved", "opening", "sent")

    def __init__(self, demand: str, corridor: str, cargo: str, legs: tuple[int, ...]) -> None:
        self.demand, self.corridor, self.cargo, self.legs = demand, corridor, cargo, legs
        self.opening = self.sent = self.moved = self.delivered = self.dropped = 0.0


class Consignment:
    """A lot under way by one corridor, or the part of it that travels together.

    `at` is the position in its corridor of the leg that it is on or waits for, `ready` the day since which it
    waits for that leg. Once a train or ship has taken it, it stays `taken`. Parts of a lot that was divided
    among ships keep its `number`.
    """

    __slots__ = ("account", "amount", "at", "created", "number", "ready", "taken")

    def __init__(self, number: int, account: Account, amount: float, created: float) -> None:
        self.number, self.account = number, account
        self.amount, self.created, self.ready = amount, created, created
        self.at = 0
        self.taken = False

    def split(self, amount: float) -> Consignment:
        """Divide an amount off as another consignment of the same lot, and return it."""
        part = Consignment(self.number, self.account, amount, self.created)
        part.at, part.ready = self.at, self.ready
        self.amount -= amount
        return part

    @property
    def has_left(self) -> bool:
        """Return whether none of it waits at its origin."""
        return self.taken or self.amount <= 0.0
