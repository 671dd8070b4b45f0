"""Workers, retries and crashes, none of which changes a result."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest
from stormy_terminal import Counting, variant

from sim.errors import InputError
from sim.studies.ensemble import Ensemble, ensemble, run_ensembles
from sim.studies.request import run_request
from sim.studies.store import Store, key_of
from sim.studies.variants import Variant
from sim.studies.workers import Processes


def bits(found: Ensemble) -> tuple[bytes, bytes, tuple[int, ...]]:
    return found.values.tobytes(), found.daily.tobytes(), found.replications


@pytest.mark.slow
def test_answers_are_the_same_bytes_for_one_worker_and_for_two() -> None:
    one, two = (ensemble(variant(), 30, workers=count) for count in (1, 2))
    assert bits(one) == bits(two)


def test_each_replication_is_what_it_is_on_its_own_and_in_fewer() -> None:
    many, few = ensemble(variant(), 12), ensemble(variant(), 5)
    assert few.values.tobytes() == many.values[:5].tobytes()
    assert len({row.tobytes() for row in many.values}) > 6


@pytest.mark.slow
def test_a_worker_that_is_killed_loses_nothing() -> None:
    killed: list[int] = []

    def kill_one(label: str, count: int) -> None:
        children = multiprocessing.active_children()
        if children and not killed:
            killed.append(children[0].pid or 0)
            os.kill(killed[0], signal.SIGKILL)

    found = ensemble(variant(), 60, workers=2, progress=kill_one)
    assert killed
    assert bits(found) == bits(ensemble(variant(), 60))


def test_workers_that_are_always_killed_are_reported() -> None:
    def kill_all(label: str, count: int) -> None:
        for child in multiprocessing.active_children():
            child.kill()  # which does not mind one that has ended

    class Doomed(Processes):
        def _submit(self, task):  # type: ignore[no-untyped-def]
            submitted = super()._submit(task)
            kill_all("", 0)
            return submitted

    with pytest.raises(InputError, match="are killed repeatedly"):
        ensemble(variant(), 8, workers=Doomed(1))
    started = time.monotonic()
    while multiprocessing.active_children():  # the pool's own thread may be the one that sees them end
        assert time.monotonic() - started < 10
        time.sleep(0.01)


def interrupted_after(count: int, store: Store) -> None:
    seen = 0

    def interrupt(label: str, finished: int) -> None:
        nonlocal seen
        seen += finished
        if seen >= count:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ensemble(variant(), 30, store=store, progress=interrupt)


def test_an_interrupted_study_goes_on_where_it_was(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept")
    interrupted_after(12, store)
    workers = Counting()
    found = ensemble(variant(), 30, workers=workers, store=store)
    assert workers.asked == list(range(12, 30))
    assert bits(found) == bits(ensemble(variant(), 30))


def test_what_is_kept_is_read_only_for_the_same_question(tmp_path: Path) -> None:
    store, workers = Store(tmp_path), Counting()
    ensemble(variant(), 4, store=store)
    for other in (variant(seed=2), variant(farm=301.0), variant(days=31), variant(storms=3.9)):
        workers.asked.clear()
        ensemble(other, 4, workers=workers, store=store)
        assert workers.asked == [0, 1, 2, 3]
    workers.asked.clear()
    ensemble(variant("by another name"), 4, workers=workers, store=store)
    assert workers.asked == []


def test_a_damaged_file_is_as_good_as_none(tmp_path: Path) -> None:
    store = Store(tmp_path)
    before = ensemble(variant(), 8, store=store)
    files = sorted(tmp_path.rglob("*.npz"))
    files[0].write_bytes(files[0].read_bytes()[:100])
    files[1].write_bytes(b"")
    assert bits(ensemble(variant(), 8, store=store)) == bits(before)


def test_a_program_that_changed_reads_nothing_of_what_it_made_before(monkeypatch: pytest.MonkeyPatch) -> None:
    def key() -> str:
        question = run_request(variant())
        return key_of(question.variant.digest, question.requests, question.flows)

    before = key()
    assert key() == before
    monkeypatch.setattr("sim.studies.variants.program_digest", lambda: "another program")
    assert key() != before


def test_a_variant_that_is_the_same_as_another_is_run_once() -> None:
    workers = Counting()
    questions = [run_request(variant("one")), run_request(variant("other"))]
    one, other = run_ensembles(questions, 6, workers=workers)
    assert sorted(workers.asked) == list(range(6))
    assert (one.label, other.label) == ("one", "other")
    assert bits(one) == bits(other)


def test_a_folder_that_cannot_be_written_to_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot write"):
        ensemble(variant(), 1, store=Store(tmp_path / "file" / "kept"))


def test_progress_counts_every_replication_once(tmp_path: Path) -> None:
    store, told = Store(tmp_path), []

    def done(label: str, count: int) -> None:
        told.append((label, count))

    ensemble(variant(), 5, store=store)
    ensemble(variant(), 9, store=store, progress=done)
    assert told[0] == ("usual", 5)
    assert sum(count for _, count in told) == 9


def test_no_replications_are_refused() -> None:
    with pytest.raises(InputError, match="at least one"):
        ensemble(Variant(label="usual", scenario=variant().scenario), 0)
