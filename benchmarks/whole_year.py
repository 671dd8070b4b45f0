"""The whole year of 2022, oil and boxes alone and together, and what a user waits for at the command line.

Run it as `python -m benchmarks.whole_year [--rounds 20] [--profile]`.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import os
import pstats
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.timing import alternate, machine, milliseconds
from sim.cli import GC_THRESHOLD
from sim.engine import World, prepare
from sim.scenario import load

HERE = Path(__file__).resolve().parent
WORLDS: dict[str, str | Path] = {
    "oil": HERE / "oil-2022.toml",
    "boxes and wagons": HERE / "boxes-2022.toml",
    "everything": "year-2022",
}
TARGET = 150.0  # ms, everything
HELP_TARGET = 400.0  # ms
RUN_TARGET = 5000.0  # ms


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=20, help="replications of the year")
    parser.add_argument("--profile", action="store_true", help="show where the time of everything goes")
    options = parser.parse_args()
    gc.set_threshold(GC_THRESHOLD, 20, 50)  # as the command line does
    print(f"The year 2022. {machine()}")
    replications(options.rounds)
    if options.profile:
        profile()
    else:
        commands()


def replications(rounds: int) -> None:
    """Reading and laying out once, then each replication on a world of its own, the three worlds in turn."""
    scenario = load("year-2022")
    print(f"{'read and check everything':34}{milliseconds(lambda: load('year-2022')):10.1f} ms")
    print(f"{'lay out its routes':34}{milliseconds(lambda: prepare(scenario)):10.1f} ms")
    plans = {name: prepare(load(file)) for name, file in WORLDS.items()}
    events: dict[str, list[int]] = {name: [] for name in plans}

    def replicate(name: str, number: int) -> None:
        plan = plans[name]
        outcome = World(plan, plan.scenario.seed, number).run()
        events[name].append(outcome.journal.event_count)

    times = alternate([partial(replicate, name) for name in plans], rounds)
    for name, found in zip(plans, times, strict=True):
        each = median(1e3 * time / count for time, count in zip(found, events[name], strict=True))
        print(
            f"{name:34}{median(found):10.1f} ms a replication, the fastest {min(found):.1f}; "
            f"{median(events[name]):,.0f} events, {each:.2f} µs each"
        )
    apart = median((a + b) / c for a, b, c in zip(*times, strict=True))
    verdict = "met" if median(times[-1]) <= TARGET else "missed"
    print(f"{'the two apart over everything':34}{apart:10.2f}")
    print(f"{'target':34}{TARGET:10.0f} ms: {verdict}")


def profile() -> None:
    """The functions in which a replication of everything spends most of its time."""
    plan = prepare(load("year-2022"))
    World(plan, plan.scenario.seed, 0).run()
    world, profiler = World(plan, plan.scenario.seed, 1), cProfile.Profile()
    profiler.runcall(world.run)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


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
