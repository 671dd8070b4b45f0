"""What happens and what we do about it: scenario and policy files, read and resolved."""

from sim.scenario.reading import load
from sim.scenario.schema import Boycott, DatedChange, Disturbance, Scenario

__all__ = ["Boycott", "DatedChange", "Disturbance", "Scenario", "load"]
