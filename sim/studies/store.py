"""Finished replications on disk, so that a study that was interrupted goes on where it was.

A folder holds a folder for each set of questions and answers, named by a digest of all that these
depend on: the variant, the program's own text, and what is wanted. So nothing out of date is ever read.
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

ENDING = ".npz"
UNREADABLE = (OSError, ValueError, KeyError, EOFError, BadZipFile)  # such a file is as good as none


def key_of(digest: str, wanted: Sequence[MeasureRequest], flows: Sequence[Flow]) -> str:
    """The name under which replications of a variant are kept that answer some questions."""
    asked = [[one.measure, one.element, one.since, one.until] for one in wanted]
    text = json.dumps([digest, asked, [astuple(flow) for flow in flows]])
    return hashlib.sha256(text.encode()).hexdigest()[:40]


class Store:
    """A folder of finished replications; delete it at any time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self) -> None:
        """Make the folder if it is not there. Raises `InputError` when it cannot be written to."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise fail(f"cannot write here: {error.strerror}", file=self.folder.parent) from None

    def read(self, key: str) -> dict[int, Sample]:
        """What is kept under a key, by replication."""
        found: dict[int, Sample] = {}
        for file in sorted((self.folder / key).glob(f"*{ENDING}")):
            try:
                samples = _read(file)
            except UNREADABLE:
                continue
            found.update((one.replication, one) for one in samples)
        return found

    def keep(self, key: str, samples: Sequence[Sample]) -> None:
        """Write some replications, wholly or not at all."""
        name = f"{samples[0].replication:06}-{samples[-1].replication:06}{ENDING}"
        try:
            self._keep(self.folder / key, name, samples)
        except OSError as error:
            raise fail(f"cannot write here: {error.strerror}", file=self.folder) from None

    def _keep(self, folder: Path, name: str, samples: Sequence[Sample]) -> None:
        folder.mkdir(exist_ok=True)
        handle, fresh = tempfile.mkstemp(prefix=".", dir=folder)
        try:
            with os.fdopen(handle, "wb") as out:
                np.savez(
                    out,
                    replications=np.array([one.replication for one in samples]),
                    values=np.array([one.values for one in samples]),
                    daily=np.array([one.daily for one in samples]),
                    stalled=np.array([json.dumps(one.stalled) for one in samples]),
                )
            os.replace(fresh, folder / name)
        except BaseException:
            Path(fresh).unlink(missing_ok=True)
            raise


def _read(file: Path) -> Iterable[Sample]:
    with file.open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
        columns = (kept["replications"], kept["values"], kept["daily"], kept["stalled"])
    return [
        Sample(
            replication=int(replication),
            values=values,
            daily=daily,
            stalled=tuple(json.loads(str(stalled))),
        )
        for replication, values, daily, stalled in zip(*columns, strict=True)
    ]
