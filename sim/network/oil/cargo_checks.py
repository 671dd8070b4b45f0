"""Checks that elements carry a cargo of their kind, and the same as those that they work with."""

from __future__ import annotations

from sim.network.elements import Berth, Fleet
from sim.network.findings import Findings
from sim.network.network import Network

LIQUID = ("links", "stocks", "berths", "fleets", "shippers", "contracts")
DRY = ("yards", "quays", "services", "demands", "corridors")


def check_cargoes(network: Network, findings: Findings) -> None:
    """Check that liquids flow on links, other cargoes travel on lines, and berths take their lane's cargo."""
    for name in (*LIQUID, *DRY):
        fits = [
            id for id, cargo in network.cargoes.items() if bool(cargo.barrels_per_tonne) == (name in LIQUID)
        ]
        for element in getattr(network, name).values():
            if element.cargo not in fits:
                kind = "flows" if name in DRY else "travels in boxes or wagons"
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
