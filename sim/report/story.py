"""The story of a run: what a reader would have seen in the news, in order, one line each."""

from __future__ import annotations

from collections.abc import Iterator

from sim.measures import Record
from sim.measures.series import step_at
from sim.report.freight_story import freight_story
from sim.report.lines import Line, lasting, name_of, names_of, told

NOTEWORTHY = 0.10  # of a shipper's potential: smaller cuts are not told
NOTEWORTHY_STEP = 0.25  # of capacity: smaller steps of a recovery are not told
LONG_STORM = 1.0  # days
QUIET = 3.0  # days without a cut after which a shipper counts as back


def story(record: Record) -> list[Line]:
    """The lines of a run's story, in order of time."""
    lines = [
        *_closures(record),
        *_throttling(record),
        *_curtailment(record),
        *_diversion(record),
        *_storms(record),
        *_ships(record),
        *freight_story(record),
    ]
    return sorted(lines, key=lambda line: line.day)


def _closures(record: Record) -> Iterator[Line]:
    """What shut and opened, all of one cause and moment in one line."""
    groups: dict[tuple[float, str, float, str], list[str]] = {}
    for h in told(record, "closes", "opens"):
        groups.setdefault((h.time, h.kind, h.quantity, h.reason), []).append(h.element)
    last_told: dict[tuple[str, ...], float] = {}
    for (time, kind, share, reason), ids in groups.items():
        last = last_told.get(tuple(ids), 1.0)
        if kind == "opens" and share < 1.0 and share - last < NOTEWORTHY_STEP:
            continue
        last_told[tuple(ids)] = share
        what = "shut" if share == 0 else "open again" if share == 1 else f"at {share:.0%} of capacity"
        yield Line(
            time, f"{names_of(record, ids)} {what}" + (f" ({reason})" if kind == "closes" and reason else "")
        )
    for h in told(record, "begins"):
        if h.quantity == 1.0:
            yield Line(h.time, f"{h.element}: nothing is shut")


def _throttling(record: Record) -> Iterator[Line]:
    """What the operator of a tank farm does, and what the pipeline then brings.

    A hold above what comes changes nothing yet, and a farm that fills up in a storm takes nothing whatever
    the hold allows, so it is the flow that is told.
    """
    for h in told(record, "throttled", "full", "released"):
        stock = record.network.stocks[h.element]
        if h.kind == "released":
            yield Line(h.time, f"{stock.name} down to {stock.release_at:.0%}; intake free again")
            continue
        feeding = [link.id for link in record.network.links.values() if link.destination == stock.place]
        flows = [step_at(record.journal.step_series("flow", id), [h.time - 1e-6, h.time]) for id in feeding]
        before, after = (float(sum(flow[moment] for flow in flows)) for moment in (0, 1))
        if after <= 0:
            then = "intake stopped"
        elif after >= 0.99 * before:
            then = f"runs on at {after / 1e3:.0f} kt/day"
        else:
            then = f"cut to {after / before:.0%}"
        state = "full" if h.kind == "full" else f"{stock.throttle_at:.0%} full"
        yield Line(h.time, f"{stock.name} {state}; pipeline {then}")


def _curtailment(record: Record) -> Iterator[Line]:
    """Each time a shipper is cut, how deep it got, and when it was back."""
    for shipper in record.network.shippers.values():
        series = record.journal.step_series("curtailed", shipper.id)
        if series is None:
            continue
        ends = [*series.times[1:], record.days]
        cut: list[tuple[float, float, float]] = [
            (begin, end, value)
            for begin, end, value in zip(series.times, ends, series.values, strict=True)
            if value > NOTEWORTHY * shipper.rate
        ]
        while cut:
            spell = [cut.pop(0)]
            while cut and cut[0][0] - spell[-1][1] <= QUIET:
                spell.append(cut.pop(0))
            lost = sum((end - begin) * value for begin, end, value in spell)
            most = max(value for _, _, value in spell)
            begin, end = spell[0][0], spell[-1][1]
            yield Line(begin, f"{shipper.name} curtailed, up to {most / 1e3:.0f} kt/day")
            if end < record.days:
                potential = record.journal.step_series("potential", shipper.id)
                was, now = (float(step_at(potential, [day])[0]) for day in (end - 1e-6, end))
                state = "back" if now >= was else "no longer curtailed but down itself"
                yield Line(
                    end, f"{shipper.name} {state}, {lost / 1e3:.0f} kt not produced in {lasting(end - begin)}"
                )


def _diversion(record: Record) -> Iterator[Line]:
    groups: dict[tuple[float, str, str], list[str]] = {}
    amounts: dict[tuple[float, str, str], float] = {}
    for h in told(record, "diverts", "returns"):
        key = (h.time, h.kind, h.element)
        market = record.network.places[h.reason.removeprefix("to ")]
        groups.setdefault(key, []).append(market.route)
        amounts[key] = h.quantity
    for (time, kind, shipper), routes in groups.items():
        name, where = name_of(record, shipper), ", ".join(routes)
        if kind == "diverts":
            amount = amounts[time, kind, shipper] / 1e3
            yield Line(time, f"{name} turns to {where} with {amount:.1f} kt/day turned away")
        else:
            yield Line(time, f"{name} gives up its other routes")


def _storms(record: Record) -> Iterator[Line]:
    network, began = record.network, dict[str, float]()
    ports = {berth.place for berth in network.berths.values()}
    ports |= {quay.place for quay in network.quays.values()}
    for h in told(record, "storm", "calm"):
        if h.element not in ports:
            continue
        if h.kind == "storm":
            began[h.element] = h.time
        elif h.element in began and h.time - began[h.element] >= LONG_STORM:
            start = began.pop(h.element)
            yield Line(start, f"storm at {name_of(record, h.element)} for {h.time - start:.1f} days")


def _ships(record: Record) -> Iterator[Line]:
    """Ships sent back by anything but a storm, which sends them back as a matter of course."""
    storms = {h.time for h in told(record, "storm")}
    for h in told(record, "sent back"):
        if h.time not in storms:
            yield Line(
                h.time, f"tanker sent back from {name_of(record, h.element)}, {h.quantity / 1e3:.0f} kt short"
            )
