"""Figures and dates as titles of charts write them."""

from __future__ import annotations

from datetime import date

import pytest

from sim.charts.wording import amount, count, day_and_month, full_date, is_negligible, listed, number, percent


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (12.44, "12.4"),
        (0.8642, "0.864"),
        (9.996, "10"),
        (999.6, "1,000"),
        (28345.0, "28,345"),
        (-3.1, "−3.1"),
        (100.0, "100"),
    ],
)
def test_numbers_have_three_digits_and_thousands_separated(value: float, text: str) -> None:
    assert number(value) == text


def test_amounts_of_a_thousand_kilotonnes_are_in_megatonnes() -> None:
    assert amount(1126.0, "kt") == "1.13 Mt"
    assert amount(999.4, "kt") == "999 kt"
    assert amount(28345.0, "TEU") == "28,300 TEU"


def test_shares_are_never_rounded_to_nothing_or_to_all() -> None:
    assert percent(1.0, 2.0) == "50 %"
    assert percent(0.0, 2.0) == "0 %"
    assert percent(1.0, 250.0) == "0.4 %"
    assert percent(1.0, 1e6) == "under 0.1 %"
    assert percent(999.0, 1000.0) == "over 99 %"
    assert percent(3.0, 3.0) == "100 %"


def test_dates_and_lists_are_written_in_words() -> None:
    assert day_and_month(date(2022, 1, 1), 79.9) == "21 Mar"
    assert full_date(date(2022, 12, 30), 3.0) == "2 Jan 2023"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert count(1, "day") == "1 day" and count(2, "day") == "2 days"


def test_a_difference_of_a_fifth_of_a_per_cent_is_no_news() -> None:
    assert is_negligible(0.1, 100.0)
    assert not is_negligible(0.3, 100.0)
