"""What is sent: lots of one demand, which keep their birth date wherever they are."""

from __future__ import annotations


class Consignment:
    """A lot of boxes or wagons under way by one corridor, or the part of it that travels together.

    `legs` are those of its corridor, and `at` says which of them it is on or waits for. `came` is when
    it came to wait for that leg. Once some train or ship took it, it is `taken` for good. Parts of a lot
    that was split over ships keep its `number`.
    """

    __slots__ = ("amount", "at", "born", "came", "corridor", "demand", "legs", "number", "taken")

    def __init__(
        self, number: int, demand: str, corridor: str, legs: tuple[int, ...], amount: float, born: float
    ) -> None:
        self.number, self.demand, self.corridor, self.legs = number, demand, corridor, legs
        self.amount, self.born, self.came = amount, born, born
        self.at = 0
        self.taken = False

    def split(self, amount: float) -> Consignment:
        """Take a part of it away, as another consignment of the same lot."""
        part = Consignment(self.number, self.demand, self.corridor, self.legs, amount, self.born)
        part.at, part.came = self.at, self.came
        self.amount -= amount
        return part

    @property
    def has_left(self) -> bool:
        """Whether nothing of it waits where it was sent from."""
        return self.taken or self.amount <= 0.0
