"""The same work on a Dask cluster of this machine."""

from __future__ import annotations

import builtins
import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from stormy_terminal import variant

from sim.errors import InputError
from sim.studies.cluster import Cluster
from sim.studies.ensemble import ensemble

pytestmark = pytest.mark.slow

pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with Cluster("local", 2) as found:
        yield found


def test_a_cluster_gives_the_same_bytes(cluster: Cluster) -> None:
    one, other = ensemble(variant(), 20, workers=cluster), ensemble(variant(), 20)
    assert cluster.count == 2
    assert one.values.tobytes() == other.values.tobytes()
    assert one.daily.tobytes() == other.daily.tobytes()


def test_a_scheduler_that_is_there_already_is_used(cluster: Cluster) -> None:
    address = cluster._client.scheduler.address
    with Cluster(address) as other:
        found = ensemble(variant(), 6, workers=other)
    assert found.values.tobytes() == ensemble(variant(), 6).values.tobytes()
    assert len(ensemble(variant(), 2, workers=cluster)) == 2  # it was left running


def test_a_worker_of_the_cluster_that_is_killed_loses_nothing(cluster: Cluster) -> None:
    processes = list(cluster._client.run(os.getpid).values())

    def kill_one(label: str, count: int) -> None:
        if processes:
            os.kill(processes.pop(), signal.SIGKILL)
            processes.clear()

    found = ensemble(variant(), 60, workers=cluster, progress=kill_one)
    assert found.values.tobytes() == ensemble(variant(), 60).values.tobytes()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere"])
def test_an_address_at_which_nothing_answers_is_reported(address: str) -> None:
    with pytest.raises(InputError, match="no scheduler answers"):
        Cluster(address)


def test_workers_of_another_version_are_refused(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.studies.cluster.versions_of", lambda client: {"another"})
    with pytest.raises(InputError, match="another version"):
        Cluster(cluster._client.scheduler.address)


def test_a_machine_without_dask_is_reported_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "distributed":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match=r"chokepoint\[cluster\]"):
        Cluster("local")
