"""Workers that carry out the runs of a study: this process, or several on this machine.

A task holds all that its runs depend on, so the results do not depend on the worker, the order or the
number of attempts. Workers on other machines are in `cluster`.
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

MAX_PLANS = 2  # held by a worker, since variants are run one after the other
MAX_TRIES = 4  # of a task whose worker dies
TASKS_AHEAD = 2  # handed out for each worker
GC_THRESHOLD = 50_000  # objects between garbage collections: runs create many that stay

Finished = tuple["Task", list[Sample]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Replications of one variant; `scenario` is pickled, `key` identifies the variant."""

    key: str
    scenario: bytes
    replications: tuple[int, ...]
    requests: tuple[MeasureRequest, ...]
    flows: tuple[Flow, ...]


class Workers(Protocol):
    """Workers that carry out `count` tasks at once and return each once, in any order.

    They end with their `with` block.
    """

    @property
    def count(self) -> int: ...

    def perform(self, tasks: Iterable[Task]) -> Iterator[Finished]: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def local(count: int) -> Workers:
    """Return this process as the only worker, or `count` other processes on this machine."""
    return InProcess() if count <= 1 else Processes(count)


def processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Plans:
    """The plans used last, for the next task of the same variant."""

    def __init__(self) -> None:
        self._plans: OrderedDict[str, Plan] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, task: Task) -> Plan:
        with self._lock:
            if task.key not in self._plans:
                self._plans[task.key] = prepare(pickle.loads(task.scenario))
                if len(self._plans) > MAX_PLANS:
                    self._plans.popitem(last=False)
            self._plans.move_to_end(task.key)
            return self._plans[task.key]


_plans = _Plans()


def do(task: Task) -> list[Sample]:
    """Carry out the runs of a task, in order."""
    plan = _plans.of(task)
    return [sample(plan, replication, task.requests, task.flows) for replication in task.replications]


class InProcess:
    """This process, which carries out one task after the other."""

    count = 1

    def perform(self, tasks: Iterable[Task]) -> Iterator[Finished]:
        for task in tasks:
            yield task, do(task)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        pass


class Processes:
    """Processes on this machine. One that dies is replaced, and its task is carried out again."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool: ProcessPoolExecutor | None = None
        self._started: set[BaseProcess] = set()

    def perform(self, tasks: Iterable[Task]) -> Iterator[Finished]:
        """Carry out tasks. Raises `InputError` when processes die repeatedly under the same task."""
        pending = iter(tasks)
        retries: list[Task] = []
        tries: dict[int, int] = {}
        underway: dict[Future[list[Sample]], Task] = {}
        while True:
            while len(underway) < TASKS_AHEAD * self.count:
                task = retries.pop() if retries else next(pending, None)
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
                    retries.append(task)
                    if tries[id(task)] >= MAX_TRIES:
                        raise workers_died() from None

    def _submit(self, task: Task) -> Future[list[Sample]]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.count, mp_context=multiprocessing.get_context("spawn"), initializer=_initialise
            )
        try:
            submitted = self._pool.submit(do, task)
        except BrokenProcessPool:
            self._pool.shutdown()
            self._pool = None
            return self._submit(task)
        self._started |= {*(getattr(self._pool, "_processes", None) or {}).values()}
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
            self._end_all()  # their results are no longer needed
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        self._end_all()  # a pool that breaks while it grows leaves a process behind

    def _end_all(self) -> None:
        for process in self._started:
            process.terminate()


def workers_died() -> InputError:
    """Return the error for workers that die repeatedly."""
    return fail("the worker processes are killed repeatedly", advice=MEMORY)


MEMORY = "if memory is short, use fewer --workers"


def _initialise() -> None:
    """Prepare a new process: it ignores Ctrl-C, which the study handles."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD, 20, 20)


def _end_with_parent() -> None:
    """End this process when the study is killed, so that none waits for further tasks."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
