"""Small worlds for hypothesis to draw: fields, pipelines to a terminal, tankers, a shuttle branch."""

from __future__ import annotations

from dataclasses import dataclass, replace

from builders import (
    berth,
    called,
    changed,
    closure,
    contract,
    field,
    fleet,
    lane,
    market,
    network,
    pipe,
    place,
    scenario,
    stormy,
    tanks,
)
from hypothesis import strategies as st

from sim.network.network import Element
from sim.scenario import Scenario
from sim.scenario.schema import Recovery

DAYS = 40
shares = st.sampled_from([0.0, 0.25, 0.5, 0.9])
days = st.one_of(st.integers(0, DAYS - 1).map(float), st.floats(0.0, DAYS - 1.0))


@dataclass(frozen=True)
class Sizes:
    """The capacities that a terminal world is built from."""

    rates: tuple[float, ...]
    joins: tuple[int, ...]  # at which station each field joins the trunk
    feeders: tuple[float, ...]
    trunk: tuple[float, ...]
    storage: float  # of each field, in days of its output
    farm: float
    opening: float  # share of the farm that is filled on day 0
    reserve: float | None
    throttle: tuple[float, float]
    moorings: int
    at_once: int | None
    pumping: float
    approach: float
    loads: tuple[float, ...]
    lead: float
    jitter: float


@st.composite
def sizes(draw: st.DrawFn, steady: bool = False) -> Sizes:
    """Fields of 5 to 50 t/day, and what could carry or hold about as much."""
    fields = draw(st.integers(1, 4))
    stations = draw(st.integers(1, 3))
    rates = st.one_of(st.sampled_from([10.0, 20.0, 40.0]), st.floats(5.0, 50.0))
    wide = st.one_of(st.sampled_from([10.0, 40.0, 100.0]), st.floats(5.0, 200.0))
    moorings = draw(st.integers(1, 3))
    loads = draw(
        st.lists(st.sampled_from([20.0, 30.0, 60.0]), min_size=1, max_size=1 if steady else 2, unique=True)
    )
    return Sizes(
        rates=tuple(draw(rates) for _ in range(fields)),
        joins=tuple(draw(st.integers(0, stations - 1)) for _ in range(fields)),
        feeders=tuple(draw(wide) for _ in range(fields)),
        trunk=tuple(draw(wide) for _ in range(stations)),
        storage=draw(st.sampled_from([0.0, 0.5, 3.0])),
        farm=draw(st.floats(120.0, 300.0)),
        opening=0.0 if steady else draw(st.sampled_from([0.0, 0.4, 0.8])),
        reserve=draw(st.sampled_from([1.0, 2.0] if steady else [None, 0.5, 1.0, 2.0])),
        throttle=(1.0, 1.0)
        if steady
        else draw(st.sampled_from([(1.0, 1.0), (0.9, 0.75), (0.8, 0.7), (0.5, 0.1)])),
        moorings=moorings,
        at_once=draw(st.sampled_from([None, *range(1, moorings + 1)])),
        pumping=draw(st.floats(50.0, 500.0)),
        approach=draw(st.sampled_from([0.0, 0.25, 0.4])),
        loads=tuple(loads),
        lead=draw(st.sampled_from([1.0, 2.0, 5.0])),
        jitter=0.0 if steady else draw(st.sampled_from([0.0, 0.5])),
    )


def terminal_parts(size: Sizes) -> list[Element]:
    """Fields f0…, feeders to stations s0…, the trunk t0… down to "port", its farm, moorings m0…, "world"."""
    stations = len(size.trunk)
    ends = [*[f"s{n}" for n in range(1, stations)], "port"]
    parts: list[Element] = [
        place("port", "terminal", berths_at_once=size.at_once),
        market("world", 100.0),
        tanks(
            "farm",
            "port",
            "sea",
            size.farm,
            initial=size.opening,
            reserve=size.reserve,
            throttle_at=size.throttle[0],
            release_at=size.throttle[1],
        ),
        lane("sea", "port", "world"),
    ]
    for number, rate in enumerate(size.rates):
        parts += field(f"f{number}", rate, size.storage * rate, restart=2.0, evacuation=1.1)
        parts.append(
            pipe(f"feeder{number}", f"f{number}-field", f"s{size.joins[number]}", size.feeders[number])
        )
        parts.append(contract(f"f{number}", "world"))
    for number, capacity in enumerate(size.trunk):
        parts += [place(f"s{number}"), pipe(f"t{number}", f"s{number}", ends[number], capacity)]
    parts += [
        berth(f"m{n}", "port", "sea", size.pumping, approach=size.approach, cast_off=size.approach / 2)
        for n in range(size.moorings)
    ]
    mix = 1.0 / len(size.loads)
    parts += [
        called(f"tanker{load:g}", "sea", load, size.lead, jitter=size.jitter, mix=mix) for load in size.loads
    ]
    return parts


@st.composite
def branches(draw: st.DrawFn, fields: int) -> list[Element]:
    """From station s0 to Aktau, across by a finite fleet into a market or, by tanks and a pipe, beyond."""
    beyond = draw(st.booleans())
    vessels, load = draw(st.integers(1, 4)), draw(st.sampled_from([8.0, 12.0, 20.0]))
    parts: list[Element] = [
        place("aktau", "port"),
        pipe("to-aktau", "s0", "aktau", draw(st.floats(5.0, 60.0))),
        tanks("aktau-tanks", "aktau", "ferry", draw(st.floats(20.0, 80.0)), initial=draw(shares)),
        lane("ferry", "aktau", "baku", draw(st.floats(10.0, 400.0))),
        berth("aktau-berth", "aktau", "ferry", draw(st.floats(10.0, 100.0)), approach=0.2, cast_off=0.1),
        *[berth(f"baku-berth{n}", "baku", "ferry", 30.0, work="discharge", approach=0.1) for n in range(2)],
        fleet("ferries", "ferry", load, vessels, 200.0, draw(st.sampled_from([0.0, 1.0]))),
    ]
    end = "baku"
    if beyond:
        end = "ceyhan"
        parts += [
            place("baku", "port"),
            market("ceyhan", draw(st.sampled_from([50.0, 150.0]))),
            tanks("baku-tanks", "baku", "btc", draw(st.floats(20.0, 80.0)), initial=draw(shares)),
            pipe("btc", "baku", "ceyhan", draw(st.floats(5.0, 60.0))),
        ]
    else:
        parts.append(market("baku", draw(st.sampled_from([50.0, 150.0]))))
    for number in range(fields):
        surge = draw(st.sampled_from([None, 10.0, 30.0]))
        more = (
            {}
            if surge is None
            else {"surge": surge, "lag": draw(st.sampled_from([0.0, 2.0, 7.0])), "ramp": 5.0}
        )
        parts.append(contract(f"f{number}", end, normal=draw(st.sampled_from([0.0, 5.0])), **more))
    return parts


@st.composite
def worlds(draw: st.DrawFn, storms: bool = True) -> Scenario:
    """A whole scenario: network, storms, overlapping closures and dated changes."""
    size = draw(sizes())
    parts = terminal_parts(size)
    # every shipper can reach the branch only when all join at or above its start
    if draw(st.booleans()):
        size = replace(size, joins=(0,) * len(size.rates))
        parts = terminal_parts(size) + draw(branches(len(size.rates)))
    if storms and draw(st.booleans()):
        parts += stormy("port", draw(st.sampled_from([2.0, 8.0])), 0.8)
    if storms and draw(st.booleans()) and any(part.id == "aktau" for part in parts):
        parts += stormy("aktau", 4.0, 0.8)
    # places that were named by several parts are there once: the network's tables go by id
    made = network(parts)
    closable = [
        *(link.id for link in made.links.values() if link.mode != "sea"),
        *made.berths,
        *made.shippers,
    ]
    closable += ["ferries"] if "ferries" in made.fleets else []
    closable += [*made.stocks] if draw(st.booleans()) else []
    closures = []
    for number in range(draw(st.integers(0, 4))):
        since = draw(days)
        until = draw(
            st.one_of(st.integers(int(since) + 1, DAYS + 5).map(float), st.floats(since + 0.01, DAYS + 5.0))
        )
        recovery = draw(
            st.sampled_from(
                [
                    Recovery(),
                    Recovery(shape="linear", days=4),
                    Recovery(shape="steps", steps=((0, 0.5), (3, 1.0))),
                ]
            )
        )
        elements = draw(st.lists(st.sampled_from(closable), min_size=1, max_size=3, unique=True))
        closures.append(
            closure(
                " ".join(elements),
                since,
                until,
                draw(shares),
                recovery=recovery,
                label=str(number),
                announced=draw(st.one_of(st.none(), st.floats(since + 0.001, DAYS + 20.0))),
                planned=draw(st.booleans()),
            )
        )
    live = [id for id in closable if id != "ferries"]
    bases = {link.id: link.capacity for link in made.links.values()} | {
        f.id: f.rate for f in made.shippers.values()
    }
    bases |= {s.id: s.capacity for s in made.stocks.values()} | {b.id: b.rate for b in made.berths.values()}
    dated = [
        changed(draw(days), id, (bases[id] or 0.0) * draw(st.sampled_from([0.5, 0.9, 1.5])))
        for id in draw(st.lists(st.sampled_from(live), max_size=2, unique=True))
    ]
    return scenario(made, DAYS, *closures, dated=dated, seed=draw(st.integers(0, 99)))
