"""The story of boxes and wagons: boycotts, full yards, queues, who turned away, what was lost."""

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
from sim.report.freight_tables import month_edges
from sim.report.lines import Line, lasting, name_of, names_of

MOVED = 0.10  # of a demand: smaller moves from one group to another are not told
SETTLED = 28.0  # days that must have passed since a demand was last told of, unless it moved by
MOVED_MUCH = 0.25
LONG = 2.0  # days that trains stood before a full yard, or queued: less is not told
APART = 14.0  # days between two spells of the same, told as two
TRAINS, MOST_TRAINS = 5, 10  # that wait for a path or room: fewer are no queue, and no queue to speak of
SHIPS = 3  # that wait for a quay
NOTEWORTHY = 0.01  # of what a demand sends in a month: smaller losses are not told


def freight_story(record: Record) -> Iterator[Line]:
    """The lines on boxes and wagons, of each kind in order of time; none without any."""
    if not record.network.demands:
        return
    yield from _boycotts(record)
    yield from _choices(record)
    yield from _full_yards(record)
    yield from _train_queues(record)
    yield from _ship_queues(record)
    yield from _losses(record)


def _boycotts(record: Record) -> Iterator[Line]:
    """When each begins, or changes, and who refuses what; when it ends, unless it goes on another way."""
    begun = {(boycott.label, boycott.start) for boycott in record.boycotts}
    for boycott in record.boycotts:
        what = boycott.label if "boycott" in boycott.label.lower() else f"boycott, {boycott.label}"
        over, whose = names_of(record, boycott.elements), _senders(record, boycott.demands)
        said = [f"{boycott.share:.0%} of {whose} refuse ways over {over}"] if boycott.share else []
        said += [f"{boycott.premium:,.0f} USD dearer for {whose}"] if boycott.premium else []
        yield Line(boycott.start, f"{what}: {'; '.join(said)}")
        if boycott.end < record.days and (boycott.label, boycott.end) not in begun:
            yield Line(boycott.end, f"{what}: over")


def _senders(record: Record, demands: tuple[str, ...]) -> str:
    every = set(demands) == set(record.network.demands)
    return "all shippers" if every else f"the shippers of {names_of(record, demands)}"


def _choices(record: Record) -> Iterator[Line]:
    """Big moves of a demand from one group of corridors to another, against what was last told of it."""
    corridors = record.network.corridors
    reviews: dict[str, dict[float, dict[str, float]]] = {}
    for choice in record.journal.choices:
        shares = reviews.setdefault(choice.demand, {}).setdefault(choice.time, {})
        group = corridors[choice.corridor].group
        shares[group] = shares.get(group, 0.0) + choice.share
    together: dict[tuple[float, str], list[str]] = {}
    for demand, by_time in reviews.items():
        told_at, told = next(iter(by_time.items()))
        for time, shares in by_time.items():
            most = max(abs(share - told.get(group, 0.0)) for group, share in shares.items())
            if most >= MOVED_MUCH or (most >= MOVED and time - told_at >= SETTLED):
                moves = [
                    f"{group} {told.get(group, 0.0):.0%} → {shares[group]:.0%}"
                    for group in groups(record.network)
                    if abs(shares.get(group, 0.0) - told.get(group, 0.0)) >= MOVED / 2
                ]
                together.setdefault((time, ", ".join(moves)), []).append(demand)
                told_at, told = time, shares
    for (time, moved), demands in together.items():
        yield Line(time, f"{names_of(record, demands)}: {moved} of what is booked")


def _full_yards(record: Record) -> Iterator[Line]:
    """Each spell in which a yard turned trains away: how long, and how many stood at most."""
    for id, yard in record.network.yards.items():
        full = event_intervals(record.journal.events, "held", "freed", id, record.days)
        occupancy, who = held_trains(record, id), _comers(record, id)
        for begin, end in _spells(full):
            _, most = step_range(occupancy, begin, end)
            if end - begin < LONG or most < 1:
                continue
            yield Line(begin, f"{yard.name} full; {who} for it are held on the way")
            stood = f"up to {most:.0f} stood"
            if end < record.days:
                yield Line(end, f"{yard.name} takes {who} again after {lasting(end - begin)}; {stood}")
            else:
                yield Line(end, f"{yard.name} still turns {who} away; {stood}")


def _comers(record: Record, yard: str) -> str:
    """What comes to a yard by land: trains, or convoys of lorries."""
    legs = [leg for leg in record.freight.legs if leg.mode == "land" and leg.yards[1] == yard]
    return _convoyed([record.network.lines[line].mode for leg in legs for line in leg.lines])


def _convoyed(modes: list[str]) -> str:
    """What runs over lines of these modes: trains, or convoys of lorries where there are only roads."""
    return "convoys" if modes and all(mode == "road" for mode in modes) else "trains"


def _spells(spans: Intervals) -> list[tuple[float, float]]:
    """Stretches that lie close together taken as one."""
    found: list[tuple[float, float]] = []
    for begin, end in spans.pairs():
        if found and begin - found[-1][1] <= APART:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return found


@dataclass(frozen=True, slots=True)
class Peak:
    """A spell in which many waited, and when they were most."""

    begin: float
    end: float
    at: float
    most: float


def peaks(queue: Series, until: float, many: int, at_most: int) -> list[Peak]:
    """The spells in which so many waited for days, and once at least `at_most`, each with its peak."""
    ends = [*queue.times[1:], until]
    long = Intervals(
        (a, b) for a, b, value in zip(queue.times, ends, queue.values, strict=True) if value >= many
    )
    found = []
    for begin, end in _spells(long):
        inside = [(v, t) for t, v in zip(queue.times, queue.values, strict=True) if begin <= t < end]
        most, at = max(inside, key=lambda pair: pair[0])
        if end - begin >= LONG and most >= at_most:
            found.append(Peak(begin, end, at, most))
    return found


def _train_queues(record: Record) -> Iterator[Line]:
    for way in directions(record):
        line, _, place = way.rpartition(">")
        for peak in peaks(line_queue(record, way), record.days, TRAINS, MOST_TRAINS):
            where = f"{name_of(record, line)}, towards {name_of(record, place)}"
            who = _convoyed([record.network.lines[line].mode])
            told = f"{peak.most:.0f} {who} wait for a path or room on {where}"
            yield Line(peak.at, f"{told}, {_spell(record, peak)}")


def _ship_queues(record: Record) -> Iterator[Line]:
    quays = record.network.quays
    for place in dict.fromkeys(quay.place for quay in quays.values()):
        calls = [call for call in record.journal.port_calls if quays[call.quay].place == place]
        since, until = np.array([call.arrived for call in calls]), np.array([call.berthed for call in calls])
        for peak in peaks(occupancy(since, until, record.days), record.days, SHIPS, SHIPS):
            where = name_of(record, place)
            yield Line(peak.at, f"{peak.most:.0f} ships wait for a quay at {where}, {_spell(record, peak)}")


def _spell(record: Record, peak: Peak) -> str:
    return f"the most between {record.when(peak.begin):%d %b} and {record.when(peak.end):%d %b}"


def _losses(record: Record) -> Iterator[Line]:
    """By month and cargo: what gave up waiting, what was not sent; told at the month's end."""
    network = record.network
    ways = {"rebooked": "by ocean after waiting in vain", "dropped": "not sent", "refused": "not sent"}
    for first, a, b in month_edges(record):
        for cargo in network.cargoes.values():
            senders = [demand for demand in network.demands.values() if demand.cargo == cargo.id]
            usual = sum(demand.rate for demand in senders) * (b - a)
            lost = dict.fromkeys(dict.fromkeys(ways.values()), 0.0)
            whose: dict[str, float] = {}
            for one in record.journal.lost:
                if a <= one.time < b and network.demands[one.demand].cargo == cargo.id:
                    lost[ways[one.kind]] += one.amount
                    whose[one.demand] = whose.get(one.demand, 0.0) + one.amount
            said = [f"{cargo_amount(cargo, amount)} {way}" for way, amount in lost.items() if amount]
            if sum(lost.values()) >= NOTEWORTHY * usual and said:
                most = name_of(record, max(whose, key=lambda id: whose[id]))
                yield Line(b, f"{cargo.name} in {first:%B}: {', '.join(said)}; most of it {most}")
