"""Exports by origin and route; output, diversion and curtailment."""

from __future__ import annotations

from sim.measures.measure import Headline, Measure
from sim.measures.oil.flows import route_name
from sim.measures.oil.origins import (
    ALL,
    EXPORTS,
    KILOTONNE,
    MEGATONNE,
    ORIGIN,
    all_origins,
    country_flows,
    exported_tonnes,
    flows,
    home,
    home_country,
    origins,
    total_in,
    total_of,
)
from sim.measures.record import Record
from sim.network import Network
from sim.network.countries import country_name


def _exported(record: Record, element: str, a: float, b: float) -> float:
    return exported_tonnes(record, element, a, b) / MEGATONNE


def _export_rate(record: Record, element: str, a: float, b: float) -> float:
    return exported_tonnes(record, element, a, b) / KILOTONNE / (b - a)


def _share(record: Record, element: str, a: float, b: float) -> float | None:
    origin, _, _market = element.partition(">")
    total = exported_tonnes(record, f"{origin}>{ALL}", a, b)
    return 100.0 * exported_tonnes(record, element, a, b) / total if total > 0 else None


def _output(record: Record, element: str, a: float, b: float) -> float:
    return total_of(record, "produced", element, a, b) / KILOTONNE / (b - a)


def _served(record: Record, element: str, a: float, b: float) -> float | None:
    potential = total_of(record, "potential", element, a, b)
    return 100.0 * total_of(record, "produced", element, a, b) / potential if potential else None


def _shares(record: Record) -> list[str]:
    return [flow for flow in country_flows(record) if not flow.endswith(ALL)]


def _routes(network: Network) -> dict[str, str]:
    if not network.contracts:
        return {}
    markets = dict.fromkeys(contract.market for contract in network.contracts.values())
    by_route = {f"{ALL}>{market}": route_name(network.places[market]) for market in markets}
    return {**by_route, f"{ALL}>{ALL}": "all routes"}


def _main_share(network: Network) -> dict[str, str]:
    if not network.contracts:
        return {}
    country, market = home(network)
    by_route = route_name(network.places[market])
    return {f"{country}>{market}": f"{country_name(country)} by {by_route}"}


def _home_and_all(network: Network) -> dict[str, str]:
    return {**home_country(network), ALL: "all fields"} if network.contracts else {}


TRADE = (
    Measure(
        name="exported",
        title="Exported",
        unit="Mt",
        better="more",
        definition="Oil that reached a market; at moorings, oil counts as it is pumped aboard. The "
        "exports of one origin are recorded once a day, with straight lines between.",
        kind=EXPORTS,
        formula=_exported,
        elements=flows,
        headline=Headline(place=1, elements=_routes),
    ),
    Measure(
        name="export rate",
        title="Export rate",
        unit="kt/day",
        better="more",
        definition="`exported`, divided by the days of the window.",
        kind=EXPORTS,
        formula=_export_rate,
        elements=flows,
    ),
    Measure(
        name="share",
        title="Share of exports",
        unit="%",
        better="neither",
        definition="Part of an origin's exports that went to one market.",
        kind=EXPORTS,
        formula=_share,
        elements=_shares,
        headline=Headline(place=2, elements=_main_share, decimals=1),
    ),
    Measure(
        name="produced",
        title="Produced for export",
        unit="Mt",
        better="more",
        definition="Output of the fields, into pipelines and their own tanks.",
        kind=ORIGIN,
        formula=total_in("produced", MEGATONNE),
        elements=origins,
    ),
    Measure(
        name="output",
        title="Mean output",
        unit="kt/day",
        better="more",
        definition="`produced`, divided by the days of the window.",
        kind=ORIGIN,
        formula=_output,
        elements=origins,
    ),
    Measure(
        name="curtailed",
        title="Curtailed output",
        unit="Mt",
        better="less",
        definition="Potential that the fields did not produce because no route could take it and their tanks "
        "were full. Outages of the fields themselves do not count.",
        kind=ORIGIN,
        formula=total_in("curtailed", MEGATONNE),
        elements=origins,
        headline=Headline(place=3, elements=_home_and_all),
    ),
    Measure(
        name="diverted",
        title="Diverted to other routes",
        unit="kt",
        better="neither",
        definition="Oil sent beyond the normal volumes of contracts, by their surges.",
        kind=ORIGIN,
        formula=total_in("diverted", KILOTONNE),
        elements=origins,
        headline=Headline(place=4, elements=all_origins, decimals=0),
    ),
    Measure(
        name="served",
        title="Output as a share of potential",
        unit="%",
        better="more",
        definition="`produced`, divided by the fields' potential.",
        kind=ORIGIN,
        formula=_served,
        elements=origins,
    ),
)
