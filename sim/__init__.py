"""Chokepoint: what happens when a trade route shuts, who notices when, and what would have helped.

import sim

scenario = sim.load("mooring-shutdown-2022", policies=["spare-mooring"])
record = sim.run(scenario)
sim.MEASURES["curtailed"](record, "KZ")  # Mt
"""

from typing import Any

_WHERE = {
    "load": "sim.scenario",
    "run": "sim.studies.single",
    "replications": "sim.studies.replicate",
    "MEASURES": "sim.measures",
    "summarise": "sim.measures",
    "story": "sim.report.story",
    "write_results": "sim.report.results",
    "InputError": "sim.errors",
}
__all__ = [*_WHERE]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
