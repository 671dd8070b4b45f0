"""A boycott without effect is reported before the run."""

from __future__ import annotations

from builders import boycott, by_rail_and_ship, scenario

from sim.report.preview import idle_boycotts


def test_a_boycott_within_a_larger_one_adds_nothing() -> None:
    wide = boycott("plain strait", "goods", 0.4, since=10.0)
    for share, idle in ((0.3, True), (0.4, True), (0.5, False)):
        narrow = boycott("strait", "goods", share, since=20.0)
        asked = scenario(by_rail_and_ship(), 100, boycotts=[wide, narrow])
        assert (narrow in idle_boycotts(asked)) is idle, share
    assert idle_boycotts(scenario(by_rail_and_ship(), 100, boycotts=[wide])) == []


def test_one_that_begins_earlier_counts() -> None:
    early = boycott("strait", "goods", 0.3, since=5.0)
    asked = scenario(by_rail_and_ship(), 100, boycotts=[boycott("strait", "goods", 0.4, since=10.0), early])
    assert idle_boycotts(asked) == []
