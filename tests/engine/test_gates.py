"""Gates: the capacity left when restrictions overlap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.gates import Gate


def test_the_most_restrictive_of_overlapping_restrictions_wins_and_the_next_takes_over() -> None:
    gate = Gate("pipe", 200.0)
    gate.restrict("court", 0.5)
    gate.restrict("storm", 0.0)
    gate.restrict("repair", 0.8)
    assert (gate.share, gate.calm_share, gate.capacity) == (0.0, 0.5, 0.0)
    gate.restrict("storm", 1.0)
    assert (gate.share, gate.capacity) == (0.5, 100.0)
    gate.restrict("court", 1.0)
    assert (gate.share, gate.capacity) == (0.8, 160.0)
    gate.restrict("repair", 1.0)
    assert (gate.share, gate.capacity) == (1.0, 200.0)


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0.0, 1.0)), max_size=12), st.floats(0.0, 1e6))
def test_what_is_open_is_the_least_that_anything_in_force_leaves(
    restrictions: list[tuple[int, float]], base: float
) -> None:
    gate = Gate("pipe", base)
    in_force: dict[int, float] = {}
    for key, share in restrictions:
        gate.restrict(key, share)
        in_force[key] = share
        assert gate.share == min(in_force.values())
        assert gate.capacity == base * gate.share


def test_a_new_base_value_keeps_the_restrictions_in_force() -> None:
    gate = Gate("pipe", 200.0)
    gate.restrict("court", 0.5)
    gate.rebase(300.0)
    assert gate.capacity == 150.0
    gate.restrict("court", 1.0)
    assert gate.capacity == 300.0


def test_listeners_hear_of_changes_and_of_nothing_else() -> None:
    gate, heard = Gate("pipe", 200.0), []
    gate.listeners.append(lambda: heard.append(gate.capacity))
    gate.restrict("court", 1.0)
    gate.restrict("court", 0.5)
    gate.restrict("storm", 0.7)
    gate.restrict("storm", 1.0)
    gate.rebase(200.0)
    gate.announce()
    gate.rebase(100.0)
    gate.announce()
    gate.restrict("court", 1.0)
    assert heard == [100.0, 50.0, 100.0]


@pytest.mark.parametrize("share", [0.0, 0.3])
def test_the_same_restriction_said_twice_is_lifted_once(share: float) -> None:
    gate = Gate("pipe", 10.0)
    gate.restrict("court", share)
    gate.restrict("court", share)
    gate.restrict("court", 1.0)
    assert gate.capacity == 10.0
