"""Bottleneck of a network with some elements cut: its maximum flow, and the elements that set it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Share = Callable[[str], float]  # the share of an element that is open, 0 to 1, by its id


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """The maximum flow, cargo/day, and the elements whose capacities add up to it, largest first."""

    flow: float
    elements: tuple[tuple[str, float], ...]
