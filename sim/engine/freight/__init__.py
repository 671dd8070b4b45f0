"""Dry cargo: consignments that travel in trains and ships."""

from sim.engine.freight.ledger import CargoBooks, FreightBalance
from sim.engine.freight.system import Freight

__all__ = ["CargoBooks", "Freight", "FreightBalance"]
