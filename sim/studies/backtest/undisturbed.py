"""A scenario in which nothing happens."""

from __future__ import annotations

from dataclasses import replace

from sim.scenario import Scenario


def undisturbed(scenario: Scenario) -> Scenario:
    """The same without its boycotts, and without the closures that were not planned.

    Planned maintenance, ordinary weather and all changes of figures stay. Of the shipped scenarios of
    2022 that is `baseline-2022` and `corridors-2022-undisturbed`, of `year-2022` both on one network.
    """
    planned = tuple(one for one in scenario.disturbances if one.planned)
    name = f"{scenario.name}, undisturbed"
    return replace(scenario, name=name, disturbances=planned, boycotts=())
