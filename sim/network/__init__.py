"""Transport networks: frozen elements, their tables, and the routes through them."""

from sim.network.network import Network
from sim.network.oil.routes import Leg, Route, find_routes
from sim.network.reading import read_network

__all__ = ["Leg", "Network", "Route", "find_routes", "read_network"]
