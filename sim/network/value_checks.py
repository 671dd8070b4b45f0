"""Checks of the values of one element: ids, signs, shares, and fields that contradict each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sim.network.elements import (
    Berth,
    Cargo,
    Contract,
    Dated,
    Fleet,
    Link,
    Place,
    Quotation,
    Shipper,
    Stock,
    Weather,
)
from sim.network.findings import Described, Findings
from sim.network.forms import units_of
from sim.network.freight.elements import Corridor, Demand, Line
from sim.network.freight.value_checks import FREIGHT, FREIGHT_NOT_EMPTY, MAX_VEHICLES

MAX_EVACUATION = 10.0  # times the output; anything larger is a percentage without its sign
MIN_BAND = 1e-6  # of a stock; marks closer than this differ by rounding only
SIGNED = {"price"}
SHARES = {"initial", "throttle_at", "release_at", "mix"}
DEGREES = {"latitude": 90, "longitude": 180}
ID = re.compile(r"""[^\s=*?\[\];,#"']+""")
GROUPS = ("country:", "tag:", "place:", "corridor:")  # prefixes by which closures name several elements
CHANGES = ("closure:", "boycott:", "policy:")  # prefixes of changes that are not of an element
COUNTRY = re.compile(r"[A-Z]{2}")  # ISO 3166-1 alpha-2, as closures name them
MAX_BY_UNIT = {  # by unit; a larger value is a slip of the unit, or a run that would never end
    "cargo": 1e9,
    "cargo/day": 1e7,
    "day": 1e4,
    "km": 1e5,
    "storm": 1e3,
    "train/day": 1e4,
}
MIN_RATE = 1.0  # cargo/day of a berth; at a slower one, a ship lies longer than any run
NOT_EMPTY: dict[type[Described], dict[str, tuple[str, str]]] = {  # numbers above zero, and lists of ids
    Cargo: {"barrels_per_tonne": ("must be above zero", ""), "tonnes": ("must be above zero", "")},
    Stock: {"throttle_at": ("must be above zero", "")},
    Berth: {
        "rate": ("a berth needs a rate above zero", "close it in a scenario instead"),
        "lanes": ("a berth serves at least one sea lane", ""),
    },
    Fleet: {
        "load": ("a ship needs a load above zero", ""),
        "lanes": ("a fleet sails at least one sea lane", ""),
    },
    Shipper: {"restart": ("takes more than no time", "")},
    **FREIGHT_NOT_EMPTY,
}
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def check_values(element: Described, findings: Findings) -> None:
    """Report faults in an element's id, signs and shares, and fields that contradict each other."""
    if not ID.fullmatch(element.id):
        message = "an id has no spaces, quotes or any of = * ? [ ] ; , #"
        findings.report(element, "id", message, element.id, "letters, digits and . - _ : > will do")
    if element.id.startswith((*GROUPS, *CHANGES)):
        message = "starts with a prefix that names a group of elements or a change"
        findings.report(element, "id", message, element.id, "leave out the colon")
    country = getattr(element, "country", None)
    if country is not None and not COUNTRY.fullmatch(country):
        findings.report(element, "country", "should be two capital letters", country, "such as KZ")
    if isinstance(element, Link | Line | Demand | Corridor) and element.origin == element.destination:
        findings.report(element, "destination", "should differ from the origin", element.destination)
    for name, unit in units_of(type(element)).items():
        value = getattr(element, name)
        if value is None:
            continue
        most = MAX_BY_UNIT.get(unit.text)
        if most is not None and value > most:
            findings.report(element, name, "too large", value, f"at most {most:,.0f} {unit.text}")
        if name not in SIGNED and value < 0:
            findings.report(element, name, "cannot be negative", value)
        if name in SHARES and value > 1:
            findings.report(element, name, "a share is at most 1 (100 %)", value)
    for name, (message, advice) in NOT_EMPTY.get(type(element), {}).items():
        value = getattr(element, name)
        if value in (0, ()):
            findings.report(element, name, message, 0 if value == 0 else None, advice)
    own = OWN.get(type(element))
    if own is not None:
        own(element, findings)


def _cargo(cargo: Cargo, findings: Findings) -> None:
    if cargo.unit == "t" and cargo.tonnes not in (0, 1):
        findings.report(cargo, "tonnes", "a tonne weighs a tonne", cargo.tonnes, "leave it empty")


def _place(place: Place, findings: Findings) -> None:
    for name, limit in DEGREES.items():
        if abs(getattr(place, name)) > limit:
            findings.report(place, name, f"lies beyond {limit} degrees", getattr(place, name))
    if place.kind == "market" and not place.route:
        findings.report(place, "route", "a market needs the name of the route that its sales count under")
    if place.kind == "market" and place.price is None:
        findings.report(place, "price", "a market needs a price")
    if place.berths_at_once is not None and place.berths_at_once < 1:
        message = "at least one berth works at a time"
        findings.report(place, "berths_at_once", message, place.berths_at_once, "leave it empty for no limit")


def _link(link: Link, findings: Findings) -> None:
    if link.mode != "sea" and link.capacity is None:
        findings.report(link, "capacity", f"a {link.mode} link needs a capacity")
    if link.mode == "sea" and link.capacity is not None:
        message = "berths and ships limit a sea lane, it has no capacity of its own"
        findings.report(link, "capacity", message, link.capacity, "leave it empty")


def _stock(stock: Stock, findings: Findings) -> None:
    if stock.release_at > stock.throttle_at:
        findings.report(stock, "release_at", "lies above throttle_at", stock.release_at)
    elif stock.throttle_at - stock.release_at < MIN_BAND and stock.throttle_at < 1:
        message = "lies at throttle_at, so intake would switch to and fro without end"
        findings.report(stock, "release_at", message, stock.release_at, "set it lower, or both to 100 %")


def _berth(berth: Berth, findings: Findings) -> None:
    if 0 < berth.rate < MIN_RATE:
        findings.report(berth, "rate", "too small", berth.rate, f"at least {MIN_RATE:g} cargo/day")


def _fleet(fleet: Fleet, findings: Findings) -> None:
    _demurrage(fleet, findings)
    if fleet.vessels is None:
        if fleet.lead is None:
            findings.report(fleet, "lead", "ships that are called need a lead", advice="or give vessels")
        return
    if fleet.vessels < 1:
        advice = "close the fleet in a scenario instead"
        findings.report(fleet, "vessels", "a fleet has at least one vessel", fleet.vessels, advice)
    if fleet.vessels > MAX_VEHICLES:
        findings.report(fleet, "vessels", "too large", fleet.vessels, f"at most {MAX_VEHICLES:,}")
    if not fleet.speed:
        findings.report(fleet, "speed", "a fleet that goes back and forth needs a speed", fleet.speed)


def _demurrage(fleet: Fleet, findings: Findings) -> None:
    for name, other in (("demurrage", "laytime"), ("laytime", "demurrage")):
        value = getattr(fleet, name)
        if value is not None and fleet.vessels is not None:
            advice = "leave it empty; those that go back and forth are there for good"
            findings.report(fleet, name, "is owed to ships that are called", value, advice)
        elif value is not None and getattr(fleet, other) is None:
            findings.report(fleet, other, f"a {name} needs a {other}")


def _shipper(shipper: Shipper, findings: Findings) -> None:
    if shipper.evacuation < 1:
        message, advice = "is below all that it produces", "from 100 % on"
        findings.report(shipper, "evacuation", message, shipper.evacuation, advice)
    if shipper.evacuation > MAX_EVACUATION:
        message, advice = f"at most {MAX_EVACUATION:.0%}", "write 110 % or 1.1 for a tenth more than all"
        findings.report(shipper, "evacuation", message, shipper.evacuation, advice)


def _contract(contract: Contract, findings: Findings) -> None:
    if contract.surge is None:
        return
    if contract.normal is None:
        findings.report(contract, "surge", "means nothing when normal has no limit", contract.surge)
    elif contract.surge < contract.normal:
        findings.report(contract, "surge", "lies below normal", contract.surge)
    if contract.surge > 0 and contract.ramp == 0:
        findings.report(contract, "ramp", "a surge takes more than no time", 0)


def _weather(weather: Weather, findings: Findings) -> None:
    if not 1 <= weather.month <= 12:
        findings.report(weather, "month", "a month is 1 to 12", weather.month)


def _quotation(quotation: Quotation, findings: Findings) -> None:
    """The id is marker and month, so that no month can have two prices."""
    if not MONTH.fullmatch(quotation.month):
        findings.report(quotation, "month", "a month is written like 2022-04", quotation.month)
    elif quotation.id != f"{quotation.marker}.{quotation.month}":
        message = "a price is called by its marker and month"
        findings.report(quotation, "id", message, quotation.id, f"{quotation.marker}.{quotation.month}")


def _dated(row: Dated, findings: Findings) -> None:
    if row.until is not None and row.until <= row.since:
        advice = f"it begins on {row.since}"
        findings.report(row, "until", "ends before it begins", row.until.isoformat(), advice)


OWN: dict[type, Callable[[Any, Findings], None]] = {
    Cargo: _cargo,
    Place: _place,
    Link: _link,
    Stock: _stock,
    Berth: _berth,
    Fleet: _fleet,
    Shipper: _shipper,
    Contract: _contract,
    Weather: _weather,
    Quotation: _quotation,
    Dated: _dated,
    **FREIGHT,
}
