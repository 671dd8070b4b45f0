"""Story of dry cargo: boycotts, shifts of bookings, full yards, queues, and cargo lost to the corridors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.engine.journal import Series
from sim.measures import Record
from sim.measures.freight.delivered import cargo_amount
from sim.measures.freight.lines import directions, line_queue
from sim.measures.freight.selectors import groups
from sim.measures.freight.yards import held_trains
from sim.measures.intervals import Intervals, event_intervals
from sim.measures.series import occupancy, step_range
from sim.report.freight.tables import month_edges
from sim.report.story_line import StoryLine, duration, name_of, names_of

MIN_SHIFT = 0.10  # of a demand's bookings; smaller shifts between groups are left out
MIN_BETWEEN_SHIFTS = 28.0  # days between two lines on a demand, unless the shift is large
LARGE_SHIFT = 0.25
MIN_SPELL = 2.0  # days of a full yard or a queue
MAX_GAP = 14.0  # days between two spells that count as one
MIN_TRAINS, MIN_PEAK_TRAINS = 5, 10  # of a queue, and at its peak
MIN_SHIPS = 3
MIN_LOSS = 0.01  # of the monthly rate of a cargo

Shares = dict[str, float]


def freight_story(record: Record) -> Iterator[StoryLine]:
    """Yield the lines on dry cargo, each kind in order of time; none without freight."""
    if not record.network.demands:
        return
    yield from _boycotts(record)
    yield from _shifts(record)
    yield from _full_yards(record)
    yield from _train_queues(record)
    yield from _ship_queues(record)
    yield from _losses(record)


def _boycotts(record: Record) -> Iterator[StoryLine]:
    """Yield each start or change of a boycott, and its end unless another stage of it follows."""
    starts = {(boycott.label, boycott.start) for boycott in record.boycotts}
    for boycott in record.boycotts:
        title = boycott.label if "boycott" in boycott.label.lower() else f"Boycott, {boycott.label}"
        over, shippers = names_of(record, boycott.elements), _shippers(record, boycott.demands)
        effects = [f"{boycott.share:.0%} of {shippers} refuse corridors over {over}"] if boycott.share else []
        effects += [f"premium of {boycott.premium:,.0f} USD for {shippers}"] if boycott.premium else []
        yield StoryLine(boycott.start, f"{title}: {'; '.join(effects)}")
        if boycott.end < record.days and (boycott.label, boycott.end) not in starts:
            yield StoryLine(boycott.end, f"{title}: ends")


def _shippers(record: Record, demands: tuple[str, ...]) -> str:
    is_all = set(demands) == set(record.network.demands)
    return "all shippers" if is_all else f"the shippers of {names_of(record, demands)}"


def _shifts(record: Record) -> Iterator[StoryLine]:
    """Yield the large shifts of a demand's bookings between groups, each against the last one reported.

    Demands that shift alike share a line.
    """
    together: dict[tuple[float, str], list[str]] = {}
    for demand, by_time in _bookings(record).items():
        reported_at, reported = next(iter(by_time.items()))
        for time, shares in by_time.items():
            shift = max(abs(share - reported.get(group, 0.0)) for group, share in shares.items())
            is_due = time - reported_at >= MIN_BETWEEN_SHIFTS
            if shift >= LARGE_SHIFT or (shift >= MIN_SHIFT and is_due):
                together.setdefault((time, _shift_text(record, reported, shares)), []).append(demand)
                reported_at, reported = time, shares
    for (time, shift_text), demands in together.items():
        yield StoryLine(time, f"{names_of(record, demands)}: bookings shift, {shift_text}")


def _bookings(record: Record) -> dict[str, dict[float, Shares]]:
    """Return the shares booked by group of corridors, by demand and time of the review."""
    corridors = record.network.corridors
    reviews: dict[str, dict[float, Shares]] = {}
    for choice in record.journal.choices:
        shares = reviews.setdefault(choice.demand, {}).setdefault(choice.time, {})
        group = corridors[choice.corridor].group
        shares[group] = shares.get(group, 0.0) + choice.share
    return reviews


def _shift_text(record: Record, before: Shares, after: Shares) -> str:
    return ", ".join(
        f"{group} {before.get(group, 0.0):.0%} → {after[group]:.0%}"
        for group in groups(record.network)
        if abs(after.get(group, 0.0) - before.get(group, 0.0)) >= MIN_SHIFT / 2
    )


def _full_yards(record: Record) -> Iterator[StoryLine]:
    """Yield each spell in which a yard refused trains, with the largest number held."""
    for id, yard in record.network.yards.items():
        full = event_intervals(record.journal.events, "held", "freed", id, record.days)
        held, vehicles = held_trains(record, id), _vehicles_into(record, id)
        for start, end in _spells(full):
            _, highest = step_range(held, start, end)
            if end - start < MIN_SPELL or highest < 1:
                continue
            yield StoryLine(start, f"{yard.name} full; {vehicles} for it are held on the line")
            if end < record.days:
                text = (
                    f"accepts {vehicles} again after {duration(end - start)}; up to {highest:.0f} were held"
                )
            else:
                text = f"still refuses {vehicles}; up to {highest:.0f} held"
            yield StoryLine(end, f"{yard.name} {text}")


def _vehicles_into(record: Record, yard: str) -> str:
    """Return the vehicles that reach a yard by land: trains, or convoys of lorries."""
    legs = [leg for leg in record.freight.legs if leg.mode == "land" and leg.yards[1] == yard]
    return _vehicles([record.network.lines[line].mode for leg in legs for line in leg.lines])


def _vehicles(modes: list[str]) -> str:
    """Return the vehicles of lines of some modes: convoys of lorries if all are roads, else trains."""
    return "convoys" if modes and all(mode == "road" for mode in modes) else "trains"


def _spells(intervals: Intervals) -> list[tuple[float, float]]:
    """Return intervals, those with short gaps between them united."""
    spells: list[tuple[float, float]] = []
    for start, end in intervals.pairs():
        if spells and start - spells[-1][1] <= MAX_GAP:
            spells[-1] = (spells[-1][0], end)
        else:
            spells.append((start, end))
    return spells


@dataclass(frozen=True, slots=True)
class Peak:
    """A spell with a long queue, and the day and length of its peak."""

    start: float
    end: float
    at: float
    highest: float


def peaks(queue: Series, until: float, min_length: int, min_peak: int) -> list[Peak]:
    """Return the spells of days in which a queue has a least length, and once at least `min_peak`."""
    ends = [*queue.times[1:], until]
    long = Intervals(
        (a, b) for a, b, value in zip(queue.times, ends, queue.values, strict=True) if value >= min_length
    )
    spells = []
    for start, end in _spells(long):
        inside = [(v, t) for t, v in zip(queue.times, queue.values, strict=True) if start <= t < end]
        highest, at = max(inside, key=lambda pair: pair[0])
        if end - start >= MIN_SPELL and highest >= min_peak:
            spells.append(Peak(start, end, at, highest))
    return spells


def _train_queues(record: Record) -> Iterator[StoryLine]:
    for direction in directions(record):
        line, _, place = direction.rpartition(">")
        for peak in peaks(line_queue(record, direction), record.days, MIN_TRAINS, MIN_PEAK_TRAINS):
            where = f"{name_of(record, line)}, towards {name_of(record, place)}"
            vehicles = _vehicles([record.network.lines[line].mode])
            text = f"{peak.highest:.0f} {vehicles} wait for a path or room on {where}"
            yield StoryLine(peak.at, f"{text}, {_spell(record, peak)}")


def _ship_queues(record: Record) -> Iterator[StoryLine]:
    quays = record.network.quays
    for place in dict.fromkeys(quay.place for quay in quays.values()):
        calls = [call for call in record.journal.port_calls if quays[call.quay].place == place]
        arrived, berthed = (
            np.array([call.arrived for call in calls]),
            np.array([call.berthed for call in calls]),
        )
        for peak in peaks(occupancy(arrived, berthed, record.days), record.days, MIN_SHIPS, MIN_SHIPS):
            text = f"{peak.highest:.0f} ships wait for a quay at {name_of(record, place)}"
            yield StoryLine(peak.at, f"{text}, {_spell(record, peak)}")


def _spell(record: Record, peak: Peak) -> str:
    return f"the peak between {record.when(peak.start):%d %b} and {record.when(peak.end):%d %b}"


def _losses(record: Record) -> Iterator[StoryLine]:
    """Yield, at the end of each month and by cargo, the cargo diverted to the ocean or not sent."""
    network = record.network
    fates = {"rebooked": "diverted to the ocean", "dropped": "not sent", "refused": "not sent"}
    for first, a, b in month_edges(record):
        for cargo in network.cargoes.values():
            demands = [demand for demand in network.demands.values() if demand.cargo == cargo.id]
            rate = sum(demand.rate for demand in demands) * (b - a)
            lost = dict.fromkeys(dict.fromkeys(fates.values()), 0.0)
            by_demand: dict[str, float] = {}
            for each in record.journal.lost:
                if a <= each.time < b and network.demands[each.demand].cargo == cargo.id:
                    lost[fates[each.kind]] += each.amount
                    by_demand[each.demand] = by_demand.get(each.demand, 0.0) + each.amount
            amounts = [f"{cargo_amount(cargo, amount)} {fate}" for fate, amount in lost.items() if amount]
            if sum(lost.values()) >= MIN_LOSS * rate and amounts:
                main = name_of(record, max(by_demand, key=lambda id: by_demand[id]))
                yield StoryLine(b, f"{cargo.name} in {first:%B}: {', '.join(amounts)}; mostly {main}")
