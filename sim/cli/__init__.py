"""The command line: parses, calls and prints. There is a file for each command."""

from __future__ import annotations

import gc
import sys

from sim.cli import backtest, check, compare, new, run, sensitivity, stress, sweep
from sim.cli.app import app

__all__ = [
    "app",
    "backtest",
    "check",
    "compare",
    "main",
    "new",
    "run",
    "sensitivity",
    "stress",
    "sweep",
]

GC_THRESHOLD = 50_000  # objects: more frequent collections take an eighth of the time of a run


def main() -> None:
    """Run the command line; a user's mistake ends with a list of faults and exit code 2."""
    from sim.errors import InputError

    gc.set_threshold(GC_THRESHOLD, 20, 50)
    try:
        app()
    except InputError as error:
        count = len(error.faults)
        print(f"{count} fault{'s' if count > 1 else ''} found; nothing was run.", file=sys.stderr)
        for fault in error.faults:
            print(f"  {fault}", file=sys.stderr)
        raise SystemExit(2) from None
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        sys.stderr.close()
        raise SystemExit(1) from None
