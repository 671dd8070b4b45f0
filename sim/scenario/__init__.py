"""What happens and what we do about it: scenario and policy files, read and resolved."""

from sim.scenario.reading import load
from sim.scenario.schema import DatedChange, Disturbance, Scenario

__all__ = ["DatedChange", "Disturbance", "Scenario", "load"]
