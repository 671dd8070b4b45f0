"""Chokepoint: what happens when a trade route shuts, who notices when, and what would have helped.

import sim

scenario = sim.load("mooring-shutdown-2022", policies=["spare-mooring"])
record = sim.run(scenario)
sim.MEASURES["curtailed"](record, "KZ")  # Mt

found = sim.compare("mooring-shutdown-2022", scenario, replications=20)
print(found.verdict("curtailed", "KZ"))
found.frame()  # a pandas DataFrame
sim.draw_comparison(found)
"""

from typing import Any

_WHERE = {
    "load": "sim.scenario",
    "run": "sim.studies.single",
    "replications": "sim.studies.replicate",
    "ensemble": "sim.studies.ensemble",
    "compare": "sim.studies.compare",
    "sweep": "sim.studies.sweep",
    "stress": "sim.studies.stress",
    "sensitivity": "sim.studies.sensitivity",
    "screen": "sim.studies.screening",
    "backtest": "sim.studies.backtest",
    "read_reported": "sim.studies.reported_table",
    "MEASURES": "sim.measures",
    "summarise": "sim.measures",
    "story": "sim.report.story",
    "write_results": "sim.report.results",
    "write_ensemble": "sim.report.ensembles",
    "read_ensemble": "sim.report.ensembles",
    "draw_ensemble": "sim.report.study_plots",
    "draw_comparison": "sim.report.study_plots",
    "draw_whiskers": "sim.report.study_plots",
    "draw_sweep": "sim.report.sweep_plots",
    "draw_stress": "sim.report.stress_plots",
    "draw_stress_ranking": "sim.report.stress_plots",
    "draw_tornado": "sim.report.sensitivity_plots",
    "draw_screening": "sim.report.sensitivity_plots",
    "InputError": "sim.errors",
}
__all__ = [*_WHERE]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return __all__
