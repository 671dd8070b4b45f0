"""A stream of chance for each thing that chance drives, the same whatever else is changed.

A stream is seeded from (seed, replication, element, what it drives), so that editing one capacity
never moves another element's storms, and two variants of a scenario can be compared pair by pair.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import numpy as np

BLOCK = 256


def random_stream(seed: int, replication: int, element: str, drives: str) -> np.random.Generator:
    """The generator for one source of chance."""
    digest = blake2b(f"{element}\0{drives}".encode(), digest_size=8).digest()
    entropy = (seed, replication, int.from_bytes(digest, "big"))
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))


class DrawBuffer:
    """Numbers drawn one by one from a distribution, in blocks, since single draws are slow."""

    __slots__ = ("_block", "_draw")

    def __init__(self, draw: Callable[[int], Any]) -> None:
        """`draw(n)` gives an array of n numbers, such as `stream(…).standard_normal`."""
        self._draw = draw
        self._block: list[float] = []

    def next(self) -> float:
        if not self._block:
            self._block = self._draw(BLOCK).tolist()[::-1]
        return self._block.pop()
