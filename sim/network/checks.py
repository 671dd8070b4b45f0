"""Checks of how the elements of a network work together; all faults are reported at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from sim.errors import InputError, Where, fail, nearest, option
from sim.network.elements import Berth, Dated, Fleet, Link
from sim.network.findings import Findings, Locate, in_tables, line_text, repeated
from sim.network.forms import cargo_for, forms_of, read_value
from sim.network.freight.checks import check_freight
from sim.network.freight.leg_checks import check_freight_legs
from sim.network.network import Element, Network
from sim.network.oil.routes import Leg, Route, find_routes
from sim.network.value_checks import check_values

LIQUID = ("links", "stocks", "berths", "fleets", "shippers", "contracts")
DRY = ("yards", "quays", "services", "demands", "corridors")
FIXED = ("id", "cargo")  # fields that no change may touch
MIX_TOLERANCE = 0.005  # by which a mix in whole per cent may miss 100 %


def check(network: Network, locate: Locate | None = None) -> None:
    """Check values, berths and ships of lanes, feeds of stocks, and routes of contracts.

    For dry cargo see `freight.checks` and `freight.leg_checks`. All references must lead
    somewhere already. `locate` gives the place where a field of an element was written; by default, its
    table. Raises `InputError`.
    """
    findings = Findings(locate or in_tables(network.written_at))
    for _, table in network.kinds():
        for element in table.values():
            check_values(element, findings)
    _check_cargoes(network, findings)
    _check_pairs(network, findings)
    _check_stocks(network, findings)
    _check_berths(network, findings)
    _check_lanes(network, findings)
    _check_mixes(network, findings)
    _check_shippers(network, findings)
    _check_history(network, findings)
    check_freight(network, findings)
    findings.raise_any()
    routes = find_routes(network)
    _check_ways(network, routes, findings)
    _check_legs(network, routes, findings)
    check_freight_legs(network, findings)
    findings.raise_any()


def edited(network: Network, id: str, field: str, value: object) -> Element:
    """Return the element with a field set to a text such as `67 Mt/yr`, or to a TOML value.

    Raises `InputError` with key `element`, `field` or `value`, whichever is wrong.
    """
    if id not in network.ids():
        raise fail("no element has this id", key="element", value=id, advice=nearest(id, network.ids()))
    element = network.element(id)
    forms = {name: form for name, form in forms_of(type(element)).items() if name not in FIXED}
    if field not in forms:
        advice = nearest(field, forms) or f"it has {', '.join(forms)}"
        raise fail(f"{id} has no such field", key="field", value=field, advice=advice)
    cargo, current = cargo_for(element, network.cargoes), getattr(element, field)
    with option("value", value):
        return replace(element, **{field: read_value(forms[field], value, cargo, current=current)})


def check_edit(before: Element, after: Element, field: str, value: object) -> None:
    """Check the values of an element with a field edited, leaving out faults that it had before.

    Raises `InputError` with key `value`.
    """
    wrong = {(fault.key, fault.message) for fault in _wrong_values(before)}
    for fault in _wrong_values(after):
        if fault.key == field or (fault.key, fault.message) not in wrong:
            message = fault.message if fault.key == field else f"{fault.key} {fault.message}"
            raise fail(message, key="value", value=value, advice=fault.advice)


def _wrong_values(element: Element) -> Findings:
    findings = Findings(lambda _name, key: (Where(key=key), None))
    check_values(element, findings)
    return findings


def _check_cargoes(network: Network, findings: Findings) -> None:
    """Check that liquids flow on links, other cargoes travel on lines, and berths take their lane's cargo."""
    for name in (*LIQUID, *DRY):
        fits = [
            id for id, cargo in network.cargoes.items() if bool(cargo.barrels_per_tonne) == (name in LIQUID)
        ]
        for element in getattr(network, name).values():
            if element.cargo not in fits:
                kind = "flows" if name in DRY else "is dry cargo"
                message = f"{element.cargo} {kind}, it has no part in {name}"
                advice = f"here are: {', '.join(fits)}" if fits else "no cargo of this network fits here"
                findings.report(element, "cargo", message, element.cargo, advice)
    working: list[Berth | Fleet] = [*network.berths.values(), *network.fleets.values()]
    for served in working:
        for lane in served.lanes:
            if network.links[lane].cargo != served.cargo:
                message = f"{lane} carries {network.links[lane].cargo}"
                findings.report(served, "cargo", message, served.cargo)
    for contract in network.contracts.values():
        sent = network.shippers[contract.shipper].cargo
        if sent != contract.cargo:
            findings.report(contract, "cargo", f"{contract.shipper} sends {sent}", contract.cargo)


def _check_pairs(network: Network, findings: Findings) -> None:
    """Allow one contract of a shipper with a market, and one row of weather for a place and month."""
    for contract, other in repeated(network.contracts, lambda one: (one.shipper, one.market)):
        message = f"{contract.shipper} has a contract there already{line_text(network, other)}"
        findings.report(contract, "market", message, contract.market)
    for weather, first in repeated(network.weather, lambda one: (one.place, one.month)):
        message = f"{weather.place} has this month already{line_text(network, first)}"
        findings.report(weather, "month", message, weather.month)


def _check_stocks(network: Network, findings: Findings) -> None:
    feeding: dict[str, str] = {}
    for stock in network.stocks.values():
        if stock.feeds in feeding:
            findings.report(stock, "feeds", f"is fed by {feeding[stock.feeds]} already", stock.feeds)
        feeding[stock.feeds] = stock.id
        fed = network.links.get(stock.feeds)
        place = fed.origin if fed else network.shippers[stock.feeds].place
        if place != stock.place:
            findings.report(stock, "place", f"what it feeds starts at {place}", stock.place)
        cargo = fed.cargo if fed else network.shippers[stock.feeds].cargo
        if cargo != stock.cargo:
            findings.report(stock, "cargo", f"what it feeds takes {cargo}", stock.cargo)


def _check_berths(network: Network, findings: Findings) -> None:
    for berth in network.berths.values():
        for lane in berth.lanes:
            link = network.links[lane]
            place = link.origin if berth.work == "load" else link.destination
            if place != berth.place:
                findings.report(berth, "place", f"{lane} {berth.work}s at {place}", berth.place)


def _check_lanes(network: Network, findings: Findings) -> None:
    fed = {stock.feeds for stock in network.stocks.values()}
    for link in network.links.values():
        if link.mode == "sea":
            if link.id not in fed:
                findings.report(link, "id", "a sea lane needs a stock that feeds it", link.id)
            _check_ships(network, link, findings)
    for stock in network.stocks.values():
        for fleet in network.fleets.values():
            if stock.feeds in fleet.lanes and fleet.load > stock.capacity:
                message = f"its ships sail with full cargoes, and {stock.id} never holds one"
                findings.report(fleet, "load", message, fleet.load)


def _check_mixes(network: Network, findings: Findings) -> None:
    """Check that the shares of the sizes of called ships on a lane add up."""
    for lane in network.links.values():
        called = [f for f in network.fleets.values() if f.vessels is None and lane.id in f.lanes]
        total = sum(fleet.mix for fleet in called)
        if total > 0.0 and abs(total - 1.0) > MIX_TOLERANCE:
            message = f"the mix of ships called for {lane.id} adds up to {total:.1%}, not to 100 %"
            findings.report(called[-1], "mix", message, called[-1].mix)


def _check_ships(network: Network, lane: Link, findings: Findings) -> None:
    works = {berth.work for berth in network.berths.values() if lane.id in berth.lanes and berth.in_service}
    fleets = [fleet for fleet in network.fleets.values() if lane.id in fleet.lanes]
    called = [fleet for fleet in fleets if fleet.vessels is None]
    destination = network.places[lane.destination]
    if "load" not in works:
        findings.report(lane, "id", "no berth in service loads for this sea lane", lane.id)
    if not fleets:
        findings.report(lane, "id", "no fleet sails this sea lane", lane.id)
    if fleets and not called and "discharge" not in works:
        findings.report(lane, "id", "no berth in service discharges for this sea lane", lane.id)
    if called and destination.kind != "market":
        message = "ships that are called sell on board, so their lane ends at a market"
        findings.report(lane, "destination", message, destination.id)
    if called and sum(fleet.mix for fleet in called) == 0:
        findings.report(called[0], "mix", f"no ship is ever called for {lane.id}", called[0].mix)


def _check_shippers(network: Network, findings: Findings) -> None:
    fed = {stock.feeds for stock in network.stocks.values()}
    sending = {contract.shipper for contract in network.contracts.values()}
    for shipper in network.shippers.values():
        if network.places[shipper.place].kind == "market":
            findings.report(
                shipper, "place", "a shipper sends to markets and cannot sit at one", shipper.place
            )
        if shipper.id not in fed:
            findings.report(shipper, "id", "a shipper needs a stock that feeds it", shipper.id)
        if shipper.id not in sending:
            findings.report(shipper, "id", "has no contract to any market", shipper.id)


def _check_history(network: Network, findings: Findings) -> None:
    """Check that dated values fit their fields and do not overlap."""
    fields: dict[tuple[str, str], list[Dated]] = {}
    for row in network.history.values():
        try:
            after = edited(network, row.element, row.field, row.value)
            check_edit(network.element(row.element), after, row.field, row.value)
        except InputError as error:
            for fault in error.faults:
                findings.report(row, fault.key or "", fault.message, fault.value, fault.advice)
        fields.setdefault((row.element, row.field), []).append(row)
    for rows in fields.values():
        for earlier, later in pairwise(sorted(rows, key=lambda row: row.since)):
            if earlier.until is None or earlier.until > later.since:
                message = f"begins before {earlier.id} ends{line_text(network, earlier)}"
                findings.report(later, "since", message, later.since.isoformat())


def _check_ways(network: Network, routes: Iterable[Route], findings: Findings) -> None:
    reached = {route.contract for route in routes if route.legs}
    for contract in network.contracts.values():
        if contract.id not in reached:
            message = f"no links lead there from {contract.shipper}"
            advice = f"join {network.shippers[contract.shipper].place} to it in links.csv"
            findings.report(contract, "market", message, contract.market, advice)


def _check_legs(network: Network, routes: Iterable[Route], findings: Findings) -> None:
    """Check that all routes go on alike behind each stock, and that ships discharge into a stock.

    By land a stock may fill another with one shipper's cargo only: a mix that changes all the time
    could not be followed exactly.
    """
    onward: dict[str, dict[Leg, str]] = {}
    filled: dict[str, set[str]] = {}
    for route in routes:
        for leg in route.legs:
            if leg.start in network.stocks and leg.end in network.stocks and not leg.by_sea:
                filled.setdefault(leg.start, set()).add(route.id)
            if leg.start not in network.shippers:
                onward.setdefault(leg.start, {}).setdefault(leg, route.market)
            if not leg.start:
                link = network.links[leg.links[0]]
                message = "ships discharge here, so it needs a stock that feeds it"
                findings.report(link, "id", message, link.id, "add one to stocks.csv")
    for stock, through in filled.items():
        if len(through) > 1:
            message = "fills another stock by land with cargo of several routes"
            advice = "leave one of the two stocks out, or put their room together"
            findings.report(network.stocks[stock], "feeds", message, network.stocks[stock].feeds, advice)
    for stock, legs in onward.items():
        if stock and len(legs) > 1:
            ways = " and ".join(sorted(f"{'+'.join(leg.links)} to {market}" for leg, market in legs.items()))
            message = f"the routes part behind this stock: {ways}"
            advice = "give each branch a stock of its own where they part"
            findings.report(network.stocks[stock], "feeds", message, network.stocks[stock].feeds, advice)
