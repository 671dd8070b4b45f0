"""The manifest says from which files a result was made."""

from __future__ import annotations

from pathlib import Path

from sim.report.manifest import manifest
from sim.scenario import load
from sim.scenario.scenario import digest


def test_files_of_one_name_are_all_reported(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    base, over = tmp_path / "base" / "mine.toml", tmp_path / "mine.toml"
    base.write_text('title = "Base"\nextends = "baseline-2022"\n', encoding="utf-8")
    over.write_text('title = "Over"\nextends = "base/mine.toml"\n', encoding="utf-8")
    inputs = manifest(load(over), 1, 0)["inputs"]
    assert (inputs["mine.toml"], inputs["mine.toml (2)"]) == (digest(base), digest(over))
    assert "baseline-2022.toml" in inputs
    assert "links.csv" in inputs
