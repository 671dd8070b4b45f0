"""Mass balance of a run, as a table of each cargo."""

from __future__ import annotations

from dataclasses import dataclass

from sim.measures import Record

EMPTY = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Mass balance of a cargo: amounts in, amounts out, and the error between the two."""

    title: str
    unit: str
    came: list[tuple[str, float]]
    went: list[tuple[str, float]]
    error: float
    worst: float | None
    holds: bool


def books(record: Record) -> list[Books]:
    """Return the mass balance of oil and of each dry cargo of a run."""
    balances = []
    oil = record.balance
    if record.network.shippers:
        balances.append(
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
        balances.append(
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
    return balances


def tonnes(value: float) -> str:
    """Format an amount of a balance; rounding errors are zero."""
    return f"{0.0 if abs(value) < EMPTY else value:,.0f}"
