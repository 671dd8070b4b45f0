"""Prices of the marker crude by month, and what called ships are owed for waiting, as tables say them."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import Small, expect

from sim.network import read_network
from sim.network.sourcing import sourced_numbers

CASPIAN = Path(__file__).parents[2] / "scenarios" / "caspian"
HEADER = "id,name,lanes,cargo,load,vessels,speed,layover,lead,jitter,mix,demurrage,laytime,tags,source,note\n"
TANKER = "tanker,Tankers,sea,crude,85.5 kt,{vessels},5,0.5,,{demurrage},{laytime},,atlas,\n"


def with_demurrage(small: Small, demurrage: str, laytime: str, vessels: str = ",,") -> Path:
    row = TANKER.format(vessels=vessels, demurrage=demurrage, laytime=laytime)
    return small.write("net/fleets.csv", HEADER + row)


def test_price_is_in_dollars_a_barrel(small: Small) -> None:
    prices = small.network().prices
    assert {id: (one.month, one.price) for id, one in prices.items()} == {
        "north.2021-12": ("2021-12", 74.2),
        "north.2022-01": ("2022-01", 86.5),
    }
    small.edit("prices", ("86.5", "683.35 USD/t"))
    assert small.network().prices["north.2022-01"].price == pytest.approx(86.5)


@pytest.mark.parametrize(
    ("old", "new", "key", "value", "words"),
    [
        ("north.2022-01,north,2022-01", "north.2022-13,north,2022-13", "month", "2022-13", ("like 2022-04",)),
        ("north.2022-01,north,2022-01", "north.2022-01,north,Jan 22", "month", "Jan 22", ("like 2022-04",)),
        ("north.2022-01,", "january,", "id", "january", ("marker and month", "north.2022-01")),
        ("86.5", "86.5 USD", "price", "86.5 USD", ("does not measure this",)),
    ],
)
def test_price_of_no_month_is_reported(
    small: Small, old: str, new: str, key: str, value: str, words: tuple[str, ...]
) -> None:
    file = small.edit("prices", (old, new))
    expect(small.network_faults(), file, 3, key, value, *words)


def test_a_month_cannot_have_two_prices(small: Small) -> None:
    file = small.append("prices", "north.2022-01,north,2022-01,90,atlas,\n")
    expect(small.network_faults(), file, 4, "id", "north.2022-01", "is already in prices.csv, line 3")


def test_a_price_may_be_set_for_one_run(small: Small) -> None:
    scenario = small.load(settings=("north.2022-01.price=100 USD/bbl", "tanker.lead=4"))
    assert scenario.network.prices["north.2022-01"].price == 100.0


def test_a_network_may_have_no_prices(small: Small) -> None:
    small.write("net/prices.csv", "id,marker,month,price,source,note\n")
    assert small.network().prices == {}


def test_demurrage_is_in_dollars_a_day_and_laytime_in_days(small: Small) -> None:
    assert small.network().fleets["tanker"].demurrage is None
    with_demurrage(small, "20000 USD/day", "36 h")
    fleet = small.network().fleets["tanker"]
    assert (fleet.demurrage, fleet.laytime) == (20_000.0, 1.5)
    with_demurrage(small, "0.024 MUSD/day", "1")
    assert small.network().fleets["tanker"].demurrage == pytest.approx(24_000.0)


@pytest.mark.parametrize(
    ("demurrage", "laytime", "vessels", "key", "value", "words"),
    [
        ("20000", "", ",,", "laytime", None, ("a demurrage needs a laytime",)),
        ("", "36 h", ",,", "demurrage", None, ("a laytime needs a demurrage",)),
        ("-1", "36 h", ",,", "demurrage", "-1", ("cannot be negative",)),
        ("20000 USD", "36 h", ",,", "demurrage", "20000 USD", ("give it in USD/day",)),
    ],
)
def test_contradictory_demurrage_is_reported(
    small: Small,
    demurrage: str,
    laytime: str,
    vessels: str,
    key: str,
    value: str | None,
    words: tuple[str, ...],
) -> None:
    file = with_demurrage(small, demurrage, laytime, vessels)
    expect(small.network_faults(), file, 2, key, value, *words)


def test_ships_that_go_back_and_forth_are_owed_none(small: Small) -> None:
    with_demurrage(small, "20000", "1", "3,10 knot,")
    told = {(fault.key, fault.value) for fault in small.network_faults()}
    assert {("demurrage", "20000"), ("laytime", "1")} <= told


def test_the_shipped_prices_have_a_source_and_no_gap() -> None:
    network = read_network(CASPIAN)
    months = [12 * int(one.month[:4]) + int(one.month[5:]) for one in network.prices.values()]
    assert months == list(range(months[0], months[-1] + 1))
    assert {one.marker for one in network.prices.values()} == {"brent"}
    cited = [source for id, _, _, source in sourced_numbers(network) if id in network.prices]
    assert len(cited) == len(months) and "assumed" not in cited
