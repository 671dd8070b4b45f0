"""A terminal year on our engine and on textbook SimPy, in one process, turn and turn about.

Both load the same tankers, arriving at the same hours, and must load the same tonnes within 1 %.
Run it as `python -m benchmarks.terminal_year [--rounds 20] [--profile]`.
"""

from __future__ import annotations

import argparse
from statistics import median, quantiles

from benchmarks import ours, terminal, textbook
from benchmarks.timing import alternate, machine
from sim.engine import Plan

SAME = 0.01  # relative difference of tonnes loaded
BLOCK = 5  # replications of one engine before it is the other's turn
TARGET = 12.0  # times faster than the textbook


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--rounds", type=int, default=20, help="rounds, each of some replications on both engines"
    )
    parser.add_argument("--profile", action="store_true", help="show where our engine spends its time")
    options = parser.parse_args()
    if options.profile:
        profile(options.rounds)
    else:
        compare(options.rounds)


def compare(rounds: int) -> None:
    plan = ours.make_plan()
    worst = max(difference(plan, number) for number in range(min(rounds, 5)))  # and both are warm now
    assert worst <= SAME, f"the engines load different tonnes: {worst:.2%} apart"
    for number in range(rounds * BLOCK):
        terminal.arrivals(number)
    ours_ms, textbook_ms = alternate([lambda n: ours.simulate(plan, n), textbook.run], rounds, BLOCK)
    ours_events = [ours.simulate(plan, number).journal.event_count for number in range(rounds)]
    textbook_events = [textbook.count_events(number) for number in range(rounds)]
    ratios = [b / a for a, b in zip(ours_ms, textbook_ms, strict=True)]
    low, _, high = quantiles(ratios, n=4)

    print(f"Terminal year, {rounds} rounds of {BLOCK} replications on each engine in turn. {machine()}")
    print(f"{'':18}{'ms/replication':>15}{'fastest':>10}{'events':>10}{'µs/event':>10}")
    for name, times, events in (
        ("textbook SimPy", textbook_ms, textbook_events),
        ("our engine", ours_ms, ours_events),
    ):
        each = median(1e3 * time / count for time, count in zip(times, events, strict=True))
        print(f"{name:18}{median(times):15.2f}{min(times):10.2f}{median(events):10.0f}{each:10.2f}")
    verdict = f"target {TARGET:.0f}: {'met' if median(ratios) >= TARGET else 'missed'}"
    print(f"{median(ratios):.1f} times faster (middle half {low:.1f} to {high:.1f}; {verdict})")
    print(f"tonnes loaded differ by at most {worst:.3%}")


def difference(plan: Plan, replication: int) -> float:
    """Return the difference in tonnes loaded, as a share."""
    expected = textbook.run(replication)
    return abs(ours.run(plan, replication) - expected) / expected


def profile(rounds: int) -> None:
    import cProfile
    import pstats

    plan = ours.make_plan()
    ours.simulate(plan, 0)
    with cProfile.Profile() as measured:
        for number in range(rounds):
            ours.simulate(plan, number)
    pstats.Stats(measured).strip_dirs().sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
