"""Elements that closures and boycotts name: by id, place, pattern, country, tag or corridor."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase

from sim.errors import fail, nearest
from sim.network.network import Network
from sim.network.value_checks import GROUPS

CLOSABLE = ("links", "berths", "fleets", "shippers", "lines", "quays", "services", "demands")
BY_ID = ("stocks", "yards")  # closing one removes its room, which is rarely intended


def select(network: Network, pattern: str) -> tuple[str, ...]:
    """Return the ids that a pattern matches, in the network's order.

    An id matches that element, a place's id everything that stands or ends at the place except routes
    over water: its berths and quays, its shippers and demands, the links and lines to and from it. Patterns
    with `*` match the ids of links, berths, fleets, shippers, lines, quays, services and demands;
    `country:RU` and `tag:cpc` likewise. `corridor:north` means the lines that no other group of
    corridors uses, and their quays. Stocks and yards are matched only by their own id. Raises `InputError`
    when nothing matches.
    """
    kind, _, name = pattern.partition(":") if pattern.startswith(GROUPS) else ("", "", pattern)
    if not kind and any(mark in name for mark in "*?["):
        kind = "like"
    elif not kind and name in network.places:
        kind = "place"
    ids = MATCHES[kind](network, name)
    if not ids:
        advice = ADVICE[kind](network, name)
        raise fail("no element matches this", key="element", value=pattern, advice=advice)
    return tuple(ids)


def demands_of(network: Network, pattern: str) -> tuple[str, ...]:
    """Return the ids of the demands that match an id or a pattern. Raises `InputError` for none."""
    ids = [id for id in network.demands if id == pattern or fnmatchcase(id, pattern)]
    if not ids:
        advice = nearest(pattern.strip("*?."), network.demands)
        raise fail("no demand matches this", key="demand", value=pattern, advice=advice)
    return tuple(ids)


def _closable(network: Network) -> dict[str, None]:
    return dict.fromkeys(id for table in CLOSABLE for id in getattr(network, table))


def _own(network: Network, id: str) -> list[str]:
    return [id] if any(id in getattr(network, table) for table in (*CLOSABLE, *BY_ID)) else []


def _like(network: Network, pattern: str) -> list[str]:
    return [id for id in _closable(network) if fnmatchcase(id, pattern)]


def _in(network: Network, country: str) -> list[str]:
    return [id for id in _closable(network) if _country(network, id) == country]


def _tagged(network: Network, tag: str) -> list[str]:
    return [id for id in _closable(network) if tag in getattr(network.element(id), "tags", ())]


def _at(network: Network, place: str) -> list[str]:
    links = [
        link.id
        for link in network.links.values()
        if link.mode != "sea" and place in (link.origin, link.destination)
    ]
    berths = [berth.id for berth in network.berths.values() if berth.place == place]
    shippers = [shipper.id for shipper in network.shippers.values() if shipper.place == place]
    lines = [
        line.id
        for line in network.lines.values()
        if line.mode not in ("sea", "ocean") and place in (line.origin, line.destination)
    ]
    quays = [quay.id for quay in network.quays.values() if quay.place == place]
    demands = [demand.id for demand in network.demands.values() if demand.origin == place]
    return [*links, *berths, *shippers, *lines, *quays, *demands]


def _only_of(network: Network, group: str) -> list[str]:
    """The lines that only corridors of a group use, and the quays that serve no others."""
    used: dict[str, set[str]] = {}
    for corridor in network.corridors.values():
        for line in corridor.lines:
            used.setdefault(line, set()).add(corridor.group)
    lines = {id: used.get(id, set()) for id in network.lines}
    quays = {
        quay.id: {other for line in quay.lines for other in used.get(line, ())}
        for quay in network.quays.values()
    }
    return [id for id, groups in [*lines.items(), *quays.items()] if groups == {group}]


def _country(network: Network, id: str) -> str | None:
    stands = network.berths.get(id) or network.quays.get(id)
    if stands is not None:
        return network.places[stands.place].country
    return getattr(network.element(id), "country", None)


def _about_id(network: Network, name: str) -> str:
    """The nearest id; for that of a corridor or its group, how to close one."""
    corridors = network.corridors.values()
    groups = [corridor.group for corridor in corridors if name in (corridor.id, corridor.group)]
    if groups:
        return f"a corridor is its lines: name them, or all of its own by corridor:{groups[0]}"
    own = (id for table in (*CLOSABLE, *BY_ID) for id in getattr(network, table))
    return nearest(name, [*own, *network.places])


def _about_country(network: Network, name: str) -> str:
    countries = sorted({place.country for place in network.places.values()})
    return nearest(name, countries) or f"countries here: {', '.join(countries)}"


def _about_tag(network: Network, name: str) -> str:
    return nearest(name, {tag for id in network.ids() for tag in getattr(network.element(id), "tags", ())})


def _about_group(network: Network, name: str) -> str:
    groups = sorted({corridor.group for corridor in network.corridors.values()})
    if name in groups:
        return "other corridors use all of its lines too; name the lines"
    return nearest(name, groups) or (f"corridors here: {', '.join(groups)}" if groups else "")


MATCHES: dict[str, Callable[[Network, str], list[str]]] = {
    "": _own,
    "like": _like,
    "country": _in,
    "tag": _tagged,
    "place": _at,
    "corridor": _only_of,
}
ADVICE: dict[str, Callable[[Network, str], str]] = {
    "": _about_id,
    "like": lambda network, pattern: nearest(pattern.strip("*?."), network.ids()),
    "country": _about_country,
    "tag": _about_tag,
    "place": lambda network, name: nearest(name, network.places),
    "corridor": _about_group,
}
