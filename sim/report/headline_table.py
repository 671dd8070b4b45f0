"""Table that a run prints: its headlines, the use of its capacity and its balances, a column for each run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.measures import HeadlineElement, Record, headlines_of
from sim.report.bound import bound_rows
from sim.report.freight.capacity_rows import capacity_rows
from sim.report.row import Row, heading, measured, row_of
from sim.studies.bound import Limits


def headline_table(records: Sequence[Record], bounds: Sequence[Limits] = ()) -> list[Row]:
    """Return the rows for one run, or several side by side.

    The elements of a headline are those of the first run that has any. `bounds` are the upper bounds of
    each run, if they were computed.
    """
    rows = [row for group in _groups(records) for row in _headline_rows(records, group)]
    with_freight = next((record for record in records if record.network.demands), None)
    if with_freight:
        rows += capacity_rows(with_freight, records)
    if bounds:
        rows += [heading("Upper bounds, whatever the plan"), *bound_rows(bounds, records)]
    return [*rows, *_balance_rows(records)]


def _groups(records: Sequence[Record]) -> list[list[HeadlineElement]]:
    """Return the headlines by measure, in order, with the elements of the first run that has any."""
    by_measure: dict[str, list[HeadlineElement]] = {}
    for record in records:
        own: dict[str, list[HeadlineElement]] = {}
        for each in headlines_of(record):
            own.setdefault(each.measure.name, []).append(each)
        by_measure = {**own, **by_measure}
    return sorted(by_measure.values(), key=lambda group: group[0].headline.place)


def _headline_rows(records: Sequence[Record], group: Sequence[HeadlineElement]) -> Iterator[Row]:
    """Yield one row, or a heading and a row for each of several elements."""
    measure, headline = group[0].measure, group[0].headline
    single = len(group) == 1
    rows = [
        measured(
            records, measure, each.element, each.title if single else f"  {each.label}", headline.decimals
        )
        for each in group
    ]
    rows = [row for row in rows if any(row.values) or not headline.hide_empty]
    if rows and not single:
        yield heading(measure.title)
    yield from rows


def _balance_rows(records: Sequence[Record]) -> Iterator[Row]:
    if any(record.network.contracts for record in records):
        yield row_of(records, "Mass balance, largest error", "t", lambda record: record.balance.max_error, 6)
    if any(record.network.demands for record in records):
        title = "Balance of dry cargo, largest error"
        yield row_of(records, title, "t, TEU", _freight_error, 6)


def _freight_error(record: Record) -> float | None:
    return record.freight_balance.max_error if record.freight_balance else None
