"""The small network, as a user has it in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import Small, shortened


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """The small network, with runs of five months."""
    return shortened(Small(tmp_path))
