"""Methods of Morris and Sobol, as implemented by SALib, over the ranges of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Literal

from sim.errors import fail
from sim.measures.series import Numbers
from sim.studies.plan import MAX_POINTS
from sim.studies.sensitivity.numbers import Ranged

Method = Literal["morris", "sobol"]
LEVELS = 4  # of each range that the method of Morris visits
EXTRA = "pip install 'chokepoint[screening]'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Effect by Morris of moving a number across its whole range, in the measure's unit.

    `mean` is the signed effect, `size` the mean absolute effect; a `spread` (standard deviation) as large
    as the size shows that the effect depends on the other numbers.
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
class VarianceShare:
    """Share by Sobol of the answer's variance due to a number, `alone` and including interactions."""

    ranged: Ranged
    alone: float
    alone_half_width: float
    total: float
    half_width: float

    @property
    def weight(self) -> float:
        return self.total


def requested_methods(morris: int | None, sobol: int | None, max_numbers: int) -> dict[Method, int]:
    """Return the methods requested, with their counts. Raises `InputError` for unsuitable counts."""
    methods: dict[Method, int] = {}
    if morris is not None:
        methods["morris"] = morris
    if sobol is not None:
        methods["sobol"] = sobol
    for method, count in methods.items():
        check_method(method, count)
        if count * (max_numbers + (1 if method == "morris" else 2)) > MAX_POINTS:
            raise fail(f"comes to more than {MAX_POINTS:,} points", key=f"--{method}", value=count)
    return methods


def check_method(method: Method, count: int) -> None:
    """Raise `InputError` when SALib is not installed or the count does not suit the method."""
    if find_spec("SALib") is None:
        raise fail("needs SALib", key=f"--{method}", advice=EXTRA)
    if count < 2:
        raise fail("must be at least 2", key=f"--{method}", value=count)
    if method == "sobol" and count & (count - 1):
        below = 1 << (count.bit_length() - 1)
        advice = f"such as {below} or {2 * below}"
        raise fail("the method of Sobol takes a power of two", key="--sobol", value=count, advice=advice)


def points_of(method: Method, ranged: Sequence[Ranged], count: int, seed: int) -> Numbers:
    """Return the points of a method, a row for each with a share for each number."""
    check_method(method, count)
    from SALib.sample import morris, sobol

    points: Numbers
    if method == "morris":
        points = morris.sample(_problem(ranged), count, num_levels=LEVELS, seed=seed)
    else:
        points = sobol.sample(_problem(ranged), count, calc_second_order=False, seed=seed)
    return points


def effects(ranged: Sequence[Ranged], points: Numbers, values: Numbers, seed: int) -> list[Effect]:
    """Return the effect of each number by Morris, from the answers at the points."""
    from SALib.analyze import morris

    analysis = morris.analyze(_problem(ranged), points, values, num_levels=LEVELS, seed=seed)
    return [
        Effect(
            ranged=each,
            mean=float(analysis["mu"][index]),
            size=float(analysis["mu_star"][index]),
            half_width=float(analysis["mu_star_conf"][index]),
            spread=float(analysis["sigma"][index]),
        )
        for index, each in enumerate(ranged)
    ]


def variance_shares(ranged: Sequence[Ranged], values: Numbers, seed: int) -> list[VarianceShare]:
    """Return the variance share of each number by Sobol; 0 where the answer is the same at all points."""
    from SALib.analyze import sobol

    if not values.std():
        return [
            VarianceShare(ranged=each, alone=0.0, alone_half_width=0.0, total=0.0, half_width=0.0)
            for each in ranged
        ]
    analysis = sobol.analyze(_problem(ranged), values, calc_second_order=False, seed=seed)
    return [
        VarianceShare(
            ranged=each,
            alone=float(analysis["S1"][index]),
            alone_half_width=float(analysis["S1_conf"][index]),
            total=float(analysis["ST"][index]),
            half_width=float(analysis["ST_conf"][index]),
        )
        for index, each in enumerate(ranged)
    ]


def _problem(ranged: Sequence[Ranged]) -> dict[str, Any]:
    return {
        "num_vars": len(ranged),
        "names": [each.number.name for each in ranged],
        "bounds": [[each.low, each.high] for each in ranged],
    }
