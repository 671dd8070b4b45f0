"""Claims of growth, such as "three times as much", checked against every series they could refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from sim.studies.backtest.reported import Reported
from sim.studies.backtest.run_collection import CollectedRuns, RunCollection
from sim.studies.estimates import Estimate, estimate
from sim.studies.request import MeasureRequest
from sim.studies.spread import Spread, spread_of

ROUNDING = 0.5  # a ratio this close to the claimed one confirms it

ByIds = Mapping[str, Reported]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A part of a year and of the year before, by the ids of their reported figures.

    If no figure covers the same months of the year before, another one is scaled by its days. Simulated
    values are compared over the same days of both years.
    """

    title: str
    after: str
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """A period and a longer one that contains it, by the ids of their figures."""

    part: str
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """Growth in a series: the ratio of daily amounts to those of the year before, reported and simulated."""

    series: Series
    after: Reported
    before: Reported
    reported: float
    simulated: Estimate | None
    spread: Spread | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Daily amount that two overlapping figures leave for the days outside the shorter period.

    `within` is the daily amount of the shorter period; both are given reported and simulated.
    """

    part: Reported
    total: Reported
    within: float
    rest: float
    simulated_within: float
    simulated_rest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedClaim:
    """A claim with the growth in each series."""

    claim: Claim
    growth: tuple[Growth, ...]
    rests: tuple[Rest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim that an amount was `times` that of the year before; series without figures are left out."""

    times: float
    series: tuple[Series, ...]
    overlaps: tuple[Overlap, ...] = ()

    def verdict(self, ratio: float) -> str:
        """Return whether a ratio confirms the claim, to the nearest whole number."""
        if abs(ratio - self.times) <= ROUNDING:
            return "yes"
        return "no, less" if ratio < self.times else "no, more"

    def add_to(self, collection: RunCollection, figures: ByIds) -> None:
        """Request the measures that the claim needs."""
        for series in self._series(figures):
            after, before = figures[series.after], figures[series.before]
            collection.add(after.scenario, after.request)
            collection.add(before.scenario, _same_days(before, after))
        for overlap in self._overlaps(figures):
            for figure in (figures[overlap.part], figures[overlap.total]):
                collection.add(figure.scenario, figure.request)

    def check(self, runs: CollectedRuns, figures: ByIds) -> CheckedClaim:
        """Return the growth in each series."""
        return CheckedClaim(
            claim=self,
            growth=tuple(
                _growth(each, figures[each.after], figures[each.before], runs)
                for each in self._series(figures)
            ),
            rests=tuple(
                _rest(figures[each.part], figures[each.total], runs) for each in self._overlaps(figures)
            ),
        )

    def _series(self, figures: ByIds) -> list[Series]:
        return [each for each in self.series if each.after in figures and each.before in figures]

    def _overlaps(self, figures: ByIds) -> list[Overlap]:
        return [each for each in self.overlaps if each.part in figures and each.total in figures]


THREE_TIMES = Claim(
    times=3.0,
    series=(
        Series(
            title="containers, January to April",
            after="middle-boxes-jan-apr-2022",
            before="middle-boxes-2021",
        ),
        Series(title="tonnes, January to April", after="middle-jan-apr-2022", before="middle-2021"),
        Series(
            title="tonnes by rail, January to July", after="middle-jan-jul-2022", before="middle-jan-jul-2021"
        ),
        Series(
            title="tonnes by rail, January to September",
            after="middle-jan-sep-2022",
            before="middle-jan-jul-2021",
        ),
        Series(title="containers, the whole year", after="middle-boxes-2022", before="middle-boxes-2021"),
        Series(title="tonnes, the whole year", after="middle-2022", before="middle-2021"),
    ),
    overlaps=(
        Overlap(part="middle-jan-apr-2022", total="middle-jan-sep-2022"),
        Overlap(part="middle-jan-apr-2022", total="middle-jan-jul-2022"),
    ),
)


def _same_days(before: Reported, after: Reported) -> MeasureRequest:
    """Return the measure of the year before, over the days of the later window."""
    return replace(before.request, since=after.request.since, until=after.request.until)


def _growth(series: Series, after: Reported, before: Reported, runs: CollectedRuns) -> Growth:
    later = runs.values(after.scenario, after.request)
    earlier = runs.values(before.scenario, _same_days(before, after))
    present = earlier > 0.0
    ratios = np.where(present, later / np.where(present, earlier, 1.0), np.nan)
    known = ratios[~np.isnan(ratios)]
    return Growth(
        series=series,
        after=after,
        before=before,
        reported=(after.value / after.days) / (before.value / before.days),
        simulated=estimate(known) if len(known) else None,
        spread=spread_of(ratios),
    )


def _rest(part: Reported, total: Reported, runs: CollectedRuns) -> Rest:
    days = total.days - part.days
    inner, outer = (runs.mean(each.scenario, each.request) for each in (part, total))
    return Rest(
        part=part,
        total=total,
        within=part.value / part.days,
        rest=(total.value - part.value) / days,
        simulated_within=inner / part.days,
        simulated_rest=(outer - inner) / days,
    )
