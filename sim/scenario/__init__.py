"""Scenarios and policies: what happens, and the responses to it, read and resolved."""

from sim.scenario.events import Boycott, DatedChange, Disturbance
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario

__all__ = ["Boycott", "DatedChange", "Disturbance", "Scenario", "load"]
