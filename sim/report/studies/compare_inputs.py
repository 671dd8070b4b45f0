"""What a user sets beside each other: scenarios, policies, and folders of earlier results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.errors import fail
from sim.report.studies.ensembles import ensemble_manifest, read_ensemble, read_manifest
from sim.scenario import Scenario, load
from sim.studies.compare import Comparison
from sim.studies.ensemble import Ensemble
from sim.studies.variants import NONE, Variant, with_policies


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A variant to be run, or an ensemble and the folder that it was read from."""

    one: Variant | Ensemble
    text: str
    folder: Path | None = None


def read_given(
    names: Sequence[str], policies: Sequence[str] = (), settings: Sequence[str] = ()
) -> list[Given]:
    """What the names mean, in order; a scenario comes once for each policy, and settings go over all.

    A single policy is held against none. Raises `InputError` when a name means nothing, or when policies
    are to be laid over anything but one scenario.
    """
    scenarios = [name for name in names if not Path(name).is_dir()]
    if policies and len(scenarios) != 1:
        told = "policies are laid over one scenario"
        raise fail(told, key="--policy", value=", ".join(scenarios) or None, advice="name just one")
    if len(names) == len(policies) == 1 and NONE not in policies:
        policies = [NONE, *policies]
    found: list[Given] = []
    for name in names:
        if Path(name).is_dir():
            found.append(Given(one=read_ensemble(Path(name)), text=name, folder=Path(name)))
        elif policies:
            laid = zip(with_policies(name, policies, settings), policies, strict=True)
            found += [Given(one=one, text=policy) for one, policy in laid]
        else:
            scenario = load(name, settings=settings)
            found.append(Given(one=Variant(label=scenario.name, scenario=scenario), text=name))
    return _told_apart(found)


def scenario_of(given: Sequence[Given]) -> Scenario:
    """The first scenario that is to be run. Raises `InputError` when all have been."""
    for one in given:
        if isinstance(one.one, Variant):
            return one.one.scenario
    raise fail("nothing is to be run, so nothing can stop early", key="--until")


def scenarios(given: Sequence[Given]) -> list[Scenario | None]:
    """The scenario of each variant, in order; None of one that was read from a folder."""
    return [one.one.scenario if isinstance(one.one, Variant) else None for one in given]


def manifests(given: Sequence[Given], found: Comparison) -> list[dict[str, Any]]:
    """What each variant of a comparison was made from, in order."""
    return [
        ensemble_manifest(one.one.scenario, ensemble)
        if isinstance(one.one, Variant)
        else read_manifest(one.folder or Path())
        for one, ensemble in zip(given, found.ensembles, strict=True)
    ]


def _told_apart(found: list[Given]) -> list[Given]:
    """Labels as short as they can be, those that are the same being given in full."""
    labels = [one.one.label for one in found]
    return [
        replace(one, one=replace(one.one, label=one.text)) if labels.count(one.one.label) > 1 else one
        for one in found
    ]
