"""Boxes and wagons: things that travel, wait and are set down, beside the liquids that flow."""

from sim.engine.freight.freight import Freight
from sim.engine.freight.ledger import CargoBooks, FreightBalance

__all__ = ["CargoBooks", "Freight", "FreightBalance"]
