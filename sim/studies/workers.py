"""Who does the runs of a study: this process, or several on this machine (a cluster is in `cluster`).

Each task says all that its runs depend on, so who does it, when, and how often changes nothing.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Protocol, Self

from sim.engine import Plan, prepare
from sim.errors import InputError, fail
from sim.studies.request import Flow, MeasureRequest
from sim.studies.sampling import Sample, sample

MOST_PLANS = 2  # that a worker keeps ready: variants are done one after the other
MOST_TRIES = 4  # at a task whose worker dies under it
AHEAD = 2  # tasks handed out for each worker
YOUNG = 50_000  # objects made before garbage is looked for: runs make many that stay

Finished = tuple["Task", list[Sample]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Some replications of one variant. `scenario` is pickled; `key` tells one from another."""

    key: str
    scenario: bytes
    replications: tuple[int, ...]
    wanted: tuple[MeasureRequest, ...]
    flows: tuple[Flow, ...]


class Workers(Protocol):
    """Whoever does tasks, `count` at once. They come back in any order, each once.

    Its use ends with the `with` block.
    """

    @property
    def count(self) -> int: ...

    def perform(self, tasks: Iterable[Task]) -> Iterator[Finished]: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def local(count: int) -> Workers:
    """This process alone, or so many others on this machine."""
    return InProcess() if count <= 1 else Processes(count)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Plans:
    """The plans that were used last, ready for the next task of the same variant."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Plan] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, task: Task) -> Plan:
        with self._lock:
            if task.key not in self._kept:
                self._kept[task.key] = prepare(pickle.loads(task.scenario))
                if len(self._kept) > MOST_PLANS:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(task.key)
            return self._kept[task.key]


_plans = _Plans()


def do(task: Task) -> list[Sample]:
    """The runs of a task, in order."""
    plan = _plans.of(task)
    return [sample(plan, replication, task.wanted, task.flows) for replication in task.replications]


class InProcess:
    """This process, one task after the other."""

    count = 1

    def perform(self, tasks: Iterable[Task]) -> Iterator[Finished]:
        for task in tasks:
            yield task, do(task)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        pass


class Processes:
    """Some processes on this machine. One that dies is replaced, and what it was doing is done again."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool: ProcessPoolExecutor | None = None
        self._begun: set[BaseProcess] = set()

    def perform(self, tasks: Iterable[Task]) -> Iterator[Finished]:
        """Raises `InputError` when processes die again and again under the same task."""
        coming = iter(tasks)
        again: list[Task] = []
        tries: dict[int, int] = {}
        underway: dict[Future[list[Sample]], Task] = {}
        while True:
            while len(underway) < AHEAD * self.count:
                task = again.pop() if again else next(coming, None)
                if task is None:
                    break
                underway[self._submit(task)] = task
            if not underway:
                return
            done, _ = wait(underway, return_when=FIRST_COMPLETED)
            for future in done:
                task = underway.pop(future)
                try:
                    yield task, future.result()
                except BrokenProcessPool:
                    tries[id(task)] = tries.get(id(task), 0) + 1
                    again.append(task)
                    if tries[id(task)] >= MOST_TRIES:
                        raise died() from None

    def _submit(self, task: Task) -> Future[list[Sample]]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.count, mp_context=multiprocessing.get_context("spawn"), initializer=_begin
            )
        try:
            submitted = self._pool.submit(do, task)
        except BrokenProcessPool:
            self._pool.shutdown()
            self._pool = None
            return self._submit(task)
        self._begun |= {*(getattr(self._pool, "_processes", None) or {}).values()}
        return submitted

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        if kind is not None:
            self._end_all()  # nobody waits for what they are at
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        self._end_all()  # a pool that breaks while it grows leaves one behind

    def _end_all(self) -> None:
        for process in self._begun:
            process.terminate()


def died() -> InputError:
    """What to say when workers die again and again."""
    return fail("the processes that do the runs are killed again and again", advice=MEMORY)


MEMORY = "where memory is short, use fewer --workers"


def _begin() -> None:
    """Make a new process ready to work: the study ends it, no key on the terminal does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)


def _end_with_parent() -> None:
    """A study that was killed leaves no process behind that waits for more of it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
