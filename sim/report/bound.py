"""What no plan could have exceeded: in words, in the short table, and in the summary of a run."""

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
LEAST = 0.001  # of what is possible: less of a loss is not worth a word


def in_words(scenario: Scenario, found: Limits) -> Iterator[str]:
    """What no plan can exceed, and what part of a loss is unavoidable, one line a cargo; for before a run."""
    if found.exported is not None:
        most, undisturbed, unavoidable = (
            f"{amount / MEGATONNE:.2f} Mt"
            for amount in (found.exported.most, found.exported.undisturbed, found.exported.unavoidable)
        )
        if found.exported.unavoidable < LEAST * found.exported.undisturbed:
            yield f"No plan could export more than {most} in this run, whatever is shut in it."
        else:
            ground = f"{found.curtailed / MEGATONNE:.2f} Mt"
            yield (
                f"No plan could export more than {most} in this run ({undisturbed} with nothing shut), so "
                f"{unavoidable} of loss is unavoidable; of what fields could give, {ground} at least stay "
                "in the ground."
            )
    for (group, cargo, way), limit in found.delivered.items():
        if limit.unavoidable >= LEAST * limit.undisturbed and limit.undisturbed > 0.0:
            name, unit = _cargo(scenario.network, cargo)
            yield (
                f"No plan could deliver more than {limit.most:,.0f} {unit} of {name} by {group}, {way}bound, "
                f"of what is sent in this run ({limit.undisturbed:,.0f} with nothing shut)."
            )


def bound_rows(found: Sequence[Limits], records: Sequence[Record]) -> Iterator[Row]:
    """The rows of the short table, for runs side by side, each with its limits."""
    if any(limits.exported for limits in found):

        def row(title: str, of: Callable[[Limits, Limit], float]) -> Row:
            values = (of(limits, limits.exported) if limits.exported else None for limits in found)
            return Row(title, "Mt", tuple(None if value is None else value / MEGATONNE for value in values))

        yield row("Most that any plan could have exported", lambda _, exported: exported.most)
        yield row(
            "Unavoidable loss: that much less than with nothing shut",
            lambda _, exported: exported.unavoidable,
        )
        yield row("Least that any plan would have curtailed", lambda limits, _: limits.curtailed)
    before = [under_way(record) for record in records]
    for group, cargo in dict.fromkeys(key[:2] for limits in found for key in limits.delivered):
        name, unit = _cargo(records[0].network, cargo)
        keys = [(group, cargo, way) for way in ("west", "east")]
        sums: list[float | None] = []
        for limits, began in zip(found, before, strict=True):
            mine = [
                limits.delivered[key].most + began.get(key, 0.0) for key in keys if key in limits.delivered
            ]
            sums.append(sum(mine) if mine else None)
        yield Row(f"Most {name} that any plan could have delivered, {group}", unit, tuple(sums), 0)


def bound_summary(found: Limits, record: Record) -> dict[str, Any]:
    """The same for summary.json, in t and TEU; what was under way at the start is delivered on top."""
    summary: dict[str, Any] = {}
    if found.exported is not None:
        summary["exported"] = {
            "unit": "t",
            "most": rounded(found.exported.most),
            "most with nothing shut": rounded(found.exported.undisturbed),
            "unavoidable loss": rounded(found.exported.unavoidable),
            "least curtailed": rounded(found.curtailed),
        }
    if found.delivered:
        before = under_way(record)
        summary["delivered"] = [
            {
                "group": group,
                "cargo": cargo,
                "way": way,
                "unit": record.network.cargoes[cargo].unit,
                "most": rounded(limit.most),
                "most with nothing shut": rounded(limit.undisturbed),
                "unavoidable loss": rounded(limit.unavoidable),
                "under way at the start": rounded(before.get((group, cargo, way), 0.0)),
            }
            for (group, cargo, way), limit in found.delivered.items()
        ]
    return summary


def _cargo(network: Network, id: str) -> tuple[str, str]:
    cargo = network.cargoes[id]
    return cargo.name.lower(), cargo.unit
