"""Countries are named; a code that is no country's stands for itself."""

from __future__ import annotations

from sim.network.countries import country_name
from sim.scenario import load


def test_every_country_of_the_shipped_network_has_a_name() -> None:
    codes = {place.country for place in load("year-2022").network.places.values() if place.country}
    assert country_name("KZ") == "Kazakhstan"
    assert all(country_name(code) != code for code in codes)


def test_a_code_without_a_country_stands_for_itself() -> None:
    assert country_name("ZQ") == "ZQ"
