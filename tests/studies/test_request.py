"""Which measures studies ask for, and by what names."""

from __future__ import annotations

import pytest
from stormy_terminal import variant

from sim.errors import InputError
from sim.measures import MEASURES
from sim.scenario import load
from sim.studies.request import empty_record, find_request, flows_of, main_measures, read_key


@pytest.mark.parametrize("name", ["mooring-shutdown-2022", "corridors-2022-undisturbed", "year-2022"])
def test_main_measures_exist_and_have_names_of_their_own(name: str) -> None:
    scenario = load(name)
    found = main_measures(scenario)
    record = empty_record(scenario)
    assert all(one.element in MEASURES[one.measure].elements(record) for one in found)
    assert len({str(one) for one in found}) == len(found) == len({one.key for one in found})
    units = {one.unit for one in found}
    assert ("Mt" in units) == ("crude" in scenario.cargo)
    assert ("TEU" in units) == ("containers" in scenario.cargo)


def test_what_a_study_keeps_by_day_is_what_arrives() -> None:
    flows = flows_of(load("year-2022").network)
    assert {flow.kind for flow in flows if flow.cargo == "crude"} == {"exports"}
    assert {flow.way for flow in flows if flow.cargo == "containers"} >= {"north", "middle", "ocean"}
    assert len(set(flows)) == len(flows)


def test_other_measures_are_found_by_name() -> None:
    scenario = variant().scenario
    assert str(find_request(scenario, "curtailed", "*")) == "Curtailed output, all fields"
    assert str(find_request(scenario, "curtailed", "well")) == "Curtailed output, well"
    assert read_key(" curtailed , well ") == ("curtailed", "well")
    for text in ("curtailed", "curtailed,", ",well"):
        with pytest.raises(InputError, match="measure,element"):
            read_key(text)
    with pytest.raises(InputError, match="did you mean well"):
        find_request(scenario, "curtailed", "wel")
