"""Whether the tables of a network make sense together; every fault in one go."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from sim.errors import Faults, nearest
from sim.network.elements import Element, Network
from sim.network.routes import find_routes
from sim.network.rows import units_of
from sim.network.sourcing import ASSUMED, citations

SIGNED = {"price", "latitude", "longitude"}
SHARES = {"initial", "throttle_at", "release_at", "mix"}


class _Check:
    """The faults of one network, with the place of each element in its file."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.faults = Faults()

    def tell(self, element: Element, key: str, message: str, value: object = None, advice: str = "") -> None:
        file, line = self.network.lines.get(element.id, (None, None))
        self.faults.add(
            message, file=Path(file) if file else None, line=line, key=key, value=value, advice=advice
        )

    def refers(self, element: Element, key: str, id: str, known: object, what: str) -> bool:
        """Whether a reference leads somewhere; tells the nearest name when it does not."""
        if id in known:  # type: ignore[operator]
            return True
        self.tell(element, key, f"no {what} has this id", id, nearest(id, known))  # type: ignore[arg-type]
        return False


def check(network: Network) -> None:
    """Check references, signs, shares, sources and routes. Raises `InputError`."""
    checker = _Check(network)
    for _, table in network.kinds():
        for element in table.values():
            _check_numbers(checker, element)
            _check_source(checker, element)
            if hasattr(element, "cargo"):
                checker.refers(element, "cargo", element.cargo, network.cargoes, "cargo")
    _check_links(checker)
    _check_stocks(checker)
    _check_ships(checker)
    _check_shippers(checker)
    for weather in network.weather.values():
        checker.refers(weather, "place", weather.place, network.places, "place")
        if not 1 <= weather.month <= 12:
            checker.tell(weather, "month", "a month is 1 to 12", weather.month)
    checker.faults.raise_any()
    _check_routes(checker)
    checker.faults.raise_any()


def _check_numbers(checker: _Check, element: Element) -> None:
    for spec in fields(element):
        value = getattr(element, spec.name)
        if value is None:
            continue
        if spec.name in units_of(type(element)) and spec.name not in SIGNED and value < 0:
            checker.tell(element, spec.name, "cannot be negative", value)
        if spec.name in SHARES and value > 1:
            checker.tell(element, spec.name, "a share is at most 1 (100 %)", value)
        limit = {"latitude": 90, "longitude": 180}.get(spec.name)
        if limit is not None and abs(value) > limit:
            checker.tell(element, spec.name, f"lies beyond {limit} degrees", value)


def _check_source(checker: _Check, element: Element) -> None:
    known_fields = {spec.name for spec in fields(element)}
    cited = citations(element.source)
    if not cited:
        checker.tell(element, "source", "every row names its source", advice="a source id, or assumed")
    for name, source in cited.items():
        if name and name not in known_fields:
            checker.tell(element, "source", "cites a source for an unknown column", name, nearest(name, known_fields))
        if source != ASSUMED:
            checker.refers(element, "source", source, [*checker.network.sources, ASSUMED], "source")
    if ASSUMED in cited.values() and not element.note:
        checker.tell(element, "note", "an assumed figure needs its reasoning in the note")


def _check_links(checker: _Check) -> None:
    network = checker.network
    for link in network.links.values():
        for end in ("origin", "destination"):
            checker.refers(link, end, getattr(link, end), network.places, "place")
        if link.origin == link.destination:
            checker.tell(link, "destination", "a link joins two places", link.destination)
        if link.mode != "sea" and link.capacity is None:
            checker.tell(link, "capacity", f"a {link.mode} needs a capacity")
        if link.mode == "sea" and link.capacity is not None:
            checker.tell(link, "capacity", "berths and ships limit a sea lane; leave its capacity empty")
        if link.mode == "sea" and not any(stock.feeds == link.id for stock in network.stocks.values()):
            checker.tell(link, "id", "a sea lane needs a stock that feeds it", link.id)


def _check_stocks(checker: _Check) -> None:
    network = checker.network
    feeding: dict[str, str] = {}
    for stock in network.stocks.values():
        checker.refers(stock, "place", stock.place, network.places, "place")
        if checker.refers(stock, "feeds", stock.feeds, {**network.links, **network.shippers}, "link or shipper"):
            if stock.feeds in feeding:
                checker.tell(stock, "feeds", f"is fed by {feeding[stock.feeds]} already", stock.feeds)
            feeding[stock.feeds] = stock.id
            fed = network.links.get(stock.feeds)
            place = fed.origin if fed else network.shippers[stock.feeds].place
            if place != stock.place:
                checker.tell(stock, "place", f"what it feeds starts at {place}", stock.place)
        if stock.release_at > stock.throttle_at:
            checker.tell(stock, "release_at", "lies above throttle_at", stock.release_at)


def _check_ships(checker: _Check) -> None:
    network = checker.network
    lanes = {link.id for link in network.links.values() if link.mode == "sea"}
    called = {lane for fleet in network.fleets.values() if fleet.vessels is None for lane in fleet.lanes}
    for berth in network.berths.values():
        checker.refers(berth, "place", berth.place, network.places, "place")
        if berth.rate == 0:
            checker.tell(berth, "rate", "a berth needs a rate above zero", advice="close it in a scenario instead")
        for lane in berth.lanes:
            if checker.refers(berth, "lanes", lane, lanes, "sea lane"):
                link = network.links[lane]
                place = link.origin if berth.work == "load" else link.destination
                if place != berth.place:
                    checker.tell(berth, "place", f"{lane} {berth.work}s at {place}", berth.place)
    for fleet in network.fleets.values():
        if fleet.load <= 0:
            checker.tell(fleet, "load", "a ship needs a load above zero", fleet.load)
        if fleet.vessels is not None and not fleet.speed:
            checker.tell(fleet, "speed", "a fleet that goes back and forth needs a speed")
        if fleet.vessels is None and fleet.lead is None:
            checker.tell(fleet, "lead", "ships that are called need a lead", advice="or give vessels")
        for lane in fleet.lanes:
            checker.refers(fleet, "lanes", lane, lanes, "sea lane")
    for lane in sorted(lanes):
        link = network.links[lane]
        berths = [berth for berth in network.berths.values() if lane in berth.lanes]
        if not any(berth.work == "load" for berth in berths):
            checker.tell(link, "id", "no berth loads for this sea lane", lane)
        if not any(lane in fleet.lanes for fleet in network.fleets.values()):
            checker.tell(link, "id", "no fleet sails this sea lane", lane)
        if lane not in called and not any(berth.work == "discharge" for berth in berths):
            checker.tell(link, "id", "no berth discharges for this sea lane", lane)
        destination = network.places.get(link.destination)
        if lane in called and destination and destination.kind != "market":
            checker.tell(link, "destination", "called ships sell on board: their lane ends at a market", destination.id)


def _check_shippers(checker: _Check) -> None:
    network = checker.network
    markets = {place.id for place in network.places.values() if place.kind == "market"}
    for shipper in network.shippers.values():
        checker.refers(shipper, "place", shipper.place, network.places, "place")
        if shipper.restart <= 0:
            checker.tell(shipper, "restart", "takes more than no time", shipper.restart)
        if not any(stock.feeds == shipper.id for stock in network.stocks.values()):
            checker.tell(shipper, "id", "a shipper needs a stock that feeds it", shipper.id)
        if not any(contract.shipper == shipper.id for contract in network.contracts.values()):
            checker.tell(shipper, "id", "has no contract to any market", shipper.id)
    for contract in network.contracts.values():
        checker.refers(contract, "shipper", contract.shipper, network.shippers, "shipper")
        checker.refers(contract, "market", contract.market, markets, "market")
        if contract.normal is not None and contract.surge is not None and contract.surge < contract.normal:
            checker.tell(contract, "surge", "lies below normal", contract.surge)
        if contract.surge is not None and contract.normal is None:
            checker.tell(contract, "surge", "means nothing when normal has no limit", contract.surge)
        if contract.surge and contract.ramp <= 0:
            checker.tell(contract, "ramp", "a surge takes more than no time", contract.ramp)
    for place in network.places.values():
        if place.kind == "market" and (not place.route or place.price is None):
            checker.tell(place, "route", "a market needs a route name and a price")


def _check_routes(checker: _Check) -> None:
    reached = {route.contract for route in find_routes(checker.network)}
    for contract in checker.network.contracts.values():
        if contract.id not in reached:
            checker.tell(contract, "market", f"no links lead there from {contract.shipper}", contract.market)
