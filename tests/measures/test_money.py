"""Transport cost and lost revenue, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from oil_by_hand import OilByHand, oil, priced

from sim.measures import MEASURES, Record
from sim.measures.oil.money import main_market, marker_price, month_edges


def measured(record: Record, measure: str, element: str, *window: float) -> float | None:
    return MEASURES[measure](record, element, *window)


def test_tariffs_are_paid_on_what_flows() -> None:
    by_hand = OilByHand()
    by_hand.steps("flow", "pipe", (0.0, 100.0), (50.0, 60.0))
    by_hand.steps("flow", "spur", (50.0, 20.0))
    by_hand.steps("flow", "sea", (0.0, 100.0))  # without a tariff
    record = by_hand.record()
    assert measured(record, "tariffs paid", "pipe") == pytest.approx((5000 + 3000) * 4e-6)
    assert measured(record, "tariffs paid", "*") == pytest.approx((8000 * 4 + 1000 * 6) / 1e6)
    assert measured(record, "tariffs paid", "*", 0.0, 50.0) == pytest.approx(0.020)
    assert list(MEASURES["tariffs paid"].elements(record)) == ["*", "pipe", "spur"]


def test_a_tonne_costs_the_mean_tariff_of_its_routes() -> None:
    by_hand = OilByHand()
    by_hand.points("sold", "well>world", (0.0, 0.0), (100.0, 9000.0))
    by_hand.points("sold", "well>inland", (0.0, 0.0), (50.0, 0.0), (100.0, 1000.0))
    record = by_hand.record()
    for flow, cost in (("*>*", 4.2), ("XX>world", 4.0), ("well>inland", 6.0)):
        assert measured(record, "cost per tonne", flow) == pytest.approx(cost), flow
    assert measured(record, "cost per tonne", "*>inland", 0.0, 50.0) is None


def test_curtailed_oil_is_worth_the_months_price_less_the_markets_discount() -> None:
    by_hand = OilByHand(network=priced(oil(), m2022_01=80.0, m2022_02=100.0))
    by_hand.output((0.0, 100.0), (29.0, 40.0), (33.0, 100.0))  # two days of January, two of February
    record = by_hand.record()
    january, february = (120 * (price * 7.9 - 10.0) / 1e6 for price in (80.0, 100.0))
    for origin in ("*", "XX", "well"):
        assert measured(record, "revenue lost", origin) == pytest.approx(january + february)
    assert measured(record, "revenue lost", "*", 0.0, 31.0) == pytest.approx(january)
    assert measured(record, "revenue lost", "*", 31.5, 100.0) == pytest.approx(0.75 * february)


def test_a_month_without_a_price_takes_the_nearest_one() -> None:
    network = priced(oil(), m2021_11=70.0, m2022_03=110.0, m2022_04=120.0)
    for month, price in (
        (date(2019, 5, 1), 70.0),
        (date(2021, 12, 31), 70.0),
        (date(2022, 1, 15), 70.0),  # of two as near, the earlier
        (date(2022, 2, 1), 110.0),
        (date(2022, 4, 30), 120.0),
        (date(2030, 1, 1), 120.0),
    ):
        assert marker_price(network, month) == price, month


def test_without_prices_no_revenue_is_measured() -> None:
    record = OilByHand().record()
    assert list(MEASURES["revenue lost"].elements(record)) == []


def test_the_main_market_is_the_one_that_can_normally_take_most() -> None:
    made = oil()
    assert main_market(made, made.shippers["well"]) == "world"
    contracts = dict(made.contracts)
    contracts["well:inland"] = replace(contracts["well:inland"], normal=30.0)
    contracts["well:world"] = replace(contracts["well:world"], normal=20.0)
    assert main_market(replace(made, contracts=contracts), made.shippers["well"]) == "inland"


def test_months_divide_a_window_where_they_start() -> None:
    record = OilByHand(days=400.0).record()
    assert month_edges(record, 0.0, 59.0).tolist() == [0.0, 31.0, 59.0]
    assert month_edges(record, 30.5, 31.5).tolist() == [30.5, 31.0, 31.5]
    assert month_edges(record, 330.0, 370.0).tolist() == [330.0, 334.0, 365.0, 370.0]
    assert month_edges(record, 3.0, 4.0).tolist() == [3.0, 4.0]
