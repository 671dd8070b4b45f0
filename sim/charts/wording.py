"""Figures, dates and names as the titles and notes of charts write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import floor, log10

from sim.network.elements import Cargo

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
RATE_UNITS = {"t": (1e3, "kt"), "TEU": (1.0, "TEU")}
"""By the unit of a cargo: the divisor of its amounts in charts, and the unit that they are then in."""
MEGATONNE_FROM = 1e3  # kt
NEGLIGIBLE = 0.002  # of what it is compared with: "as in the reference run"


def scale_of(cargo: Cargo) -> tuple[float, str]:
    """Return the divisor of a cargo's amounts in charts, and the unit that they are then in."""
    return RATE_UNITS[cargo.unit]


def day_and_month(start: date, day: float) -> str:
    """Return the date of a day of a run, such as 21 Mar."""
    at = start + timedelta(days=int(day))
    return f"{at.day} {MONTHS[at.month - 1]}"


def full_date(start: date, day: float) -> str:
    """Return the date of a day of a run with its year, such as 21 Mar 2022."""
    return f"{day_and_month(start, day)} {(start + timedelta(days=int(day))).year}"


def number(value: float, digits: int = 3) -> str:
    """Return a number with thousands separated and a few significant digits: 1,130, 12.4, 0.86."""
    if value == 0.0:
        return "0"
    decimals = max(digits - 1 - floor(log10(abs(float(f"{value:.{digits - 1}e}")))), 0)
    text = f"{value:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−")


def amount(value: float, unit: str) -> str:
    """Return an amount in a unit of `RATE_UNITS` to three digits: 1.13 Mt, 420 kt, 28,300 TEU."""
    value = float(f"{value:.2e}")
    if unit == "kt" and abs(value) >= MEGATONNE_FROM:
        return f"{number(value / 1e3)} Mt"
    return f"{number(value)} {unit}"


def more_or_less(difference: float, unit: str, share: str = "") -> str:
    """Return a difference in words, with its share between amount and direction: 1.28 Mt (12 %) more."""
    return f"{amount(abs(difference), unit)}{share} {'more' if difference > 0.0 else 'less'}"


def percent(part: float, total: float) -> str:
    """Return a share, to the whole per cent unless it is under one: 79 %, 0.4 %, under 0.1 %."""
    share = 100.0 * part / total if total else 0.0
    if 0.0 < share < 0.1:
        return "under 0.1 %"
    if 99.5 <= share < 100.0:
        return "over 99 %"
    return f"{share:.0f} %" if share >= 0.95 or share == 0.0 else f"{share:.1f} %"


def count(value: int, noun: str) -> str:
    """Return a number of things in the singular or plural: 1 day, 3 days."""
    return f"{value:,} {noun}" if value == 1 else f"{value:,} {noun}s"


def listed(names: Sequence[str]) -> str:
    """Return names as a list in a sentence: a, b and c."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def capitalised(text: str) -> str:
    """Return a text with its first letter in upper case, the others unchanged."""
    return text[:1].upper() + text[1:]


def is_negligible(difference: float, reference: float) -> bool:
    """Return whether a difference is too small, against its base, to be worth a sentence."""
    return abs(difference) <= NEGLIGIBLE * abs(reference)
