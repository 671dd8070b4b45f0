"""Which measures a study asks of every run: the rows of the short table, unless others are named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sim.engine import Balance, Journal, Outcome
from sim.engine.freight import FreightBalance
from sim.errors import fail, nearest
from sim.measures import MEASURES, Record, find_measure, record_of
from sim.measures.freight.selectors import ALL, groups
from sim.measures.measure import Better
from sim.measures.oil.flows import cargo_of_market, route_name
from sim.network import Network
from sim.scenario import Scenario
from sim.studies.variants import Variant


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRequest:
    """A measure of an element, over the whole run or from one of its days until another.

    `title` is what a table calls it.
    """

    measure: str
    element: str
    since: float = 0.0
    until: float | None = None
    title: str = field(default="", compare=False)

    @property
    def key(self) -> tuple[str, str]:
        return self.measure, self.element

    @property
    def unit(self) -> str:
        return MEASURES[self.measure].unit

    @property
    def better(self) -> Better:
        return MEASURES[self.measure].better

    def of(self, record: Record) -> float | None:
        return MEASURES[self.measure](record, self.element, self.since, self.until)

    def __str__(self) -> str:
        return self.title or f"{MEASURES[self.measure].title}, {self.element}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Cargo whose daily arrivals a study keeps: a liquid by route, boxes or wagons by group of corridors.

    `output` is what a shipper of a liquid, its `way`, produces. `name` and `unit` are the cargo's.
    """

    kind: Literal["exports", "arrivals", "output"]
    cargo: str
    name: str
    way: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """A variant, with the measures and flows requested of each of its runs."""

    variant: Variant
    requests: tuple[MeasureRequest, ...]
    flows: tuple[Flow, ...]


def main_measures(scenario: Scenario) -> tuple[MeasureRequest, ...]:
    """The main measures of what a scenario moves: of oil, of boxes and wagons, or of both."""
    record = described(scenario)
    found = [*(_of_oil(record) if record.network.contracts else ()), *_of_freight(record)]
    return tuple(one for one in found if one.element in MEASURES[one.measure].elements(record))


def find_request(scenario: Scenario, measure: str, element: str) -> MeasureRequest:
    """A measure of an element that the scenario has. Raises `InputError` with the nearest ones."""
    known = list(find_measure(measure, MEASURES).elements(described(scenario)))
    if element not in known:
        advice = nearest(element, known) or (f"known: {', '.join(known)}" if known else "")
        raise fail(f"{measure} is not measured of this", value=element, advice=advice)
    main = (one for one in main_measures(scenario) if one.key == (measure, element))
    return next(main, MeasureRequest(measure=measure, element=element))


def read_key(text: str) -> tuple[str, str]:
    """The measure and element of `measure,element`. Raises `InputError` when it is not of that form."""
    measure, comma, element = (part.strip() for part in text.partition(","))
    if not (measure and comma and element):
        raise fail("not of the form measure,element", value=text, advice="such as curtailed,KZ")
    return measure, element


def described(scenario: Scenario) -> Record:
    """A scenario as a record in which nothing happened, so that measures can say which elements they have."""
    outcome = Outcome(
        journal=Journal(until=scenario.days),
        balance=Balance(produced=0, curtailed=0, opening=0, sold=0, in_stock=0, afloat=0, max_error=0),
        freight_balance=FreightBalance(lines=(), max_error=0.0),
        stalled=(),
    )
    return record_of(scenario, outcome)


def _of_oil(record: Record) -> Iterator[MeasureRequest]:
    network = record.network
    country, market = home(network)
    for id in dict.fromkeys(contract.market for contract in network.contracts.values()):
        yield _wanted("exported", f"{ALL}>{id}", f"Exported, {route_name(network.places[id])}")
    yield _wanted("exported", f"{ALL}>{ALL}", "Exported, all routes")
    share = f"Share of {route_name(network.places[market])} in exports of {country}"
    yield _wanted("share", f"{country}>{market}", share)
    yield _wanted("curtailed", country, f"Curtailed, fields of {country}")
    yield _wanted("curtailed", ALL, "Curtailed, all")
    yield _wanted("diverted", ALL, "Diverted to other routes")
    yield _wanted("delayed in tanks", ALL, "Delayed in the fields' tanks")
    yield _wanted("peak shortfall", country, "Peak shortfall of output, 7-day mean")
    yield _wanted("revenue lost", country, "Revenue lost")
    yield _wanted("concentration", country, "Concentration of exports by route")
    for stock in MEASURES["throttled after"].elements(record):
        name = network.stocks[stock].name
        yield _wanted("throttled after", stock, "Pipeline throttled, after the first closure")
        yield _wanted("days throttled", stock, "Days throttled")
        yield _wanted("recovered after", country, "Output recovered, after the first closure")
        yield _wanted("resilience triangle", country, "Resilience triangle")
        yield _wanted("fill", stock, f"{name}, mean fill")
        yield _wanted("fullest", stock, f"{name}, fullest")
    for lane in MEASURES["sent back"].elements(record):
        yield _wanted("tankers", lane, "Tankers loaded")
        yield _wanted("mean wait", lane, "Mean wait for a mooring")
        yield _wanted("demurrage", lane, "Demurrage")


def _of_freight(record: Record) -> Iterator[MeasureRequest]:
    network = record.network
    named = groups(network)
    for measure, title in (("containers", "Containers delivered"), ("freight", "Dry cargo delivered")):
        for group in named:
            yield _wanted(measure, group, f"{title}, {group}")
        yield _wanted(measure, ALL, f"{title}, all")
    kinds = dict.fromkeys((one.group, one.cargo) for one in network.corridors.values())
    for group, cargo in kinds:
        name = f"{group}, {network.cargoes[cargo].name.lower()}"
        yield _wanted("transit days", f"{cargo}>{group}", f"Median transit of what arrived, {name}")
        yield _wanted("long transit", f"{cargo}>{group}", f"Transit of the slowest tenth, {name}")
    yield _wanted("sent on time", ALL, "Left its origin within a week")
    yield _wanted("containers to the ocean", ALL, "Containers by ocean after waiting in vain")
    yield _wanted("not sent", ALL, "Dry cargo not sent")
    yield _wanted("transport cost", ALL, "Transport cost of containers")
    yield _wanted("corridor concentration", ALL, "Concentration of dry cargo by corridor")
    for group in named:
        yield _wanted("corridor recovered after", group, f"Corridor recovered, {group}")
    for yard in network.yards:
        yield _wanted("held", yard, f"Held by a full yard, {network.yards[yard].name}")


def _wanted(measure: str, element: str, title: str) -> MeasureRequest:
    return MeasureRequest(measure=measure, element=element, title=title)


def home(network: Network) -> tuple[str, str]:
    """The country that exports most, and the market that it could usually send most to.

    The network has contracts.
    """
    rates: dict[str, float] = {}
    for id in dict.fromkeys(contract.shipper for contract in network.contracts.values()):
        shipper = network.shippers[id]
        rates[shipper.country] = rates.get(shipper.country, 0.0) + shipper.rate
    country = max(rates, key=lambda one: rates[one])
    usual: dict[str, float] = {}
    for contract in network.contracts.values():
        shipper = network.shippers[contract.shipper]
        if shipper.country == country:
            most = shipper.rate if contract.normal is None else min(shipper.rate, contract.normal)
            usual[contract.market] = usual.get(contract.market, 0.0) + most
    return country, max(usual, key=lambda one: usual[one])


def run_request(variant: Variant, also: Sequence[MeasureRequest] = ()) -> RunRequest:
    """The usual questions: the main measures and a few others, and daily arrivals."""
    main = main_measures(variant.scenario)
    wanted = dict.fromkeys([*main, *also])
    return RunRequest(variant=variant, requests=tuple(wanted), flows=flows_of(variant.scenario.network))


def flows_of(network: Network) -> tuple[Flow, ...]:
    """The flows of a network: exports by route, then what travels by group of corridors."""
    found: dict[Flow, None] = {}
    for market in dict.fromkeys(contract.market for contract in network.contracts.values()):
        cargo, way = network.cargoes[cargo_of_market(network, market)], route_name(network.places[market])
        found[Flow(kind="exports", cargo=cargo.id, name=cargo.name, way=way, unit=cargo.unit)] = None
    for one in network.corridors.values():
        cargo = network.cargoes[one.cargo]
        found[Flow(kind="arrivals", cargo=cargo.id, name=cargo.name, way=one.group, unit=cargo.unit)] = None
    return tuple(found)
