"""Hypothesis profiles, and the command line called in this process.

The default profile draws the same examples every time, so that a red run is red for a reason of
today. `HYPOTHESIS_PROFILE=search` looks for new ones.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Chokepoint, Done
from hypothesis import HealthCheck, settings

SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.data_too_large)
settings.register_profile("same", deadline=None, derandomize=True, suppress_health_check=SLOW_IS_FINE)
settings.register_profile("search", deadline=None, print_blob=True, suppress_health_check=SLOW_IS_FINE)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture
def chokepoint(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Chokepoint]:
    """Return a function that calls the command line with some words, in a folder.

    Studies run in this process unless the command names a number of workers: new processes would spend
    more time on imports than on runs.
    """
    thresholds = gc.get_threshold()
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("sim.studies.workers.processors", lambda: 1)

    def call(*words: str, cwd: Path) -> Done:
        monkeypatch.chdir(cwd)
        monkeypatch.setattr("sys.argv", ["chokepoint", *words])
        capsys.readouterr()
        from sim.cli import main

        try:
            main()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1 if ended.code else 0
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    yield call
    gc.set_threshold(*thresholds)
