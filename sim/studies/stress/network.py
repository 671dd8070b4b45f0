"""A folder of network tables as a scenario: an undisturbed year."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from sim.errors import fail
from sim.scenario import Scenario, load
from sim.scenario.new import in_quotes
from sim.scenario.request import call_request

SETTLING_DAYS = 60  # until stocks have reached their usual levels
YEAR = 365


def year_of(
    folder: Path, since: date | None, policies: Sequence[str | Path] = (), settings: Sequence[str] = ()
) -> Scenario:
    """Return a year of a network that has settled by a date, with policies and settings applied.

    Raises `InputError` without a date, or when the tables have faults.
    """
    if since is None:
        raise fail("a network has no dates of its own", key="--from", value=folder.name, advice="give it one")
    place = folder.resolve()
    start = since - timedelta(days=SETTLING_DAYS)
    lines = (
        f"title = {in_quotes(f'The network {place.name}')}",
        f"network = {in_quotes(str(place))}",
        f"start = {start}",
        f"end = {start + timedelta(days=YEAR)}",
    )
    with tempfile.TemporaryDirectory() as temporary:
        file = Path(temporary) / f"{place.name}.toml"
        file.write_text("\n".join(lines), encoding="utf-8")
        scenario = load(file, policies, settings)
    return replace(
        scenario,
        files=scenario.files[1:],
        digests={name: digest for name, digest in scenario.digests.items() if name != file.name},
        request=call_request("sim.studies.stress.network.year_of", folder=folder.name, since=str(since)),
    )
