"""Timing two things side by side, so that a busy machine slows both."""

from __future__ import annotations

import gc
import os
import platform
from collections.abc import Callable
from functools import partial
from time import perf_counter


def milliseconds(task: Callable[[], object]) -> float:
    """Return the duration of one run of a task, after collecting the garbage of earlier tasks."""
    gc.collect()
    begun = perf_counter()
    task()
    return (perf_counter() - begun) * 1e3


def alternate(tasks: list[Callable[[int], object]], rounds: int, block: int = 1) -> list[list[float]]:
    """Per task, the milliseconds of one run in each round; in every second round the order is reversed.

    A round of a task is a `block` of runs one after the other, as in an ensemble: a single short one
    would mostly measure how cold the other task has left the caches.
    """
    times: list[list[float]] = [[0.0] * rounds for _ in tasks]

    def several(task: Callable[[int], object], first: int) -> None:
        for number in range(first, first + block):
            task(number)

    for number in range(rounds):
        order = range(len(tasks)) if number % 2 == 0 else reversed(range(len(tasks)))
        for place in order:
            times[place][number] = milliseconds(partial(several, tasks[place], number * block)) / block
    return times


def machine() -> str:
    """Return the Python version, system and number of cores."""
    system = f"{platform.system()} {platform.machine()}"
    return f"Python {platform.python_version()}, {system}, {os.cpu_count()} cores"
