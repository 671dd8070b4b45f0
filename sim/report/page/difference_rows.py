"""Rows of the table of differences between the variants and the first of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sim.report.page.names import element_name
from sim.report.page.sources import SourceRef, format_number, source_ref
from sim.scenario import Scenario
from sim.scenario.differences import Difference, differences
from sim.studies.ensemble import Ensemble


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceRow:
    """A difference of a variant from the first variant, as text, with the source of its value."""

    label: str
    element: str
    name: str
    field: str
    before: str
    after: str
    unit: str
    source_ref: SourceRef
    note: str


def difference_rows(
    ensembles: Sequence[Ensemble], scenarios: Sequence[Scenario | None]
) -> list[DifferenceRow]:
    """Return how the variants that were run differ from the first of them; all have the seed of that."""
    run = [(each.label, scenario) for each, scenario in zip(ensembles, scenarios, strict=True) if scenario]
    return [row for label, scenario in run[1:] for row in _rows(label, run[0][1], scenario)]


def _rows(label: str, base: Scenario, scenario: Scenario) -> Iterator[DifferenceRow]:
    for each in differences(base, scenario):
        if (each.part, each.field) == ("run", "seed"):
            continue
        side = scenario if each.name in scenario.network.ids() else base
        is_element = each.part in ("element", "change")
        yield DifferenceRow(
            label=label,
            element=each.name,
            name=(element_name(side.network, each.name) or "") if is_element else each.part,
            field=_field(each),
            before=_text(each.before),
            after=_text(each.after),
            unit=each.unit,
            source_ref=source_ref(side.network, each.provenance.source),
            note=each.provenance.note,
        )


def _field(each: Difference) -> str:
    return each.field.replace("_", " ") or f"{each.part} from"


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return format_number(value)
    if isinstance(value, tuple):
        return ", ".join(map(_text, value))
    if isinstance(value, date):
        return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value.isoformat()
    return "" if value is None else str(value)
