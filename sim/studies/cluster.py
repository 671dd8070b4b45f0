"""The runs of a study on a Dask cluster: one that is there already, or one started on this machine."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from typing import Any, Self

from sim.errors import fail
from sim.studies.sampling import Sample
from sim.studies.variants import program_digest
from sim.studies.workers import AHEAD, Finished, Task, died, do, processors

LOCAL = "local"
PATIENCE = 20  # seconds for a scheduler to answer, and for its first worker
EXTRA = "pip install 'chokepoint[cluster]'"


class Cluster:
    """Workers of a Dask scheduler, by its address; `local` starts one here with `count` processes.

    What a worker that dies was doing is done again by another.
    """

    def __init__(self, address: str, count: int | None = None) -> None:
        """Raises `InputError` when nothing answers, or when its workers are of another version."""
        try:
            import distributed
        except ImportError:
            raise fail("needs Dask", key="--cluster", value=address, advice=EXTRA) from None
        if address != LOCAL:
            _knock(address)
        self._here = _started(count or processors()) if address == LOCAL else None
        self._client = distributed.Client(self._here or address, timeout=PATIENCE, set_as_default=False)
        try:
            self.count = self._threads(address)
        except BaseException:
            self.__exit__()
            raise

    def _threads(self, address: str) -> int:
        """How many runs its workers do at once, once they are known to be of this version."""
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise fail("the scheduler has no workers", key="--cluster", value=address) from None
        if versions_of(self._client) != {program_digest()}:
            told = "its workers have another version of chokepoint, or none"
            raise fail(told, key="--cluster", value=address, advice="install this one there")
        threads: dict[str, int] = self._client.nthreads()
        return max(sum(threads.values()), 1)

    def perform(self, tasks: Iterable[Task]) -> Iterator[Finished]:
        """Raises `InputError` when workers die again and again under the same task."""
        from distributed import KilledWorker, wait

        coming = iter(tasks)
        underway: dict[Any, Task] = {}
        while True:
            while len(underway) < AHEAD * self.count:
                task = next(coming, None)
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
                    raise died() from None
                yield underway.pop(future), samples

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._client.close()
        if self._here is not None:
            self._here.close()


def versions_of(client: Any) -> set[str]:
    """Digests of the programs that a cluster's workers have; none if some have none."""
    try:
        return set(client.run(program_digest).values())
    except ImportError:
        return set()


def _knock(address: str) -> None:
    """See that something answers there, since Dask is slow to give up."""
    from distributed.comm import get_address_host_port

    try:
        socket.create_connection(get_address_host_port(address), timeout=PATIENCE).close()
    except (OSError, ValueError) as error:
        told = f"no scheduler answers: {getattr(error, 'strerror', None) or error}"
        raise fail(told, key="--cluster", value=address, advice="such as tcp://host:8786") from None


def _started(count: int) -> Any:
    from distributed import LocalCluster

    return LocalCluster(
        n_workers=count, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    )
