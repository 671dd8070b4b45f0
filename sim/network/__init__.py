"""What exists: frozen elements, their tables, and the ways through them."""

from sim.network.network import Network
from sim.network.reading import read_network
from sim.network.routes import Leg, Route, find_routes

__all__ = ["Leg", "Network", "Route", "find_routes", "read_network"]
