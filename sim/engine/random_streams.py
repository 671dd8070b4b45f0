"""Random streams, one for each source of chance.

A stream is seeded from (seed, replication, element, purpose), so that editing one capacity never changes
another element's storms, and variants of a scenario can be compared pair by pair.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import numpy as np

BLOCK = 256  # numbers drawn at a time


def random_stream(seed: int, replication: int, element: str, purpose: str) -> np.random.Generator:
    """Return the generator for one source of chance."""
    digest = blake2b(f"{element}\0{purpose}".encode(), digest_size=8).digest()
    entropy = (seed, replication, int.from_bytes(digest, "big"))
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))


class DrawBuffer:
    """Numbers from a distribution, returned one by one but drawn in blocks, since single draws are slow."""

    __slots__ = ("_block", "_draw")

    def __init__(self, draw: Callable[[int], Any]) -> None:
        """Buffer `draw(n)`, which returns an array of n numbers, such as a generator's `standard_normal`."""
        self._draw = draw
        self._block: list[float] = []

    def next(self) -> float:
        """Return the next number."""
        if not self._block:
            self._block = self._draw(BLOCK).tolist()[::-1]
        return self._block.pop()
