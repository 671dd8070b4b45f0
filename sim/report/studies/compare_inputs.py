"""Inputs of a comparison: scenarios, policies, and folders of earlier results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.errors import fail
from sim.report.studies.ensemble_folder import read_ensemble, read_manifest
from sim.report.studies.ensemble_report import ensemble_manifest
from sim.scenario import Scenario, load
from sim.studies.compare import Comparison
from sim.studies.ensemble import Ensemble
from sim.studies.variants import NONE, Variant, with_policies


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareInput:
    """A variant to be run, or an ensemble with the folder that it was read from."""

    subject: Variant | Ensemble
    text: str
    folder: Path | None = None


def read_inputs(
    names: Sequence[str], policies: Sequence[str] = (), settings: Sequence[str] = ()
) -> list[CompareInput]:
    """Return the inputs that the names stand for, in order: a scenario once for each policy.

    A single policy is compared with none; settings apply to all scenarios. Raises `InputError` for an
    unknown name, and when policies are given without exactly one scenario.
    """
    scenarios = [name for name in names if not Path(name).is_dir()]
    if policies and len(scenarios) != 1:
        message = "policies are applied to one scenario"
        raise fail(message, key="--policy", value=", ".join(scenarios) or None, advice="name just one")
    if len(names) == len(policies) == 1 and NONE not in policies:
        policies = [NONE, *policies]
    inputs: list[CompareInput] = []
    for name in names:
        if Path(name).is_dir():
            folder = Path(name)
            inputs.append(CompareInput(subject=read_ensemble(folder), text=name, folder=folder))
        elif policies:
            variants = zip(with_policies(name, policies, settings), policies, strict=True)
            inputs += [CompareInput(subject=variant, text=policy) for variant, policy in variants]
        else:
            scenario = load(name, settings=settings)
            inputs.append(CompareInput(subject=Variant(label=scenario.name, scenario=scenario), text=name))
    return _with_distinct_labels(inputs)


def scenario_of(inputs: Sequence[CompareInput]) -> Scenario:
    """Return the first scenario that is to be run. Raises `InputError` when all have been."""
    for each in inputs:
        if isinstance(each.subject, Variant):
            return each.subject.scenario
    raise fail("there is nothing to run, so nothing can stop early", key="--until")


def scenarios(inputs: Sequence[CompareInput]) -> list[Scenario | None]:
    """Return the scenario of each input, None for one that was read from a folder."""
    return [each.subject.scenario if isinstance(each.subject, Variant) else None for each in inputs]


def manifests(inputs: Sequence[CompareInput], results: Comparison) -> list[dict[str, Any]]:
    """Return the manifest of each variant of a comparison, in order."""
    return [
        ensemble_manifest(each.subject.scenario, ensemble)
        if isinstance(each.subject, Variant)
        else read_manifest(each.folder or Path())
        for each, ensemble in zip(inputs, results.ensembles, strict=True)
    ]


def _with_distinct_labels(inputs: list[CompareInput]) -> list[CompareInput]:
    """Return the inputs with labels as short as possible, equal ones being replaced by the full text."""
    labels = [each.subject.label for each in inputs]
    return [
        replace(each, subject=replace(each.subject, label=each.text))
        if labels.count(each.subject.label) > 1
        else each
        for each in inputs
    ]
