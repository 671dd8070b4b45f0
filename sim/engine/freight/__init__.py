"""Dry cargo: consignments that travel in trains and ships, beside the liquids that flow."""

from sim.engine.freight.ledger import CargoBooks, FreightBalance
from sim.engine.freight.system import Freight

__all__ = ["CargoBooks", "Freight", "FreightBalance"]
