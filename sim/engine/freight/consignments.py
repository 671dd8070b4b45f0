"""What is sent: lots of one demand, which keep their birth date wherever they are."""

from __future__ import annotations


class Account:
    """What one demand sends by one corridor: its legs, and its books so far, in its cargo's unit.

    `moved` is what was rebooked onto this corridor, less what was rebooked away from it.
    """

    __slots__ = ("cargo", "corridor", "delivered", "demand", "dropped", "legs", "moved", "opening", "sent")

    def __init__(self, demand: str, corridor: str, cargo: str, legs: tuple[int, ...]) -> None:
        self.demand, self.corridor, self.cargo, self.legs = demand, corridor, cargo, legs
        self.opening = self.sent = self.moved = self.delivered = self.dropped = 0.0


class Consignment:
    """A lot of boxes or wagons under way by one corridor, or the part of it that travels together.

    `at` says which of its corridor's legs it is on or waits for, `came` when it came to wait for that.
    Once some train or ship took it, it is `taken` for good. Parts of a lot that was split over ships keep
    its `number`.
    """

    __slots__ = ("account", "amount", "at", "born", "came", "number", "taken")

    def __init__(self, number: int, account: Account, amount: float, born: float) -> None:
        self.number, self.account = number, account
        self.amount, self.born, self.came = amount, born, born
        self.at = 0
        self.taken = False

    def split(self, amount: float) -> Consignment:
        """Take a part of it away, as another consignment of the same lot."""
        part = Consignment(self.number, self.account, amount, self.born)
        part.at, part.came = self.at, self.came
        self.amount -= amount
        return part

    @property
    def has_left(self) -> bool:
        """Whether nothing of it waits where it was sent from."""
        return self.taken or self.amount <= 0.0
