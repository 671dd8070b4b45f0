"""Settings: changes given for one run, on the command line or from Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.errors import Faults, option
from sim.scenario.change_grammar import read_change
from sim.scenario.element_changes import StatedChange
from sim.scenario.origin import Origin
from sim.scenario.provenance import Provenance
from sim.scenario.stated import StatedItem

OPTION = "--set"
POLICY = "policy:"


def separated(settings: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the names of the policies among settings, and the other settings."""
    policies: list[str] = []
    others: list[str] = []
    for text in settings:
        is_policy = text.strip().startswith(POLICY) and text.strip() != POLICY
        (policies if is_policy else others).append(text)
    return [text.strip().removeprefix(POLICY).strip() for text in policies], others


def read_settings(texts: Sequence[str], faults: Faults) -> list[StatedChange]:
    """Return the changes that settings describe; those that cannot be read become faults."""
    stated = []
    for text in texts:
        with faults.collecting(), option(OPTION, text):
            change = read_change(text)
            origin = Origin(setting=f"{OPTION} {change.target}")
            stated.append(StatedItem(change, origin, Provenance(setting=text.strip())))
    return stated
