"""Chokepoint: what happens when a trade route shuts, who notices when, and what would have helped.

import sim

scenario = sim.load("mooring-shutdown-2022", policies=["spare-mooring"])
record = sim.run(scenario)
sim.MEASURES["curtailed"](record, "KZ")  # Mt

comparison = sim.compare("mooring-shutdown-2022", scenario, replications=20)
print(comparison.verdict("curtailed", "KZ"))
comparison.frame()  # a pandas DataFrame
sim.draw_comparison(comparison)
"""

from typing import Any

_WHERE = {
    "load": "sim.scenario",
    "differences": "sim.scenario.differences",
    "run": "sim.studies.runs",
    "replications": "sim.studies.runs",
    "ensemble": "sim.studies.ensemble",
    "compare": "sim.studies.compare",
    "sweep": "sim.studies.sweep.plan",
    "stress": "sim.studies.stress.plan",
    "sensitivity": "sim.studies.sensitivity.plan",
    "screen": "sim.studies.sensitivity.screening",
    "backtest": "sim.studies.backtest.study",
    "read_reported": "sim.studies.backtest.reported_table",
    "MEASURES": "sim.measures",
    "summarise": "sim.measures",
    "story": "sim.report.story",
    "write_results": "sim.report.results",
    "ensemble_report": "sim.report.studies.ensemble_report",
    "write_study": "sim.report.study_files",
    "read_ensemble": "sim.report.studies.ensemble_folder",
    "draw_ensemble": "sim.charts.studies.draw",
    "draw_comparison": "sim.charts.studies.draw",
    "draw_whiskers": "sim.charts.studies.draw",
    "draw_sweep": "sim.charts.studies.draw",
    "draw_stress": "sim.charts.studies.draw",
    "draw_stress_ranking": "sim.charts.studies.draw",
    "draw_tornado": "sim.charts.studies.draw",
    "draw_screening": "sim.charts.studies.draw",
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
