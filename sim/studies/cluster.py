"""Workers of a Dask cluster: a running one, or one started on this machine."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from typing import Any, Self

from sim.errors import fail
from sim.studies.sampling import Sample
from sim.studies.variants import program_digest
from sim.studies.workers import TASKS_AHEAD, Finished, Task, do, processors, workers_died

LOCAL = "local"
TIMEOUT = 20  # seconds for a scheduler to answer, and for its first worker
EXTRA = "pip install 'chokepoint[cluster]'"


class Cluster:
    """Workers of a Dask scheduler, by its address; `local` starts one here with `count` processes.

    The task of a worker that dies is carried out again by another.
    """

    def __init__(self, address: str, count: int | None = None) -> None:
        """Connect. Raises `InputError` when no scheduler answers, or its workers have another version."""
        try:
            import distributed
        except ImportError:
            raise fail("needs Dask", key="--cluster", value=address, advice=EXTRA) from None
        if address != LOCAL:
            _check_reachable(address)
        self._local = _start_local(count or processors()) if address == LOCAL else None
        self._client = distributed.Client(self._local or address, timeout=TIMEOUT, set_as_default=False)
        try:
            self.count = self._threads(address)
        except BaseException:
            self.__exit__()
            raise

    def _threads(self, address: str) -> int:
        """Return the number of runs its workers carry out at once, after checking their version."""
        try:
            self._client.wait_for_workers(1, timeout=TIMEOUT)
        except TimeoutError:
            raise fail("the scheduler has no workers", key="--cluster", value=address) from None
        if versions_of(self._client) != {program_digest()}:
            message = "its workers have another version of chokepoint, or none"
            raise fail(message, key="--cluster", value=address, advice="install this one there")
        threads: dict[str, int] = self._client.nthreads()
        return max(sum(threads.values()), 1)

    def perform(self, tasks: Iterable[Task]) -> Iterator[Finished]:
        """Carry out tasks. Raises `InputError` when workers die repeatedly under the same task."""
        from distributed import KilledWorker, wait

        pending = iter(tasks)
        underway: dict[Any, Task] = {}
        while True:
            while len(underway) < TASKS_AHEAD * self.count:
                task = next(pending, None)
                if task is None:
                    break
                underway[self._client.submit(do, task, pure=False)] = task
            if not underway:
                return
            with self._client.as_current():
                finished = wait(list(underway), return_when="FIRST_COMPLETED").done
            for future in finished:
                try:
                    samples: list[Sample] = future.result()
                except KilledWorker:
                    raise workers_died() from None
                yield underway.pop(future), samples

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._client.close()
        if self._local is not None:
            self._local.close()


def versions_of(client: Any) -> set[str]:
    """Return the digests of the program on a cluster's workers; empty if one does not have it."""
    try:
        return set(client.run(program_digest).values())
    except ImportError:
        return set()


def _check_reachable(address: str) -> None:
    """Check that a scheduler answers, since Dask is slow to give up."""
    from distributed.comm import get_address_host_port

    try:
        socket.create_connection(get_address_host_port(address), timeout=TIMEOUT).close()
    except (OSError, ValueError) as error:
        message = f"no scheduler answers: {getattr(error, 'strerror', None) or error}"
        raise fail(message, key="--cluster", value=address, advice="such as tcp://host:8786") from None


def _start_local(count: int) -> Any:
    from distributed import LocalCluster

    return LocalCluster(
        n_workers=count, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    )
