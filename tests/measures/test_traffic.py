from __future__ import annotations

from sim.engine import Journal
from sim.measures.traffic import traffic


def test_ships_are_counted_from_their_stays() -> None:
    """One waits on day 1 and berths on 3; the other berths on arrival on day 2; a third waits to the end."""
    journal = Journal(until=10.0)
    journal.stays += [("sea", 1.0, 3.0, 5.0), ("sea", 2.0, 2.0, 3.0), ("sea", 4.0, 10.0, 10.0)]
    found = traffic(journal)
    waiting, alongside = found["waiting", "sea"], found["alongside", "sea"]
    assert (waiting.times, waiting.values) == ([0.0, 1.0, 3.0, 4.0], [0, 1, 0, 1])
    assert (alongside.times, alongside.values) == ([0.0, 2.0, 5.0], [0, 1, 0])


def test_no_stays_make_no_series() -> None:
    assert traffic(Journal(until=1.0)) == {}
