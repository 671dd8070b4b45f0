"""Books of dry cargo: sent, in yards, under way, delivered, dropped, and the check that they balance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sim.engine.freight.consignments import Account
from sim.engine.freight.live_legs import LiveLeg


@dataclass(frozen=True, slots=True, kw_only=True)
class CargoBooks:
    """The books of one cargo, in its unit.

    `opening + sent = delivered + dropped + in_yards + under_way + error`.

    Rebooked cargo counts as sent once. Cargo that shippers refused to send is not in these books.
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
        """Amount missing from the books, which rounding alone makes differ from 0."""
        return self.opening + self.sent - self.delivered - self.dropped - self.in_yards - self.under_way


@dataclass(frozen=True, slots=True, kw_only=True)
class FreightBalance:
    """Books of all cargoes; `max_error` is the largest error of any demand on any corridor."""

    lines: tuple[CargoBooks, ...]
    max_error: float

    @property
    def holds(self) -> bool:
        """Return whether nothing is lost, to within rounding: a millionth of the cargo sent."""
        return self.max_error <= 1e-6 * max([1.0, *(line.opening + line.sent for line in self.lines)])


class FreightLedger:
    """Compare the accounts with the cargo in yards and under way."""

    def __init__(self, accounts: Iterable[Account], live_legs: Iterable[LiveLeg]) -> None:
        self._accounts, self._live_legs = list(accounts), list(live_legs)

    def balance(self) -> FreightBalance:
        """Return the books as of now."""
        in_yards, under_way = dict.fromkeys(self._accounts, 0.0), dict.fromkeys(self._accounts, 0.0)
        for live_leg in self._live_legs:
            for consignment in live_leg.yard_queue.all():
                in_yards[consignment.account] += consignment.amount
            for trip in live_leg.under_way:
                for consignment in trip.cargo:
                    under_way[consignment.account] += consignment.amount
        errors = [
            abs(
                account.opening
                + account.sent
                + account.moved
                - account.delivered
                - account.dropped
                - in_yards[account]
                - under_way[account]
            )
            for account in self._accounts
        ]
        cargoes = dict.fromkeys(account.cargo for account in self._accounts)
        lines = tuple(self._books_of(cargo, in_yards, under_way) for cargo in cargoes)
        return FreightBalance(lines=lines, max_error=max(errors, default=0.0))

    def _books_of(
        self, cargo: str, in_yards: dict[Account, float], under_way: dict[Account, float]
    ) -> CargoBooks:
        accounts = [account for account in self._accounts if account.cargo == cargo]
        return CargoBooks(
            cargo=cargo,
            opening=sum(account.opening for account in accounts),
            sent=sum(account.sent for account in accounts),
            delivered=sum(account.delivered for account in accounts),
            dropped=sum(account.dropped for account in accounts),
            in_yards=sum(in_yards[account] for account in accounts),
            under_way=sum(under_way[account] for account in accounts),
        )
