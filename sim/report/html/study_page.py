"""The page of a study of one scenario: tables of what was found, plots, and what it all rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sim.charts.studies.groups import ChartGroup
from sim.report.html.measured import spread_or_none
from sim.report.html.rerun import Rerun
from sim.report.html.skeleton import NAME, rendered
from sim.report.html.sources import rests_on
from sim.report.html.variants import variant_events
from sim.scenario import Scenario
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands in a table, and by which number the table is sorted; None: by the text."""

    text: str
    value: float | None = None
    number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of a study, with what there is to say below it."""

    id: str
    title: str
    told: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def number(value: float | None, decimals: str = ",.6g") -> Cell:
    """A number in a table."""
    text = "–" if value is None else f"{value:{decimals}}".replace("-", "−", 1)
    return Cell(text=text, value=value, number=True)


def mean(found: Estimate | None) -> Cell:
    """A mean with its half-width."""
    return Cell(text=spread_or_none(found), value=found.mean if found else None, number=True)


def write_study_page(
    scenario: Scenario, base: Ensemble, title: str, under: str, tables: Sequence[Table],
    charts: Sequence[ChartGroup], rerun: Rerun, folder: Path,
) -> Path:  # fmt: skip
    """Write `folder`/report.html, a page that needs no network, and return it; `base` is as it is.

    The same study gives the same bytes.
    """
    file = folder / NAME
    happened = variant_events([base], [scenario])
    text = rendered(
        "study.html.j2",
        title,
        [group.charts for group in charts],
        {},
        base=base,
        scenario=scenario,
        until=base.start + timedelta(days=base.days - 1),
        under=under,
        tables=tables,
        happened=happened,
        **rests_on(scenario, [one.event.source for one in happened]),
        stalled=[("", replication, told) for replication, told in base.stalled.items()],
        rerun=rerun,
    )
    file.write_text(text, encoding="utf-8")
    return file
