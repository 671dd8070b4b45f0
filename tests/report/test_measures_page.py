"""The page on measures follows from their declarations, which are complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.measures import DRY, MEASURES, OIL, Measure
from sim.report.measures_page import measures_page, write_measures_page
from sim.units import factor

PAGE = Path(__file__).parents[2] / "docs" / "MEASURES.md"


def test_the_page_follows_from_the_declarations(tmp_path: Path) -> None:
    write_measures_page(tmp_path / "MEASURES.md")
    written = (tmp_path / "MEASURES.md").read_text(encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == written, "run `make measures`"


def test_names_are_unique_and_all_on_the_page() -> None:
    assert len(MEASURES) == len(OIL) + len(DRY)
    for name in MEASURES:
        assert len(re.findall(rf"^\| (\*\*)?`{name}`", measures_page(), re.MULTILINE)) == 1


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.name)
def test_each_measure_has_a_definition_and_a_known_unit(measure: Measure) -> None:
    assert measure.title[0].isupper() and measure.title[-1] != "."
    assert measure.definition[-1] == "." and "|" not in measure.definition
    assert measure.kind.name and "|" not in measure.kind.name
    if measure.unit != "date":
        assert factor(measure.unit, measure.unit) == 1.0
