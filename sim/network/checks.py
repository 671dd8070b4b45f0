"""Checks of how the elements of a network work together; all faults are reported at once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from sim.errors import InputError, Where, fail
from sim.network.editing import edited
from sim.network.elements import Contract, Dated, Link, Weather
from sim.network.findings import Described, Findings, Locate, in_tables, line_key
from sim.network.freight.checks import check_freight
from sim.network.freight.leg_checks import check_freight_legs
from sim.network.network import Element, Network
from sim.network.oil.cargo_checks import check_cargoes
from sim.network.oil.routes import Leg, Route, find_routes
from sim.network.value_checks import check_values

MIX_TOLERANCE = 0.005  # by which a mix in whole per cent may miss 100 %


def check(network: Network, locate: Locate | None = None) -> None:
    """Check values, berths and ships of lanes, feeds of stocks, and routes of contracts.

    For boxes and wagons see `freight.checks` and `freight.leg_checks`. All references must lead
    somewhere already. `locate` gives the place where a field of an element was written; by default, its
    table. Raises `InputError`.
    """
    findings = Findings(locate or in_tables(network.written_at))
    for _, table in network.kinds():
        for element in table.values():
            check_values(element, findings)
    check_cargoes(network, findings)
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


def _check_pairs(network: Network, findings: Findings) -> None:
    """Allow one contract of a shipper with a market, and one row of weather for a place and month."""
    sales: dict[tuple[str, str], Contract] = {}
    for contract in network.contracts.values():
        other = sales.setdefault((contract.shipper, contract.market), contract)
        if other is not contract:
            message = f"{contract.shipper} has a contract there already{_line(network, other)}"
            findings.report(contract, "market", message, contract.market)
    months: dict[tuple[str, int], Weather] = {}
    for weather in network.weather.values():
        first = months.setdefault((weather.place, weather.month), weather)
        if first is not weather:
            message = f"{weather.place} has this month already{_line(network, first)}"
            findings.report(weather, "month", message, weather.month)


def _line(network: Network, element: Described) -> str:
    where = network.written_at.get(line_key(type(element), element.id))
    return f" in {Path(where[0]).name}, line {where[1]}" if where else ""


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
                message = f"begins before {earlier.id} ends{_line(network, earlier)}"
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
