"""A small made-up network about the Caspian and journals written by hand, for tests of charts and maps."""

from __future__ import annotations

from datetime import date
from math import inf, sin
from typing import Any

from made_up_freight import NO_OIL

from sim.engine.journal import Journal
from sim.measures.record import Record, Span
from sim.network.elements import Berth, Cargo, Contract, Fleet, Link, Place, Shipper, Stock
from sim.network.freight.legs import find_legs
from sim.network.network import Network

PLACES = [
    ("tengiz", "Tengiz", "field", 46.15, 53.38, ""),
    ("kashagan", "Kashagan", "field", 46.0, 51.6, ""),
    ("karachaganak", "Karachaganak", "field", 51.35, 53.2, ""),
    ("atyrau", "Atyrau", "station", 47.1, 51.9, ""),
    ("komsomolskaya", "Komsomolskaya", "station", 45.35, 46.0, ""),
    ("kropotkin", "Kropotkin", "station", 45.43, 40.57, ""),
    ("cpc", "CPC Marine Terminal", "terminal", 44.65, 37.6, ""),
    ("novorossiysk", "Novorossiysk port", "port", 44.72, 37.8, ""),
    ("samara", "Samara", "station", 53.2, 50.15, ""),
    ("aktau", "Aktau", "port", 43.65, 51.15, ""),
    ("kuryk", "Kuryk", "port", 43.2, 51.65, ""),
    ("baku", "Baku (Sangachal)", "terminal", 40.18, 49.47, ""),
    ("makhachkala", "Makhachkala", "port", 42.98, 47.5, ""),
    ("ceyhan", "Ceyhan", "terminal", 36.87, 35.93, ""),
    ("batumi", "Batumi", "port", 41.65, 41.65, ""),
    ("kenkiyak", "Kenkiyak", "station", 48.58, 57.13, ""),
    ("atasu", "Atasu", "station", 48.68, 71.64, ""),
    ("alashankou", "Alashankou", "border", 45.17, 82.57, ""),
    ("ustluga", "Ust-Luga", "port", 59.67, 28.4, ""),
    ("med", "Mediterranean", "market", 40.9, 29.0, "CPC"),
    ("med-btc", "Mediterranean via Ceyhan", "market", 35.6, 30.5, "BTC"),
    ("europe", "Northwest Europe", "market", 59.9, 24.0, "Atyrau–Samara"),
    ("china", "China", "market", 44.0, 87.5, "China"),
    ("blacksea", "Black Sea", "market", 42.5, 33.0, "Makhachkala and Batumi"),
]

LINKS = [
    ("tengiz-atyrau", "pipeline", "tengiz", "atyrau", 95e3, ()),
    ("kashagan-atyrau", "pipeline", "kashagan", "atyrau", 50e3, ()),
    ("karachaganak-atyrau", "pipeline", "karachaganak", "atyrau", 30e3, ()),
    ("atyrau-komsomolskaya", "pipeline", "atyrau", "komsomolskaya", 160e3, ((47.0, 49.0), (46.2, 47.6))),
    ("komsomolskaya-kropotkin", "pipeline", "komsomolskaya", "kropotkin", 175e3, ()),
    ("kropotkin-cpc", "pipeline", "kropotkin", "cpc", 190e3, ()),
    ("cpc-med", "sea", "cpc", "med", 190e3, ((43.5, 36.0), (41.6, 29.6))),
    ("atyrau-samara", "pipeline", "atyrau", "samara", 30e3, ()),
    ("samara-ustluga", "pipeline", "samara", "ustluga", 30e3, ((55.8, 45.0),)),
    ("ustluga-europe", "sea", "ustluga", "europe", 30e3, ()),
    ("tengiz-aktau", "rail", "tengiz", "aktau", 10e3, ((45.3, 54.9), (44.0, 53.0))),
    ("aktau-baku", "sea", "aktau", "baku", 8e3, ((42.0, 50.6),)),
    ("aktau-makhachkala", "sea", "aktau", "makhachkala", 6e3, ()),
    ("makhachkala-novorossiysk", "pipeline", "makhachkala", "novorossiysk", 6e3, ((44.2, 43.0),)),
    ("novorossiysk-blacksea", "sea", "novorossiysk", "blacksea", 6e3, ()),
    ("baku-ceyhan", "pipeline", "baku", "ceyhan", 8e4, ((41.6, 45.2), (41.3, 42.9), (38.5, 37.0))),
    ("baku-batumi", "rail", "baku", "batumi", 5e3, ((40.7, 46.4), (41.75, 44.8))),
    ("batumi-blacksea", "sea", "batumi", "blacksea", 5e3, ()),
    ("ceyhan-med", "sea", "ceyhan", "med-btc", 80e3, ((36.2, 34.5),)),
    ("atyrau-kenkiyak", "pipeline", "atyrau", "kenkiyak", 15e3, ()),
    ("kenkiyak-atasu", "pipeline", "kenkiyak", "atasu", 30e3, ((46.5, 62.0),)),
    ("atasu-alashankou", "pipeline", "atasu", "alashankou", 55e3, ()),
    ("alashankou-china", "pipeline", "alashankou", "china", 55e3, ()),
]

SHIPPERS = [
    ("tco", "Tengiz (TCO)", "tengiz", 75e3),
    ("ncoc", "Kashagan (NCOC)", "kashagan", 48e3),
    ("kpo", "Karachaganak (KPO)", "karachaganak", 30e3),
]


def network() -> Network:
    """About two dozen places, the CPC with three moorings, and the ways around it."""
    places = [
        Place(
            id=id,
            name=name,
            kind=kind,
            country="KZ",
            latitude=lat,
            longitude=lon,
            route=route,
            price=0.0 if kind == "market" else None,
            source="assumed",
        )  # type: ignore[arg-type]
        for id, name, kind, lat, lon, route in PLACES
    ]
    links = [
        Link(
            id=id,
            name=id,
            mode=mode,
            origin=origin,
            destination=to,
            cargo="crude",
            country="KZ",
            length=100.0,
            capacity=capacity,
            via=via,
            source="assumed",
        )  # type: ignore[arg-type]
        for id, mode, origin, to, capacity, via in LINKS
    ]
    berths = [
        Berth(
            id=f"cpc.spm{n}",
            name=f"SPM-{n}",
            place="cpc",
            lanes=("cpc-med",),
            work="load",
            cargo="crude",
            rate=200e3,
            approach=0.1,
            cast_off=0.1,
            source="assumed",
        )
        for n in (1, 2, 3)
    ]
    stocks = [
        Stock(
            id="aktau.tanks",
            name="Aktau tank farm",
            place="aktau",
            feeds="aktau-baku",
            cargo="crude",
            capacity=120e3,
            source="assumed",
        ),
        Stock(
            id="cpc.tanks",
            name="CPC tank farm",
            place="cpc",
            feeds="cpc-med",
            cargo="crude",
            capacity=1.2e6,
            throttle_at=0.9,
            release_at=0.75,
            source="assumed",
        ),
    ]
    fleets = [
        Fleet(id="suezmax", name="Suezmax", lanes=("cpc-med",), cargo="crude", load=135e3, source="assumed"),
        Fleet(
            id="caspian",
            name="Caspian tankers",
            lanes=("aktau-baku", "aktau-makhachkala"),
            cargo="crude",
            load=12e3,
            vessels=8,
            speed=400.0,
            source="assumed",
        ),
    ]
    shippers = [
        Shipper(
            id=id,
            name=name,
            place=place,
            country="KZ",
            cargo="crude",
            rate=rate,
            restart=5.0,
            source="assumed",
        )
        for id, name, place, rate in SHIPPERS
    ]
    contracts = [
        Contract(id=f"tco>{place.id}", shipper="tco", market=place.id, cargo="crude", source="assumed")
        for place in places
        if place.kind == "market"
    ]
    crude = Cargo(id="crude", name="Crude oil", unit="t", barrels_per_tonne=7.92, source="assumed")
    return Network(
        folder="fake",
        sources={},
        cargoes={"crude": crude},
        history={},
        weather={},
        places={one.id: one for one in places},
        links={one.id: one for one in links},
        stocks={one.id: one for one in stocks},
        berths={one.id: one for one in berths},
        fleets={one.id: one for one in fleets},
        shippers={one.id: one for one in shippers},
        contracts={one.id: one for one in contracts},
    )


USUAL = {"med": 158e3, "med-btc": 66e3, "europe": 28e3, "china": 24e3, "blacksea": 9e3}
FLOWS = {
    "tengiz-atyrau": 75e3,
    "kashagan-atyrau": 48e3,
    "karachaganak-atyrau": 26e3,
    "atyrau-komsomolskaya": 132e3,
    "komsomolskaya-kropotkin": 140e3,
    "kropotkin-cpc": 158e3,
    "cpc-med": 158e3,
    "atyrau-samara": 28e3,
    "samara-ustluga": 28e3,
    "ustluga-europe": 28e3,
    "tengiz-aktau": 7e3,
    "aktau-baku": 6e3,
    "makhachkala-novorossiysk": 3e3,
    "novorossiysk-blacksea": 3e3,
    "baku-ceyhan": 66e3,
    "baku-batumi": 4e3,
    "batumi-blacksea": 4e3,
    "ceyhan-med": 66e3,
    "kenkiyak-atasu": 24e3,
    "atasu-alashankou": 24e3,
    "alashankou-china": 24e3,
}

SHUT = Span(
    label="SPM-1 and SPM-2 shut",
    elements=("cpc.spm1", "cpc.spm2"),
    start=80.0,
    end=113.0,
    remaining=0.0,
    planned=False,
)
UPKEEP = Span(
    label="Yearly maintenance of the CPC",
    elements=("kropotkin-cpc",),
    start=230.0,
    end=233.0,
    remaining=0.0,
    planned=True,
)


def journal(days: float, spans: tuple[Span, ...] = (), curtail: bool = True) -> Journal:
    """Flows that drop while anything unplanned is shut, with a weekly wobble, and tanks that fill then."""
    made = Journal(until=days)
    level, waiting = 500e3, 0
    for step in range(int(days * 4)):
        now = step / 4
        shut = any(span.start <= now < span.end and not span.planned for span in spans)
        kept = 0.45 if shut else 1.0
        for market, rate in USUAL.items():
            share = kept if market == "med" else 1.0
            made.log_step(
                "exported", market, now, rate * share * (1 + 0.25 * sin(step * (1 + len(market) / 7)))
            )
        for link, rate in FLOWS.items():
            made.log_step("flow", link, now, rate * (kept if "cpc" in link or "komsom" in link else 1.0))
        level = min(1.14e6, max(150e3, level + (26e3 if shut else -9e3 * sin(step / 9) - 2e3)))
        made.log_point("level", "cpc.tanks", now, level + 60e3 * (step % 3))
        made.log_step("limit", "cpc.tanks", now, 70e3 if shut and level > 1.08e6 else inf)
        for shipper, share in (("tco", 1.0), ("ncoc", 0.5), ("kpo", 0.2)):
            lost = 40e3 * share * (1 + 0.2 * sin(step / 5)) if shut and level > 1e6 and curtail else 0.0
            made.log_step("curtailed", shipper, now, lost)
        waiting = (step // 5) % 7 if shut else (step // 3) % 2
        made.log_step("waiting", "cpc-med", now, float(waiting))
        made.log_step("alongside", "cpc-med", now, 1.0 if shut else float(1 + (step // 2) % 2))
    return made


def record(days: float = 365.0, spans: tuple[Span, ...] = (SHUT, UPKEEP), **kwargs: Any) -> Record:
    """A record of the fake network in 2022."""
    made = kwargs.get("network", network())
    settings: dict[str, Any] = {
        "name": "moorings",
        "seed": 1,
        "replication": 0,
        "stalled": (),
        "balance": NO_OIL,
        "freight": find_legs(made),
        "title": "Two of three moorings shut, March 2022",
        "network": made,
        "start": date(2022, 1, 1),
        "days": days,
        "journal": journal(days, spans),
        "spans": spans,
    }
    return Record(**(settings | kwargs))
