"""Which elements a closure means."""

from __future__ import annotations

from fnmatch import fnmatchcase

from sim.errors import fail, nearest
from sim.network.elements import Network

SELECTORS = ("country:", "tag:", "place:")


def select(network: Network, pattern: str) -> tuple[str, ...]:
    """The ids that a pattern means, in the network's order.

    An id means that element, a place's id all that stands or ends at the place: its berths, its
    shippers' output, the links to and from it. Patterns with `*` match the ids of links, berths,
    fleets and shippers; `country:RU` and `tag:cpc` likewise. Stocks are meant only by their own id,
    since closing one takes its room away. Raises `InputError` when nothing is meant.
    """
    kind, _, name = pattern.partition(":") if pattern.startswith(SELECTORS) else ("", "", pattern)
    if not kind and any(mark in name for mark in "*?["):
        found = [id for id in _closable(network) if fnmatchcase(id, name)]
        advice = nearest(name.strip("*?."), network.ids())
    elif kind == "country":
        found = [id for id in _closable(network) if _country(network, id) == name]
        countries = sorted({place.country for place in network.places.values()})
        advice = nearest(name, countries) or f"countries here: {', '.join(countries)}"
    elif kind == "tag":
        found = [id for id in _closable(network) if name in getattr(network.element(id), "tags", ())]
        tags = {tag for id in network.ids() for tag in getattr(network.element(id), "tags", ())}
        advice = nearest(name, tags)
    elif kind == "place" or name in network.places:
        found = _at(network, name)
        advice = nearest(name, network.places)
    else:
        found = [name] if name in _closable(network) or name in network.stocks else []
        advice = nearest(name, [*_closable(network), *network.stocks, *network.places])
    if not found:
        raise fail("no element is meant by this", key="element", value=pattern, advice=advice)
    return tuple(found)


def _closable(network: Network) -> dict[str, None]:
    return dict.fromkeys([*network.links, *network.berths, *network.fleets, *network.shippers])


def _at(network: Network, place: str) -> list[str]:
    berths = [berth.id for berth in network.berths.values() if berth.place == place]
    shippers = [shipper.id for shipper in network.shippers.values() if shipper.place == place]
    links = [
        link.id
        for link in network.links.values()
        if link.mode != "sea" and place in (link.origin, link.destination)
    ]
    return [*links, *berths, *shippers]


def _country(network: Network, id: str) -> str | None:
    if id in network.berths:
        return network.places[network.berths[id].place].country
    return getattr(network.element(id), "country", None)
