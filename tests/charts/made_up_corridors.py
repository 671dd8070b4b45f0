"""A small made-up network of boxes and wagons, for tests of what came out and how it looks.

Boxes go from China to Europe by the north, by the middle (train to Aktau, feeder to Alat, train on) or by the
ocean; wagons from Kazakhstan by the north or the middle.
"""

from __future__ import annotations

from typing import Any

from sim.network.elements import Cargo, Place
from sim.network.freight.elements import Corridor, Demand, Line, Quay, Service, Yard
from sim.network.network import Network

MADE_UP: dict[str, Any] = {"source": "assumed"}
PLACES: tuple[tuple[str, str, Any, float, float], ...] = (
    ("china", "China", "region", 43.8, 87.6),
    ("altynkol", "Altynkol", "border", 44.2, 80.3),
    ("kazakhstan", "Kazakhstan", "region", 48.0, 67.0),
    ("aktau", "Aktau", "port", 43.6, 51.2),
    ("alat", "Alat", "port", 39.9, 49.4),
    ("kars", "Kars", "station", 40.6, 43.1),
    ("brest", "Brest", "border", 52.1, 23.7),
    ("europe", "Europe", "region", 50.0, 14.0),
)
LINES: tuple[tuple[str, Any, str, str, float, float | None], ...] = (
    ("china-altynkol", "border", "china", "altynkol", 0.5, 9.0),
    ("altynkol-aktau", "rail", "altynkol", "aktau", 9.0, None),
    ("altynkol-brest", "rail", "altynkol", "brest", 8.0, None),
    ("brest-europe", "border", "brest", "europe", 2.0, 6.0),
    ("kazakhstan-aktau", "rail", "kazakhstan", "aktau", 4.0, None),
    ("kazakhstan-brest", "rail", "kazakhstan", "brest", 7.0, None),
    ("aktau-alat", "sea", "aktau", "alat", 0.9, None),
    ("alat-kars", "rail", "alat", "kars", 3.0, 4.0),
    ("kars-europe", "rail", "kars", "europe", 4.0, None),
    ("china-europe", "ocean", "china", "europe", 35.0, None),
)
WAYS = {
    ("north", "containers"): ("china-altynkol", "altynkol-brest", "brest-europe"),
    ("middle", "containers"): ("china-altynkol", "altynkol-aktau", "aktau-alat", "alat-kars", "kars-europe"),
    ("ocean", "containers"): ("china-europe",),
    ("north", "wagons"): ("kazakhstan-brest", "brest-europe"),
    ("middle", "wagons"): ("kazakhstan-aktau", "aktau-alat", "alat-kars", "kars-europe"),
}
RATES = {"north": 1400.0, "middle": 1500.0, "ocean": 900.0}  # USD/TEU
ORIGINS = {"containers": "china", "wagons": "kazakhstan"}
DEMANDS = (
    ("boxes-west", "Boxes to Europe", "containers", 600.0, 50.0),
    ("kazakh-exports", "Kazakh exports", "wagons", 6e3, 600.0),
)
SHIPS = {"containers": ("feeders", 2, 200.0), "wagons": ("ferries", 4, 1800.0)}
ROOM = {"containers": 1500.0, "wagons": 2e4}  # of a yard, TEU or t, each way


def freight_network() -> Network:
    """Eight places, ten lines, two demands, five corridors."""
    land = tuple(id for id, mode, *_ in LINES if mode in ("rail", "border"))
    tables: dict[str, list[Any]] = {
        "cargoes": [
            Cargo(id="containers", name="Containers", unit="TEU", tonnes=12.0, **MADE_UP),
            Cargo(id="wagons", name="Cargo in wagons", unit="t", **MADE_UP),
        ],
        "places": [
            Place(id=id, name=name, kind=kind, country="XX", latitude=lat, longitude=lon, **MADE_UP)
            for id, name, kind, lat, lon in PLACES
        ],
        "lines": [
            Line(
                id=id,
                name=f"Line {id}",
                mode=mode,
                origin=a,
                destination=b,
                country="XX",
                length=900.0 * days,
                days=days,
                paths=paths,
                tags=("caspian",) if mode == "sea" else (),
                **MADE_UP,
            )
            for id, mode, a, b, days, paths in LINES
        ],
        "yards": [
            Yard(
                id=f"{port}.{cargo}",
                name=f"{port.title()} yard, {cargo}",
                place=port,
                cargo=cargo,
                capacity=room,
                **MADE_UP,
            )
            for cargo, room in ROOM.items()
            for port in ("aktau", "alat")
        ],
        "quays": [
            Quay(
                id=f"{port}.{ships}",
                name=f"{port.title()} quay of {ships}",
                place=port,
                lines=("aktau-alat",),
                cargo=cargo,
                rate=2 * load,
                approach=0.05,
                cast_off=0.05,
                **MADE_UP,
            )
            for cargo, (ships, _, load) in SHIPS.items()
            for port in ("aktau", "alat")
        ],
        "services": [
            *(
                Service(
                    id=ships,
                    name=ships.title(),
                    lines=("aktau-alat",),
                    cargo=cargo,
                    load=load,
                    longest_wait=2.0,
                    vehicles=vessels,
                    layover=0.5,
                    **MADE_UP,
                )
                for cargo, (ships, vessels, load) in SHIPS.items()
            ),
            *(
                Service(
                    id=f"trains.{cargo}",
                    name=f"Trains, {cargo}",
                    lines=land,
                    cargo=cargo,
                    load=2 * lot,
                    longest_wait=1.0,
                    **MADE_UP,
                )
                for _, _, cargo, _, lot in DEMANDS
            ),
        ],
        "demands": [
            Demand(
                id=id,
                name=name,
                origin=ORIGINS[cargo],
                destination="europe",
                country="XX",
                cargo=cargo,
                rate=rate,
                lot=lot,
                value_of_time=60.0,
                sensitivity=200.0,
                patience=14.0,
                **MADE_UP,
            )
            for id, name, cargo, rate, lot in DEMANDS
        ],
        "corridors": [
            Corridor(
                id=f"{group}.{cargo}",
                name=f"{group.title()}, {cargo}",
                group=group,
                cargo=cargo,
                origin=ORIGINS[cargo],
                destination="europe",
                lines=lines,
                rate=RATES[group],
                **MADE_UP,
            )
            for (group, cargo), lines in WAYS.items()
        ],
    }
    oil = ("links", "stocks", "berths", "fleets", "shippers", "contracts", "weather", "sources", "history")
    by_id: dict[str, Any] = {name: {one.id: one for one in table} for name, table in tables.items()}
    return Network(folder="fake", **{name: {} for name in oil}, **by_id)
