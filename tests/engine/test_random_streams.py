"""Random streams: one for each source of chance, and always the same."""

from __future__ import annotations

from itertools import combinations

import pytest

from sim.engine.random_streams import BLOCK, DrawBuffer, random_stream

ORIGIN = (7, 3, "port", "storms")


def first(seed: int, replication: int, element: str, drives: str) -> list[float]:
    return [float(x) for x in random_stream(seed, replication, element, drives).random(5)]


def test_the_same_stream_comes_again() -> None:
    assert first(*ORIGIN) == first(*ORIGIN)


def test_streams_differ_by_seed_replication_element_and_what_they_drive() -> None:
    found = [
        first(*ORIGIN),
        first(8, 3, "port", "storms"),
        first(7, 4, "port", "storms"),
        first(7, 3, "berth", "storms"),
        first(7, 3, "port", "sizes"),
        first(3, 7, "port", "storms"),
        first(7, 3, "storms", "port"),
        first(7, 3, "ports", "torms"),
    ]
    assert all(one != other for one, other in combinations(found, 2))


@pytest.mark.parametrize("count", [1, BLOCK, 2 * BLOCK + 1])
def test_draws_give_a_stream_in_its_order(count: int) -> None:
    draws = DrawBuffer(random_stream(*ORIGIN).random)
    blocks = random_stream(*ORIGIN)
    expected = [float(x) for _ in range(3) for x in blocks.random(BLOCK)]
    assert [draws.next() for _ in range(count)] == expected[:count]
