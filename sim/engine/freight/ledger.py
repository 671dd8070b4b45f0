"""Where every box and tonne is: sent, in yards, under way, delivered, dropped. And whether it adds up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sim.engine.freight.consignments import Consignment
from sim.engine.freight.stretches import Stretch

Key = tuple[str, str]  # demand, corridor


@dataclass(frozen=True, slots=True, kw_only=True)
class CargoBooks:
    """The books of one cargo, in its unit.

    `opening + sent = delivered + dropped + in_yards + under_way + error`.

    What was rebooked counts as sent once. What shippers refused to send at all is not in these books.
    """

    cargo: str
    opening: float
    sent: float
    delivered: float
    dropped: float
    in_yards: float
    under_way: float

    @property
    def error(self) -> float:
        return self.opening + self.sent - self.delivered - self.dropped - self.in_yards - self.under_way


@dataclass(frozen=True, slots=True, kw_only=True)
class FreightBalance:
    """The books of all cargoes; `worst` is the largest error of any demand on any corridor."""

    lines: tuple[CargoBooks, ...]
    worst: float

    @property
    def holds(self) -> bool:
        """Whether nothing is lost, to within rounding: a millionth of all that was sent."""
        return self.worst <= 1e-6 * max([1.0, *(line.opening + line.sent for line in self.lines)])


class FreightLedger:
    """Counts what comes in and goes out, and looks for the rest where it should be."""

    def __init__(self, cargoes: dict[str, str], stretches: Iterable[Stretch]) -> None:
        """`cargoes` says which cargo each demand sends."""
        self._cargoes, self._stretches = cargoes, list(stretches)
        self._opening: dict[Key, float] = {}
        self._sent: dict[Key, float] = {}
        self._moved: dict[Key, float] = {}  # rebooked: away from one corridor, onto another
        self._delivered: dict[Key, float] = {}
        self._dropped: dict[Key, float] = {}

    def open(self, consignment: Consignment) -> None:
        _add(self._opening, consignment, consignment.amount)

    def send(self, consignment: Consignment) -> None:
        _add(self._sent, consignment, consignment.amount)

    def withdraw(self, consignment: Consignment, amount: float, dropped: bool) -> None:
        """A consignment leaves a corridor that it has not set out on."""
        if dropped:
            _add(self._dropped, consignment, amount)
        else:
            _add(self._moved, consignment, -amount)

    def rebook(self, consignment: Consignment) -> None:
        _add(self._moved, consignment, consignment.amount)

    def deliver(self, consignment: Consignment) -> None:
        _add(self._delivered, consignment, consignment.amount)

    def balance(self) -> FreightBalance:
        """Add everything up as of now."""
        in_yards: dict[Key, float] = {}
        under_way: dict[Key, float] = {}
        for stretch in self._stretches:
            for consignment in stretch.pile.all():
                _add(in_yards, consignment, consignment.amount)
            for carriage in stretch.under_way:
                for consignment in carriage.cargo:
                    _add(under_way, consignment, consignment.amount)
        came, went = (
            (self._opening, self._sent, self._moved),
            (self._delivered, self._dropped, in_yards, under_way),
        )
        keys = dict.fromkeys(key for table in (*came, *went) for key in table)
        errors = [
            abs(sum(table.get(key, 0.0) for table in came) - sum(table.get(key, 0.0) for table in went))
            for key in keys
        ]

        def total(table: dict[Key, float], cargo: str) -> float:
            return sum(amount for (demand, _), amount in table.items() if self._cargoes[demand] == cargo)

        lines = tuple(
            CargoBooks(
                cargo=cargo,
                opening=total(self._opening, cargo),
                sent=total(self._sent, cargo),
                delivered=total(self._delivered, cargo),
                dropped=total(self._dropped, cargo),
                in_yards=total(in_yards, cargo),
                under_way=total(under_way, cargo),
            )
            for cargo in dict.fromkeys(self._cargoes.values())
        )
        return FreightBalance(lines=lines, worst=max(errors, default=0.0))


def _add(table: dict[Key, float], consignment: Consignment, amount: float) -> None:
    key = consignment.demand, consignment.corridor
    table[key] = table.get(key, 0.0) + amount
