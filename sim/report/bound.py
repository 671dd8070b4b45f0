"""Upper bounds on exports and deliveries: in words, in the table of a run, and in its summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sim.measures import Record
from sim.network import Network
from sim.report.csv_files import rounded
from sim.report.row import Row
from sim.scenario import Scenario
from sim.studies.bound import Limit, Limits, under_way

MEGATONNE = 1e6
MIN_LOSS = 0.001  # of the bound without closures; a smaller loss is not mentioned


def in_words(scenario: Scenario, bounds: Limits) -> Iterator[str]:
    """Yield the upper bounds of a scenario and its unavoidable loss, one sentence for each cargo."""
    if bounds.exported is not None:
        most, undisturbed, unavoidable = (
            f"{amount / MEGATONNE:.2f} Mt"
            for amount in (bounds.exported.most, bounds.exported.undisturbed, bounds.exported.unavoidable)
        )
        if bounds.exported.unavoidable < MIN_LOSS * bounds.exported.undisturbed:
            yield f"Exports cannot exceed {most} in this run, with or without its closures."
        else:
            curtailed = f"{bounds.curtailed / MEGATONNE:.2f} Mt"
            yield (
                f"Exports cannot exceed {most} in this run ({undisturbed} without closures): a loss of "
                f"{unavoidable} is unavoidable, and at least {curtailed} of output is curtailed."
            )
    for (group, cargo, way), limit in bounds.delivered.items():
        if limit.unavoidable >= MIN_LOSS * limit.undisturbed and limit.undisturbed > 0.0:
            name, unit = _cargo(scenario.network, cargo)
            yield (
                f"At most {limit.most:,.0f} {unit} of the {name} sent in this run can be delivered by "
                f"{group}, {way}bound ({limit.undisturbed:,.0f} without closures)."
            )


def bound_rows(bounds: Sequence[Limits], records: Sequence[Record]) -> Iterator[Row]:
    """Yield the rows of the table for runs side by side, each with its bounds."""
    if any(limits.exported for limits in bounds):

        def row(title: str, of: Callable[[Limits, Limit], float]) -> Row:
            values = (of(limits, limits.exported) if limits.exported else None for limits in bounds)
            return Row(title, "Mt", tuple(None if value is None else value / MEGATONNE for value in values))

        yield row("  Exported, at most", lambda _, exported: exported.most)
        yield row("  Unavoidable loss of exports", lambda _, exported: exported.unavoidable)
        yield row("  Curtailed output, at least", lambda limits, _: limits.curtailed)
    before = [under_way(record) for record in records]
    for group, cargo in dict.fromkeys(key[:2] for limits in bounds for key in limits.delivered):
        name, unit = _cargo(records[0].network, cargo)
        keys = [(group, cargo, way) for way in ("west", "east")]
        sums: list[float | None] = []
        for limits, at_start in zip(bounds, before, strict=True):
            amounts = [
                limits.delivered[key].most + at_start.get(key, 0.0) for key in keys if key in limits.delivered
            ]
            sums.append(sum(amounts) if amounts else None)
        yield Row(f"  Delivered, at most: {name}, {group}", unit, tuple(sums), 0)


def bound_summary(bounds: Limits, record: Record) -> dict[str, Any]:
    """Return the bounds for summary.json, in t and TEU; cargo under way at the start is delivered on top."""
    summary: dict[str, Any] = {}
    if bounds.exported is not None:
        summary["exported"] = {
            "unit": "t",
            **_limit_summary(bounds.exported),
            "min_curtailed": rounded(bounds.curtailed),
        }
    if bounds.delivered:
        before = under_way(record)
        summary["delivered"] = [
            {
                "group": group,
                "cargo": cargo,
                "direction": way,
                "unit": record.network.cargoes[cargo].unit,
                **_limit_summary(limit),
                "under_way_at_start": rounded(before.get((group, cargo, way), 0.0)),
            }
            for (group, cargo, way), limit in bounds.delivered.items()
        ]
    return summary


def _limit_summary(limit: Limit) -> dict[str, float | None]:
    return {
        "max": rounded(limit.most),
        "max_without_closures": rounded(limit.undisturbed),
        "unavoidable_loss": rounded(limit.unavoidable),
    }


def _cargo(network: Network, id: str) -> tuple[str, str]:
    cargo = network.cargoes[id]
    return cargo.name.lower(), cargo.unit
