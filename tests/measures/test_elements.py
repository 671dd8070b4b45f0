"""A measure of an element that the run does not have is an error, never a zero."""

from __future__ import annotations

import pytest
from freight_by_hand import ByHand
from oil_by_hand import OilByHand

from sim.errors import InputError
from sim.measures import DRY, MEASURES, OIL, Measure, Record


def runs() -> tuple[Record, Record]:
    return OilByHand().record(), ByHand().record()


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.name)
def test_an_unknown_element_is_an_error(measure: Measure) -> None:
    oil, freight = runs()
    for record in (oil, freight):
        for element in ("nowhere", "nowhere>*", "*>nowhere", "", "KZ>nowhere"):
            with pytest.raises(InputError):
                measure(record, element)


def test_every_element_of_a_summary_can_be_measured() -> None:
    oil, freight = runs()
    for measures, record in ((OIL, oil), (DRY, freight)):
        for measure in measures:
            for element in measure.elements(record):
                measure(record, element)


@pytest.mark.parametrize(
    ("name", "element", "advice"),
    [
        ("curtailed", "wel", "well"),
        ("exported", "XX", r"XX>\*"),
        ("days throttled", "frm", "farm"),
        ("yard fullest", "aktau.container", "aktau.containers"),
        ("service busy", "feeder", "feeders"),
        ("passed", "aktau-alt", "aktau-alat"),
        ("quay use", "aktau+alta", "alat"),
        ("waiting days", "aktau>alat:container", "aktau>alat:containers"),
    ],
)
def test_the_error_offers_the_nearest_name(name: str, element: str, advice: str) -> None:
    oil, freight = runs()
    record = oil if MEASURES[name] in OIL else freight
    with pytest.raises(InputError, match=advice):
        MEASURES[name](record, element)
