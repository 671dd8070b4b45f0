"""Store of finished replications, so that an interrupted study resumes where it stopped.

Each folder holds the results of one request, under a digest of all that they depend on: the variant, the
program's own source code, and the measures requested. Results that are out of date are therefore never read.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from sim.errors import fail
from sim.studies.request import Flow, MeasureRequest
from sim.studies.sampling import Sample

SUFFIX = ".npz"
UNREADABLE = (OSError, ValueError, KeyError, EOFError, BadZipFile)  # such a file is ignored


def key_of(digest: str, requests: Sequence[MeasureRequest], flows: Sequence[Flow]) -> str:
    """Return the key of the replications of a variant for some measures and flows."""
    windows = [[request.measure, request.element, request.since, request.until] for request in requests]
    text = json.dumps([digest, windows, [astuple(flow) for flow in flows]])
    return hashlib.sha256(text.encode()).hexdigest()[:40]


class Store:
    """A folder of finished replications, which may be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self) -> None:
        """Create the folder if need be. Raises `InputError` if it cannot be written to."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise fail(f"cannot write here: {error.strerror}", file=self.folder.parent) from None

    def read(self, key: str) -> dict[int, Sample]:
        """Return the samples under a key, by replication."""
        stored: dict[int, Sample] = {}
        for file in sorted((self.folder / key).glob(f"*{SUFFIX}")):
            try:
                samples = _read(file)
            except UNREADABLE:
                continue
            stored.update((sample.replication, sample) for sample in samples)
        return stored

    def write(self, key: str, samples: Sequence[Sample]) -> None:
        """Write samples to one file, which is complete or absent. Raises `InputError`."""
        name = f"{samples[0].replication:06}-{samples[-1].replication:06}{SUFFIX}"
        try:
            self._write(self.folder / key, name, samples)
        except OSError as error:
            raise fail(f"cannot write here: {error.strerror}", file=self.folder) from None

    def _write(self, folder: Path, name: str, samples: Sequence[Sample]) -> None:
        folder.mkdir(exist_ok=True)
        handle, fresh = tempfile.mkstemp(prefix=".", dir=folder)
        try:
            with os.fdopen(handle, "wb") as out:
                np.savez(
                    out,
                    replications=np.array([sample.replication for sample in samples]),
                    values=np.array([sample.values for sample in samples]),
                    daily=np.array([sample.daily for sample in samples]),
                    stalled=np.array([json.dumps(sample.stalled) for sample in samples]),
                )
            os.replace(fresh, folder / name)
        except BaseException:
            Path(fresh).unlink(missing_ok=True)
            raise


def _read(file: Path) -> Iterable[Sample]:
    with file.open("rb") as opened, np.load(opened, allow_pickle=False) as arrays:
        columns = (arrays["replications"], arrays["values"], arrays["daily"], arrays["stalled"])
    return [
        Sample(
            replication=int(replication),
            values=values,
            daily=daily,
            stalled=tuple(json.loads(str(stalled))),
        )
        for replication, values, daily, stalled in zip(*columns, strict=True)
    ]
