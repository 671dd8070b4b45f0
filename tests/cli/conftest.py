"""The small network, as a user has it in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import Small


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """The small network, with runs of three months."""
    network = Small(tmp_path)
    network.edit("year.toml", ("end = 2023-01-01", "end = 2022-06-01"))
    return network
