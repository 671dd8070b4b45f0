"""Effect of the table of history on a run, and the faults reported for it."""

from __future__ import annotations

import pytest
from small import Small, expect


def _history(small: Small, *rows: str) -> None:
    text = "id,element,field,since,until,value,source,note\n"
    small.write("net/history.csv", text + "".join(f"{row},report-2021,\n" for row in rows))


def test_table_holds_outside_the_dates_of_history(small: Small) -> None:
    for year, value in ((2009, 36.5), (2010, 28), (2012, 28), (2017, 28), (2018, 36.5), (2022, 36.5)):
        dates = f"start = {year}-01-01", f"end = {year}-12-31"
        small.write("some.toml", f'title = "x"\nnetwork = "net"\n{dates[0]}\n{dates[1]}\n')
        scenario = small.load("some.toml")
        assert scenario.network.links["trunk"].capacity == pytest.approx(value * 1e6 / 365)
        assert scenario.dated == ()


def test_history_within_the_run_takes_hold_and_goes_back(small: Small) -> None:
    _history(small, "a,trunk,capacity,2022-02-01,2022-03-01,5 kt/day")
    scenario = small.load()
    assert scenario.network.links["trunk"].capacity == pytest.approx(100_000)
    assert [(change.day, change.value) for change in scenario.dated] == [
        (31, 5000),
        (59, pytest.approx(100_000)),
    ]


def test_history_that_began_before_the_run_holds_from_its_start_until_it_ends(small: Small) -> None:
    _history(small, "a,trunk,capacity,2020-02-01,2022-03-01,5 kt/day")
    scenario = small.load()
    assert scenario.network.links["trunk"].capacity == 5000
    assert [(change.day, change.value) for change in scenario.dated] == [(59, pytest.approx(100_000))]


def test_history_that_another_row_follows_does_not_go_back_between(small: Small) -> None:
    _history(
        small, "a,trunk,capacity,2022-02-01,2022-03-01,5 kt/day", "b,trunk,capacity,2022-03-01,,6 kt/day"
    )
    assert [(change.day, change.value) for change in small.load().dated] == [(31, 5000), (59, 6000)]


def test_policy_overrides_history_from_its_date_on(small: Small) -> None:
    _history(
        small, "a,trunk,capacity,2022-02-01,2022-03-01,5 kt/day", "b,trunk,capacity,2022-05-01,,6 kt/day"
    )
    scenario = small.load(settings=("trunk.capacity=7 kt/day",))
    assert scenario.network.links["trunk"].capacity == 7000
    assert scenario.dated == ()
    small.change("trunk", "capacity", '"8 kt/day"', "from = 2022-02-15")
    small.edit("wider.toml", ('value = "40 Mt/yr"', 'value = "40 Mt/yr"\nfrom = 2022-02-15'))
    dated = small.load("year.toml", "wider.toml").dated
    assert [(change.day, change.value) for change in dated] == [(31, 5000), (45, 8000)]


def test_history_of_a_field_that_is_no_quantity_goes_back_too(small: Small) -> None:
    _history(small, "a,port.spm2,in_service,2020-02-01,2021-03-01,yes")
    assert small.load().network.berths["port.spm2"].in_service is False
    _history(small, "a,port.spm2,in_service,2020-02-01,2022-03-01,yes")
    expect(small.faults(), small.table("history"), 2, "field", "in_service", "cannot change during a run")


def test_history_that_would_return_to_an_empty_field_is_reported(small: Small) -> None:
    _history(small, "a,taiga,paths,2020-02-01,2022-03-01,4")
    words = "taiga has no paths in its table to go back to", "give it some there"
    expect(small.faults(), small.table("history"), 2, "until", "paths", *words)


def test_history_of_a_fixed_field_is_a_fault_only_during_the_run(small: Small) -> None:
    _history(small, "a,trunk,tariff,2020-02-01,2022-01-01,5 USD/t", "b,spur,tariff,2020-02-01,,5 USD/t")
    assert small.load().network.links["spur"].tariff == 5
    _history(small, "a,trunk,tariff,2020-02-01,2022-03-01,5 USD/t")
    expect(small.faults(), small.table("history"), 2, "field", "tariff", "cannot change during a run")


@pytest.mark.parametrize("since", ["2020-02-01", "2022-02-01"])
def test_bad_change_is_not_reported_again_at_the_history_of_its_element(small: Small, since: str) -> None:
    _history(small, f"a,lagoon.yard,capacity,{since},2022-03-01,300 TEU")
    small.edit(
        "wider.toml", ('"trunk"', '"lagoon.yard"'), ('"capacity"', '"handling"'), ('"40 Mt/yr"', "-0.5")
    )
    [fault] = small.faults("year.toml", "wider.toml")
    assert (fault.file, fault.value) == (small.folder / "wider.toml", -0.5)
    assert "cannot be negative" in fault.message


def test_bad_history_and_a_bad_change_are_both_reported(small: Small) -> None:
    _history(small, "a,lagoon.yard,handling,2010-02-01,2011-03-01,-2")
    small.edit(
        "wider.toml", ('"trunk"', '"lagoon.yard"'), ('"capacity"', '"handling"'), ('"40 Mt/yr"', "-0.5")
    )
    values = [str(fault.value) for fault in small.faults("year.toml", "wider.toml")]
    assert sorted(values) == ["-0.5", "-2"]
