"""The methods of Morris and Sobol, as SALib has them, over the ranges of some numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Literal

from sim.errors import fail
from sim.measures.series import Numbers
from sim.studies.batches import MOST_POINTS
from sim.studies.sensitivity.numbers import Ranged

Method = Literal["morris", "sobol"]
LEVELS = 4  # places in a number's range that Morris's method visits
EXTRA = "pip install 'chokepoint[screening]'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """By Morris, in the measure's unit: what moving a number across its whole range does to the answer.

    `mean` is that effect, `size` its mean size whichever way it goes; a `spread` (standard deviation) as
    large as the size says that it depends on the other numbers.
    """

    ranged: Ranged
    mean: float
    size: float
    half_width: float
    spread: float

    @property
    def weight(self) -> float:
        return self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """By Sobol: a number's share of the answer's variance, `alone` and with all that it takes part in."""

    ranged: Ranged
    alone: float
    alone_half_width: float
    total: float
    half_width: float

    @property
    def weight(self) -> float:
        return self.total


def methods(morris: int | None, sobol: int | None, most: int) -> dict[Method, int]:
    """The methods that are wished for `most` numbers, with their counts. Raises `InputError`."""
    wished: dict[Method, int] = {}
    if morris is not None:
        wished["morris"] = morris
    if sobol is not None:
        wished["sobol"] = sobol
    for method, count in wished.items():
        check_method(method, count)
        if count * (most + (1 if method == "morris" else 2)) > MOST_POINTS:
            raise fail(f"comes to more than {MOST_POINTS:,} points", key=f"--{method}", value=count)
    return wished


def check_method(method: Method, count: int) -> None:
    """Raises `InputError` when SALib is not installed or the count does not suit the method."""
    if find_spec("SALib") is None:
        raise fail("needs SALib", key=f"--{method}", advice=EXTRA)
    if count < 2:
        raise fail("at least two are needed", key=f"--{method}", value=count)
    if method == "sobol" and count & (count - 1):
        below = 1 << (count.bit_length() - 1)
        advice = f"such as {below} or {2 * below}"
        raise fail("Sobol's method wants a power of two", key="--sobol", value=count, advice=advice)


def points_of(method: Method, ranged: Sequence[Ranged], count: int, seed: int) -> Numbers:
    """The points at which a method asks, a row for each with a share for each number."""
    check_method(method, count)
    from SALib.sample import morris, sobol

    found: Numbers
    if method == "morris":
        found = morris.sample(_problem(ranged), count, num_levels=LEVELS, seed=seed)
    else:
        found = sobol.sample(_problem(ranged), count, calc_second_order=False, seed=seed)
    return found


def effects(ranged: Sequence[Ranged], points: Numbers, values: Numbers, seed: int) -> list[Effect]:
    """What each number does, by Morris, from the answers at his points."""
    from SALib.analyze import morris

    told = morris.analyze(_problem(ranged), points, values, num_levels=LEVELS, seed=seed)
    return [
        Effect(
            ranged=one,
            mean=float(told["mu"][place]),
            size=float(told["mu_star"][place]),
            half_width=float(told["mu_star_conf"][place]),
            spread=float(told["sigma"][place]),
        )
        for place, one in enumerate(ranged)
    ]


def parts(ranged: Sequence[Ranged], values: Numbers, seed: int) -> list[Part]:
    """What each number has a part in, by Sobol; nothing in an answer that is the same everywhere."""
    from SALib.analyze import sobol

    if not values.std():
        return [
            Part(ranged=one, alone=0.0, alone_half_width=0.0, total=0.0, half_width=0.0) for one in ranged
        ]
    told = sobol.analyze(_problem(ranged), values, calc_second_order=False, seed=seed)
    return [
        Part(
            ranged=one,
            alone=float(told["S1"][place]),
            alone_half_width=float(told["S1_conf"][place]),
            total=float(told["ST"][place]),
            half_width=float(told["ST_conf"][place]),
        )
        for place, one in enumerate(ranged)
    ]


def _problem(ranged: Sequence[Ranged]) -> dict[str, Any]:
    return {
        "num_vars": len(ranged),
        "names": [one.number.name for one in ranged],
        "bounds": [[one.low, one.high] for one in ranged],
    }
