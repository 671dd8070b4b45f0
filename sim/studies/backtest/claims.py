"""A claim that something grew so many times, held against every series that could be meant by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from sim.studies.backtest.inquiry import Answers, Inquiry
from sim.studies.backtest.reported import Reported
from sim.studies.estimates import Estimate, estimate
from sim.studies.request import MeasureRequest
from sim.studies.spread import Spread, spread_of

ROUNDS = 0.5  # so near to a number of times is called that

ByIds = Mapping[str, Reported]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A part of a year and the year before it, by the ids of the reported figures for both.

    Where no figure is of the same months of the year before, that of others stands for them, by its days.
    What is simulated is held against the same days of the year before.
    """

    title: str
    after: str
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """A part of a period and the whole, by the ids of their figures, which may not measure the same."""

    part: str
    whole: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """What a series says: how many times as much a day as before, reported and simulated."""

    series: Series
    after: Reported
    before: Reported
    reported: float
    simulated: Estimate | None
    spread: Spread | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What the figures of a part and of a whole leave for the days outside the part, a day.

    `within` is what the part comes to a day; both reported, and simulated.
    """

    part: Reported
    whole: Reported
    within: float
    rest: float
    simulated_within: float
    simulated_rest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A claim, and what each series says to it."""

    claim: Claim
    grown: tuple[Grown, ...]
    rests: tuple[Rest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """That something was so many `times` as much as the year before. Series without figures are left out."""

    times: float
    series: tuple[Series, ...]
    overlaps: tuple[Overlap, ...] = ()

    def verdict(self, ratio: float) -> str:
        """Whether a series gives what is claimed, to the nearest whole number of times."""
        if abs(ratio - self.times) <= ROUNDS:
            return "yes"
        return "no, less" if ratio < self.times else "no, more"

    def ask(self, inquiry: Inquiry, figures: ByIds) -> None:
        """Ask what is needed to hold it against runs."""
        for one in self.series:
            if {one.after, one.before} <= {*figures}:
                after, before = figures[one.after], figures[one.before]
                inquiry.ask(after.scenario, after.wanted)
                inquiry.ask(before.scenario, _same_days(before, after))
        for overlap in self.overlaps:
            if {overlap.part, overlap.whole} <= {*figures}:
                for figure in (figures[overlap.part], figures[overlap.whole]):
                    inquiry.ask(figure.scenario, figure.wanted)

    def held(self, answers: Answers, figures: ByIds) -> Held:
        """What the series say."""
        return Held(
            claim=self,
            grown=tuple(
                _grown(one, figures[one.after], figures[one.before], answers)
                for one in self.series
                if {one.after, one.before} <= {*figures}
            ),
            rests=tuple(
                _rest(figures[one.part], figures[one.whole], answers)
                for one in self.overlaps
                if {one.part, one.whole} <= {*figures}
            ),
        )


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
        Overlap(part="middle-jan-apr-2022", whole="middle-jan-sep-2022"),
        Overlap(part="middle-jan-apr-2022", whole="middle-jan-jul-2022"),
    ),
)


def _same_days(before: Reported, after: Reported) -> MeasureRequest:
    """What is measured the year before, on the days of the later window."""
    return replace(before.wanted, since=after.wanted.since, until=after.wanted.until)


def _grown(series: Series, after: Reported, before: Reported, answers: Answers) -> Grown:
    later = answers.values(after.scenario, after.wanted)
    earlier = answers.values(before.scenario, _same_days(before, after))
    there = earlier > 0.0
    ratios = np.where(there, later / np.where(there, earlier, 1.0), np.nan)
    known = ratios[~np.isnan(ratios)]
    return Grown(
        series=series,
        after=after,
        before=before,
        reported=(after.value / after.days) / (before.value / before.days),
        simulated=estimate(known) if len(known) else None,
        spread=spread_of(ratios),
    )


def _rest(part: Reported, whole: Reported, answers: Answers) -> Rest:
    days = whole.days - part.days
    inner, outer = (answers.mean(one.scenario, one.wanted) for one in (part, whole))
    return Rest(
        part=part,
        whole=whole,
        within=part.value / part.days,
        rest=(whole.value - part.value) / days,
        simulated_within=inner / part.days,
        simulated_rest=(outer - inner) / days,
    )
