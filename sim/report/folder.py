"""A folder that is there whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.errors import fail


def check_target(target: Path) -> None:
    """Refuse to replace what is not a result of ours. Raises `InputError`."""
    if target.is_file() or (
        target.is_dir() and any(target.iterdir()) and not (target / "manifest.json").is_file()
    ):
        raise fail(
            "is not a result of a run, so it is not replaced", file=target, advice="give another --out"
        )


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """A new folder beside `target`, put in its place once all of it has been written.

    An exception, or a kill, leaves an earlier `target` as it was. Raises `InputError` when the place
    cannot be written to or holds something that is not a result of ours.
    """
    check_target(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise fail(f"cannot write here: {error.strerror}", file=target.parent) from None
    fresh.chmod(0o755)
    try:
        yield fresh
        old = fresh.with_name(fresh.name + ".old")
        if target.exists():
            os.rename(target, old)
        os.rename(fresh, target)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
