"""The command line called in this process, so that a test takes as long as its runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Chokepoint, Done
from small import Small

from sim.cli import main


@pytest.fixture
def chokepoint(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Chokepoint]:
    """A function that calls the command line with some words, in a folder."""
    import gc

    thresholds = gc.get_threshold()
    monkeypatch.setenv("COLUMNS", "200")

    def call(*words: str, cwd: Path) -> Done:
        monkeypatch.chdir(cwd)
        monkeypatch.setattr("sys.argv", ["chokepoint", *words])
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1 if ended.code else 0
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    yield call
    gc.set_threshold(*thresholds)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """The small network, with runs of three months."""
    network = Small(tmp_path)
    network.edit("year.toml", ("end = 2023-01-01", "end = 2022-06-01"))
    return network
