"""Many variants of one scenario, run a few at a time so that memory stays flat, and what is asked of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from itertools import islice

from sim.errors import fail, option
from sim.measures import MEASURES
from sim.scenario import Scenario
from sim.studies.ensemble import Done, Ensemble, gather, silent
from sim.studies.request import MeasureRequest, RunRequest, find_request, main_measures, read_key
from sim.studies.store import Store
from sim.studies.workers import Workers, local

MOST_POINTS = 20_000  # at which a study may ask: more would run for days
BATCH = 40  # variants whose runs are handed out together


def run_all(
    questions: Iterable[RunRequest],
    count: int,
    *,
    workers: int | Workers = 1,
    store: Store | None = None,
    done: Done = silent,
) -> Iterator[Ensemble]:
    """The ensembles of variants in their order, each run `count` times; variants that are equal run once."""
    coming = iter(questions)
    with local(workers) if isinstance(workers, int) else nullcontext(workers) as hands:
        while some := list(islice(coming, BATCH)):
            yield from gather(some, count, workers=hands, store=store, done=done)


def wanted_by(scenario: Scenario, texts: Sequence[str]) -> tuple[MeasureRequest, ...]:
    """What `--measure` asks, such as `curtailed KZ` or `curtailed,KZ`; the main measures if nothing.

    Raises `InputError` for what the scenario has not.
    """
    if not texts:
        return main_measures(scenario)
    return tuple(dict.fromkeys(_wanted(scenario, text) for text in texts))


def _wanted(scenario: Scenario, text: str) -> MeasureRequest:
    with option("--measure", text):
        return find_request(scenario, *_key(text))


def _key(text: str) -> tuple[str, str]:
    if "," in text:
        return read_key(text)
    measure, space, element = text.strip().rpartition(" ")
    if not space or text.strip() in MEASURES:
        raise fail("not of the form measure element", advice="such as curtailed KZ")
    return measure.strip(), element
