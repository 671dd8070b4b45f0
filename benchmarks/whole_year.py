"""The oil system's whole year of 2022, and what a user waits for at the command line.

Run it as `python -m benchmarks.oil_year [--rounds 20]`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.timing import machine, milliseconds
from sim.engine import Outcome, World, prepare
from sim.scenario import load

SCENARIO = "year-2022"
HELP_TARGET = 400.0  # ms
RUN_TARGET = 5000.0  # ms


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=20, help="replications of the year")
    rounds = parser.parse_args().rounds
    print(f"Oil year {SCENARIO}. {machine()}")
    replications(rounds)
    commands()


def replications(rounds: int) -> None:
    """Reading and laying out once, then each replication on a world of its own."""
    print(f"{'read and check the tables':34}{milliseconds(lambda: load(SCENARIO)):10.1f} ms")
    scenario = load(SCENARIO)
    print(f"{'lay out the dispatch problem':34}{milliseconds(lambda: prepare(scenario)):10.1f} ms")
    plan = prepare(scenario)
    outcomes: list[Outcome] = []

    def replicate(number: int) -> None:
        outcomes.append(World(plan, scenario.seed, number).run())

    times = [milliseconds(partial(replicate, number)) for number in range(rounds)]
    assert all(outcome.balance.holds for outcome in outcomes), "oil was lost"
    events = [outcome.journal.events for outcome in outcomes]
    each = median(1e3 * time / count for time, count in zip(times, events, strict=True))
    print(f"{'first replication':34}{times[0]:10.1f} ms")
    print(f"{f'a replication, median of {rounds}':34}{median(times):10.1f} ms")
    print(f"{'the fastest of them':34}{min(times):10.1f} ms")
    print(f"{'its events':34}{median(events):10.0f}")
    print(f"{'an event':34}{each:10.2f} µs")


def commands() -> None:
    """Whole commands, each in a fresh interpreter, the interpreter's own start included."""
    tell("chokepoint --help", ["--help"], HELP_TARGET, repeats=7)
    tell("chokepoint run, with plots", ["run", "mooring-shutdown-2022"], RUN_TARGET, repeats=3)


def tell(name: str, arguments: list[str], target: float, repeats: int) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    command = [sys.executable, "-m", "sim", *arguments]
    times = []
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as folder:
            run = partial(
                subprocess.run, command, cwd=folder, env=environment, check=True, capture_output=True
            )
            times.append(milliseconds(run))
    verdict = "met" if median(times) <= target else "missed"
    print(f"{name:34}{median(times):10.0f} ms (target {target:.0f}: {verdict})")


if __name__ == "__main__":
    main()
