"""Where every box and tonne is: sent, in yards, under way, delivered, dropped. And whether it adds up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sim.engine.freight.consignments import Account
from sim.engine.freight.live_legs import Stretch


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
    """Looks for all that the accounts say was sent where it should be."""

    def __init__(self, accounts: Iterable[Account], stretches: Iterable[Stretch]) -> None:
        self._accounts, self._stretches = list(accounts), list(stretches)

    def balance(self) -> FreightBalance:
        """Add everything up as of now."""
        in_yards, under_way = dict.fromkeys(self._accounts, 0.0), dict.fromkeys(self._accounts, 0.0)
        for stretch in self._stretches:
            for consignment in stretch.pile.all():
                in_yards[consignment.account] += consignment.amount
            for carriage in stretch.under_way:
                for consignment in carriage.cargo:
                    under_way[consignment.account] += consignment.amount
        errors = [
            abs(
                account.opening + account.sent + account.moved - account.delivered - account.dropped
                - in_yards[account] - under_way[account]
            )
            for account in self._accounts
        ]  # fmt: skip
        lines = []
        for cargo in dict.fromkeys(account.cargo for account in self._accounts):
            mine = [account for account in self._accounts if account.cargo == cargo]
            lines.append(
                CargoBooks(
                    cargo=cargo,
                    opening=sum(account.opening for account in mine),
                    sent=sum(account.sent for account in mine),
                    delivered=sum(account.delivered for account in mine),
                    dropped=sum(account.dropped for account in mine),
                    in_yards=sum(in_yards[account] for account in mine),
                    under_way=sum(under_way[account] for account in mine),
                )
            )
        return FreightBalance(lines=tuple(lines), worst=max(errors, default=0.0))
