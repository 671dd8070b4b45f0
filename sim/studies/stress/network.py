"""A network's folder of tables as a scenario: a year in which nothing happens."""

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

SETTLED = 60  # days of a run after which its stocks are as they usually are
YEAR = 365


def year_of(
    folder: Path, since: date | None, policies: Sequence[str | Path] = (), settings: Sequence[str] = ()
) -> Scenario:
    """A year of a network that has settled by a date, with policies and settings as of any scenario.

    Raises `InputError` when there is no date, or the tables are at fault.
    """
    if since is None:
        raise fail("a network has no dates of its own", key="--from", value=folder.name, advice="give it one")
    place = folder.resolve()
    start = since - timedelta(days=SETTLED)
    lines = (
        f"title = {in_quotes(f'The network {place.name}')}",
        f"network = {in_quotes(str(place))}",
        f"start = {start}",
        f"end = {start + timedelta(days=YEAR)}",
    )
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / f"{place.name}.toml"
        file.write_text("\n".join(lines), encoding="utf-8")
        found = load(file, policies, settings)
    return replace(
        found,
        files=found.files[1:],
        digests={name: digest for name, digest in found.digests.items() if name != file.name},
        request=call_request("sim.studies.stress.network.year_of", folder=folder.name, since=str(since)),
    )
