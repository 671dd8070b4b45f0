"""Amounts, counts and findings of studies in words, for the titles of their charts."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10

import numpy as np

from sim.measures.series import Numbers
from sim.studies.differences import Difference
from sim.studies.estimates import Estimate
from sim.studies.request import MeasureRequest
from sim.studies.variants import NONE
from sim.studies.verdicts import decimals_of, difference_unit, spread
from sim.units import spelled

MIN_FOR_QUANTILES = 10  # replications, for which nine in ten differ from all
AXIS_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
MAX_LABELLED_TICKS = 6
SMALLER = {"Mt": "kt", "kt": "t", "BUSD": "MUSD", "MUSD": "kUSD"}


def variant_name(label: str) -> str:
    """Return the name of a variant as a reader sees it."""
    return "no policy" if label == NONE else label


def amount(estimate: Estimate | None, unit: str) -> str:
    """Return a mean with its half-width and unit: `1.11 ± 0.05 Mt`; a dash without a value."""
    if estimate is None:
        return "–"
    return f"{spread(estimate)} {unit}".strip().replace("-", "−")


def cargo_amount(estimate: Estimate, unit: str) -> str:
    """Return an amount of cargo kept in tonnes or TEU in a unit that suits its size."""
    factor, name = (1.0, unit) if unit != "t" else (1e6, "Mt") if abs(estimate.mean) >= 1e5 else (1e3, "kt")
    half_width = None if estimate.half_width is None else estimate.half_width / factor
    return amount(Estimate(estimate.mean / factor, half_width, estimate.replications), name)


def is_clear(estimate: Estimate | None) -> bool:
    """Return whether an interval is known and does not hold zero."""
    return (
        estimate is not None
        and estimate.half_width is not None
        and bool(estimate.mean)
        and not estimate.is_near_zero
    )


def value_at(value: float, unit: str) -> str:
    """Return a value of a number that was varied, with its unit: `11.5 days`, `1 day`."""
    text = f"{value:,.3g}" if abs(value) < 999.5 else f"{value:,.0f}"
    return f"{text} {unit if text == '1' else spelled(unit)}".strip().replace("-", "−")


def titled(measure: MeasureRequest) -> str:
    """Return the title of a measure with its unit: `Curtailed, all (Mt)`."""
    return f"{measure} ({measure.unit})" if measure.unit else str(measure)


def decimals_for(values: Numbers) -> int:
    """Return the decimals at which the spread of values shows in three digits."""
    spread_of_values = float(np.nanmax(values) - np.nanmin(values)) or float(np.nanmax(np.abs(values)))
    if spread_of_values <= 0.0:
        return 0
    return int(np.clip(2 - np.floor(np.log10(spread_of_values)), 0, 4))


def tick_labels(values: Sequence[float]) -> dict[float, str]:
    """Return ticks for values that were tried: the values if few and short, else round ones among them."""
    labels = {value: _tick(value) for value in values}
    is_short = all(len(text.replace(",", "").replace(".", "").lstrip("-0")) <= 3 for text in labels.values())
    if len(labels) <= MAX_LABELLED_TICKS and is_short:
        return labels
    return {value: _tick(value) for value in round_ticks(min(values), max(values))}


def _tick(value: float) -> str:
    return f"{value:,.6g}" if abs(value) < 1e5 else f"{value:,.0f}"


def round_ticks(low: float, high: float) -> list[float]:
    """Return three to six round values between two ends."""
    if high <= low:
        return [low]
    rough = (high - low) / (MAX_LABELLED_TICKS - 1)
    power = 10.0 ** floor(log10(rough))
    step = next(each * power for each in AXIS_STEPS if each * power >= rough * (1.0 - 1e-9))
    first = np.ceil(low / step - 1e-9) + 0.0  # never a negative zero
    return [float(f"{step * n:.12g}") for n in np.arange(first, np.floor(high / step + 1e-9) + 1.0)]


def small_difference(difference: Difference) -> str:
    """Return a difference in a unit that suits its size, its mean in at most three digits: `−8.2 ± 0.04 kt`.

    The difference has a value.
    """
    assert difference.difference is not None
    mean, half_width = difference.difference.mean, difference.difference.half_width or 0.0
    unit = difference_unit(difference.request).replace("percentage points", "pp")
    if unit in SMALLER and max(abs(mean), half_width) < 0.1:
        mean, half_width, unit = 1e3 * mean, 1e3 * half_width, SMALLER[unit]
    decimals = decimals_of(Estimate(mean, half_width, 2))
    if mean:
        decimals = min(decimals, max(2 - floor(log10(abs(mean))), 0))
    half = f"{half_width:,.{decimals}f}"
    plus = f" ± {half}" if half.strip("0.") else ""
    return f"{mean:+,.{decimals}f}{plus} {unit}".strip().replace("-", "−")
