"""The page of a comparison: every difference with its interval and verdict, in a table and in plots."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sim.charts.studies.registry import comparison_charts
from sim.report.html.difference_rows import difference_rows
from sim.report.html.rerun import comparison_request, rerun_of
from sim.report.html.skeleton import NAME, rendered
from sim.report.html.sources import rests_on
from sim.report.html.variants import variant_events, variants_told
from sim.scenario import Scenario
from sim.scenario.request import Request
from sim.studies.compare import Comparison
from sim.studies.differences import Difference
from sim.studies.variants import NONE


def write_comparison_page(
    found: Comparison,
    made_from: Sequence[dict[str, Any]],
    scenarios: Sequence[Scenario | None],
    folder: Path,
    request: Request | None = None,
) -> Path:
    """Write `folder`/report.html, a page that needs no network, and return it.

    `made_from` are the manifests of the variants; `scenarios` have None for one that was run earlier. The
    same comparison gives the same bytes.
    """
    file = folder / NAME
    file.write_text(comparison_page(found, made_from, scenarios, request), encoding="utf-8")
    return file


def comparison_page(
    found: Comparison,
    made_from: Sequence[dict[str, Any]],
    scenarios: Sequence[Scenario | None],
    request: Request | None = None,
) -> str:
    """The page as text."""
    request = request or comparison_request(found, scenarios)
    base = found.base
    called = "no policy" if base.label == NONE else base.label
    happened = variant_events(found.ensembles, scenarios)
    first = next((one for one in scenarios if one), None)
    return rendered(
        "comparison.html.j2",
        f"{base.title}: {', '.join(one.label for one in found.others)} against {called}",
        [group.charts for group in comparison_charts(found)],
        {},
        found=found,
        base=base,
        called=called,
        rows=_by_measure(found),
        until=base.start + timedelta(days=base.days - 1),
        variants=variants_told(found.ensembles, made_from, scenarios),
        happened=happened,
        difference_rows=difference_rows(found.ensembles, scenarios),
        **rests_on(first, [one.event.source for one in happened]),
        rests=next((one.label for one, has in zip(found.ensembles, scenarios, strict=True) if has), ""),
        stalled=[
            (one.label, number, told) for one in found.ensembles for number, told in one.stalled.items()
        ],
        rerun=rerun_of(request, made_from, [one for one in scenarios if one]),
    )


def _by_measure(found: Comparison) -> list[Difference]:
    """The differences of one measure together."""
    order = list(dict.fromkeys(one.wanted for one in found.differences))
    return sorted(found.differences, key=lambda one: order.index(one.wanted))
