"""Table of a run with oil: the effects of a disruption, and their cost."""

from __future__ import annotations

from builders import closure, scenario, with_changes
from oil_by_hand import oil, priced

from sim.report.headline_table import headline_table
from sim.scenario import load
from sim.studies.request import main_measures
from sim.studies.runs import run

CHEAP = "Revenue lost, XX"


def test_the_table_has_delays_losses_and_demurrage() -> None:
    made = priced(oil(), m2022_01=80.0)
    disturbed = run(scenario(made, 60, closure("pipe", 20.0, 30.0)))
    quiet = run(scenario(made, 60))
    rows = {row.title: row for row in headline_table([quiet, disturbed])}
    for title, unit in (
        ("Delayed in field tanks", "kt"),
        ("Peak output shortfall, 7-day mean, XX", "kt/day"),
        (CHEAP, "MUSD"),
    ):
        assert rows[title].unit == unit
        before, after = rows[title].values
        assert before == 0.0 and after is not None and after > 0.0, title
    assert rows["Demurrage"].unit == "MUSD"


def test_measures_that_a_network_lacks_have_no_row() -> None:
    made = with_changes(oil(), tanker={"demurrage": None}, large={"demurrage": None})
    titles = [row.title for row in headline_table([run(scenario(made, 30))])]
    assert CHEAP not in titles
    assert "Demurrage" not in titles


def test_the_share_is_of_the_normal_route_also_while_it_is_shut() -> None:
    shut = scenario(
        load("baseline-2022").network, 20, closure("cpc.tengiz-atyrau cpc.kropotkin-novorossiysk", 0.0, 20.0)
    )
    [told] = [str(wanted) for wanted in main_measures(shut) if wanted.measure == "share"]
    assert told == "Share of exports, Kazakhstan by CPC"
    assert told in [row.title for row in headline_table([run(shut)])]
