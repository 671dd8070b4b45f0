"""Request of a study to each of its runs: measures, by default the headlines, and daily flows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from sim.engine import Balance, Journal, Outcome
from sim.engine.freight import FreightBalance
from sim.errors import fail, nearest
from sim.measures import MEASURES, Record, find_measure, headlines_of, record_of
from sim.measures.measure import Better
from sim.measures.oil.flows import cargo_of_market, route_name
from sim.network import Network
from sim.scenario import Scenario
from sim.studies.variants import Variant


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRequest:
    """A measure of an element, over the whole run or from one of its days until another.

    `title` stands for it in tables.
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
        """Return the value for a run."""
        return MEASURES[self.measure](record, self.element, self.since, self.until)

    def __str__(self) -> str:
        return self.title or f"{MEASURES[self.measure].title}, {self.element}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Cargo whose daily amounts a study records: exports by route, or arrivals by group of corridors.

    For `output`, the way is a shipper of a liquid. `name` and `unit` are those of the cargo.
    """

    kind: Literal["exports", "arrivals", "output"]
    cargo: str
    name: str
    way: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """A variant, with the measures and flows to record from each of its runs."""

    variant: Variant
    requests: tuple[MeasureRequest, ...]
    flows: tuple[Flow, ...]


def run_request(variant: Variant, also: Sequence[MeasureRequest] = ()) -> RunRequest:
    """Return the default request: the headlines and some more measures, and all flows."""
    measures = dict.fromkeys([*main_measures(variant.scenario), *also])
    return RunRequest(variant=variant, requests=tuple(measures), flows=flows_of(variant.scenario.network))


def main_measures(scenario: Scenario) -> tuple[MeasureRequest, ...]:
    """Return the headlines of a scenario, in their order."""
    return tuple(
        MeasureRequest(measure=each.measure.name, element=each.element, title=each.title)
        for each in headlines_of(empty_record(scenario))
    )


def find_request(scenario: Scenario, measure: str, element: str) -> MeasureRequest:
    """Return the request for a measure of an element. Raises `InputError` with the nearest names."""
    elements = list(find_measure(measure, MEASURES).elements(empty_record(scenario)))
    if element not in elements:
        advice = nearest(element, elements) or (f"known: {', '.join(elements)}" if elements else "")
        raise fail(f"{measure} is not measured of this", value=element, advice=advice)
    headline = (each for each in main_measures(scenario) if each.key == (measure, element))
    return next(headline, MeasureRequest(measure=measure, element=element))


def read_key(text: str) -> tuple[str, str]:
    """Return the measure and element of `measure,element`. Raises `InputError` for another form."""
    measure, comma, element = (part.strip() for part in text.partition(","))
    if not (measure and comma and element):
        raise fail("not of the form measure,element", value=text, advice="such as curtailed,KZ")
    return measure, element


def empty_record(scenario: Scenario) -> Record:
    """Return a record of a scenario without any events, from which measures list their elements."""
    outcome = Outcome(
        journal=Journal(until=scenario.days),
        balance=Balance(produced=0, curtailed=0, opening=0, sold=0, in_stock=0, afloat=0, max_error=0),
        freight_balance=FreightBalance(lines=(), max_error=0.0),
        stalled=(),
    )
    return record_of(scenario, outcome)


def flows_of(network: Network) -> tuple[Flow, ...]:
    """Return the flows of a network: exports by route, then arrivals by group of corridors."""
    flows: dict[Flow, None] = {}
    for market in dict.fromkeys(contract.market for contract in network.contracts.values()):
        cargo, way = network.cargoes[cargo_of_market(network, market)], route_name(network.places[market])
        flows[Flow(kind="exports", cargo=cargo.id, name=cargo.name, way=way, unit=cargo.unit)] = None
    for corridor in network.corridors.values():
        cargo, way = network.cargoes[corridor.cargo], corridor.group
        flows[Flow(kind="arrivals", cargo=cargo.id, name=cargo.name, way=way, unit=cargo.unit)] = None
    return tuple(flows)
