"""The page of many runs of one scenario: what they say together, and how far apart they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sim.charts.studies.registry import ensemble_charts
from sim.report.html.rerun import rerun_of
from sim.report.html.skeleton import NAME, rendered
from sim.report.html.sources import rests_on
from sim.report.html.variants import variant_events
from sim.report.manifest import manifest
from sim.report.studies.ensembles import ensemble_request
from sim.scenario import Scenario
from sim.scenario.request import Request
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import Estimate, nine_in_ten
from sim.studies.request import MeasureRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """A row: a measure, its mean with its interval, and between what nine in ten runs lie."""

    wanted: MeasureRequest
    estimate: Estimate | None
    low: float | None
    high: float | None
    missed: int


def write_ensemble_page(
    scenario: Scenario, found: Ensemble, folder: Path, request: Request | None = None
) -> Path:
    """Write `folder`/report.html, a page that needs no network, and return it.

    The same runs give the same bytes.
    """
    file = folder / NAME
    file.write_text(ensemble_page(scenario, found, request), encoding="utf-8")
    return file


def ensemble_page(scenario: Scenario, found: Ensemble, request: Request | None = None) -> str:
    """The page as text."""
    request = request or ensemble_request(scenario, found)
    happened = variant_events([found], [scenario])
    return rendered(
        "ensemble.html.j2",
        found.title,
        [group.charts for group in ensemble_charts(found)],
        {},
        found=found,
        scenario=scenario,
        until=found.start + timedelta(days=found.days - 1),
        rows=list(_estimated(found)),
        happened=happened,
        **rests_on(scenario, [one.event.source for one in happened]),
        stalled=[("", number, told) for number, told in found.stalled.items()],
        rerun=rerun_of(request, [manifest(scenario, found.seed, 0, request)], [scenario]),
    )


def _estimated(found: Ensemble) -> Iterator[Estimated]:
    for wanted, estimate in found.estimates():
        low, high = nine_in_ten(found.column(wanted))
        missed = found.missed(wanted)
        yield Estimated(wanted=wanted, estimate=estimate, low=low, high=high, missed=missed)
