"""The terminal year on our engine: a whole `World`, with the tankers' arrival days given to it.

A scenario is built in code: one field, a pipeline, the tank farm, three moorings and a sea lane to
one market. Everything that a run of a real scenario does is done here too (dispatch, gates, the
journal, the books); only the loading programme, which calls tankers as it sees fit, makes way for
a list of arrival days. What does not fit into the tank farm stays in a tank of the field's own that
has no bounds, so that it is dropped as in the textbook's model, and no wells are shut in.
"""

from __future__ import annotations

from datetime import date, timedelta

from benchmarks import terminal
from sim.engine import Outcome, Plan, World, prepare
from sim.engine.clock import Clock
from sim.engine.oil.ports import TankerCall, TankerPort
from sim.engine.oil.tank_farm import TankFarm
from sim.network.elements import Berth, Cargo, Contract, Fleet, Link, Place, PlaceKind, Shipper, Stock
from sim.network.network import Network
from sim.scenario import Disturbance, Scenario

START = date(2022, 1, 1)
KT = 1000.0  # tonnes
SOURCE, NOTE = "assumed", "the benchmark's terminal"


class Arrivals:
    """Tankers that arrive on given days, in place of a loading programme."""

    def __init__(self, clock: Clock, port: TankerPort, stock: TankFarm, days: list[float]) -> None:
        self._clock, self._port, self._stock = clock, port, stock
        self._days = days[::-1]

    def start(self) -> None:
        if self._days:
            self._clock.call(self._days.pop() - self._clock.now, self._arrive)

    def _arrive(self) -> None:
        load = terminal.CARGO * KT
        self._port.arrive(
            TankerCall(self._clock, self._port, "lane", "load", load, self._stock, None, self._left)
        )
        self.start()

    def _left(self, ship: TankerCall) -> None:
        pass


def network() -> Network:
    """The terminal and what feeds it, in t and days."""

    def place(id: str, kind: PlaceKind, price: float | None = None) -> Place:
        return Place(
            id=id, name=id, kind=kind, country="KZ", latitude=0.0, longitude=0.0, route=id if price else "",
            price=price, source=SOURCE, note=NOTE,
        )  # fmt: skip

    places = [place("field", "field"), place("terminal", "terminal"), place("market", "market", 100.0)]
    links = [
        Link(
            id="pipeline", name="pipeline", mode="pipeline", origin="field", destination="terminal",
            cargo="crude", country="KZ", length=1.0, capacity=2 * terminal.INFLOW * KT,
            source=SOURCE, note=NOTE,
        ),
        Link(
            id="lane", name="lane", mode="sea", origin="terminal", destination="market",
            cargo="crude", country="KZ", length=1.0, source=SOURCE, note=NOTE,
        ),
    ]  # fmt: skip
    stocks = [
        Stock(
            id="field-tank", name="field-tank", place="field", feeds="shipper", cargo="crude",
            capacity=float("inf"), source=SOURCE, note=NOTE,
        ),
        Stock(
            id="tank", name="tank", place="terminal", feeds="lane", cargo="crude",
            capacity=terminal.TANK * KT, initial=terminal.TANK_AT_START / terminal.TANK,
            source=SOURCE, note=NOTE,
        ),
    ]  # fmt: skip
    berths = [
        Berth(
            id=f"mooring{number}", name=f"mooring{number}", place="terminal", lanes=("lane",), work="load",
            cargo="crude", rate=terminal.PUMPING * 24 * KT, approach=terminal.APPROACH / 24, cast_off=0.0,
            source=SOURCE, note=NOTE,
        )
        for number in range(terminal.MOORINGS)
    ]  # fmt: skip
    fleet = Fleet(
        id="tankers", name="tankers", lanes=("lane",), cargo="crude", load=terminal.CARGO * KT, lead=1.0,
        source=SOURCE, note=NOTE,
    )  # fmt: skip
    shipper = Shipper(
        id="shipper", name="shipper", place="field", country="KZ", cargo="crude", rate=terminal.INFLOW * KT,
        restart=1.0, source=SOURCE, note=NOTE,
    )  # fmt: skip
    contract = Contract(
        id="contract", shipper="shipper", market="market", cargo="crude", source=SOURCE, note=NOTE
    )
    return Network(
        folder="",
        sources={},
        cargoes={"crude": Cargo(id="crude", name="crude", unit="t", source=SOURCE, note=NOTE)},
        places={place.id: place for place in places},
        links={link.id: link for link in links},
        stocks={stock.id: stock for stock in stocks},
        berths={berth.id: berth for berth in berths},
        fleets={fleet.id: fleet},
        shippers={shipper.id: shipper},
        contracts={contract.id: contract},
        weather={},
        history={},
    )


def scenario() -> Scenario:
    """A year at the terminal, two of its moorings closed in spring."""
    closure = Disturbance(
        label="closure",
        elements=tuple(f"mooring{number}" for number in range(terminal.CLOSED)),
        steps=((float(terminal.CLOSED_FROM), 0.0), (float(terminal.CLOSED_UNTIL), 1.0)),
        announced=float(terminal.CLOSED_UNTIL),
        planned=False,
        cause="benchmark",
        source=SOURCE,
    )
    return Scenario(
        name="terminal-year",
        title="A terminal year",
        description="",
        start=START,
        end=START + timedelta(days=terminal.DAYS),
        seed=2022,
        network=network(),
        disturbances=(closure,),
        dated=(),
    )


def make_plan() -> Plan:
    """Return the plan that all replications share, as in any ensemble."""
    return prepare(scenario())


def simulate(plan: Plan, replication: int) -> Outcome:
    """Build a world, simulate one year."""
    world = World(plan, seed=2022, replication=replication)
    days = [hour / 24 for hour in terminal.arrivals(replication)]
    world.oil.programmes.clear()
    Arrivals(world.env, world.oil.ports["terminal"], world.oil.stocks["tank"], days).start()
    return world.run()


def loaded(outcome: Outcome) -> float:
    """The kt pumped aboard in the year, by the journal."""
    flow = outcome.journal.steps["flow", "lane"]
    ends = [*flow.times[1:], outcome.journal.until]
    return sum(rate * (b - a) for rate, a, b in zip(flow.values, flow.times, ends, strict=True)) / KT


def run(plan: Plan, replication: int) -> float:
    """Simulate one year; the kt loaded."""
    return loaded(simulate(plan, replication))
