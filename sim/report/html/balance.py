"""The books of a run: that nothing was lost on the way."""

from __future__ import annotations

from dataclasses import dataclass

from sim.measures import Record

EMPTY = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """One account: what came in, where it is, and what does not add up."""

    title: str
    unit: str
    came: list[tuple[str, float]]
    went: list[tuple[str, float]]
    error: float
    worst: float | None
    holds: bool


def books(record: Record) -> list[Books]:
    """The accounts of a run's oil, and of each kind of dry cargo."""
    found = []
    oil = record.balance
    if record.network.shippers:
        found.append(
            Books(
                title="Oil",
                unit="t",
                came=[("In stock at the start", oil.opening), ("Produced", oil.produced)],
                went=[
                    ("Sold", oil.sold),
                    ("In stock at the end", oil.in_stock),
                    ("Afloat at the end", oil.afloat),
                ],
                error=oil.error,
                worst=oil.max_error,
                holds=oil.holds,
            )
        )
    dry = record.freight_balance
    for line in dry.lines if dry else ():
        cargo = record.network.cargoes[line.cargo]
        found.append(
            Books(
                title=cargo.name,
                unit=cargo.unit,
                came=[("Under way at the start", line.opening), ("Sent", line.sent)],
                went=[
                    ("Delivered", line.delivered),
                    ("Given up", line.dropped),
                    ("In yards at the end", line.in_yards),
                    ("Under way at the end", line.under_way),
                ],
                error=line.error,
                worst=dry.max_error if dry else None,
                holds=dry.holds if dry else True,
            )
        )
    return found


def tonnes(value: float) -> str:
    """An amount of the books; what is only rounding is none."""
    return f"{0.0 if abs(value) < EMPTY else value:,.0f}"
