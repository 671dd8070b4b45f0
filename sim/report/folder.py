"""Result folders that appear complete or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sim.errors import fail


def check_targets(out: Path, names: Sequence[str]) -> None:
    """Check the targets of results, no two of which may have the same name. Raises `InputError`."""
    for place, name in enumerate(names):
        if name in names[:place]:
            message = "two of the results would be written here"
            advice = "name each only once, and give files different names"
            raise fail(message, file=out / name, advice=advice)
        check_target(out / name)


def check_target(target: Path) -> None:
    """Raise `InputError` if a folder cannot be written, or would replace anything but a result."""
    _check_place(target)
    if target.is_file() or (
        target.is_dir() and any(target.iterdir()) and not (target / "manifest.json").is_file()
    ):
        raise fail(
            "is not a result of a run and will not be replaced", file=target, advice="choose another --out"
        )


def check_file(file: Path) -> None:
    """Check that a file can be written. Raises `InputError`."""
    _check_place(file)
    if file.is_dir():
        raise fail("this is a folder, a file was expected", file=file)


def _check_place(path: Path) -> None:
    existing = next(folder for folder in path.absolute().parents if os.path.lexists(folder))
    if not existing.is_dir():
        raise fail("cannot write here: this is not a folder", file=existing)
    if not os.access(existing, os.W_OK | os.X_OK):
        raise fail("cannot write here: not permitted", file=existing)


def write_file(file: Path, text: str) -> None:
    """Write a file, and its folder if necessary. Raises `InputError` if it cannot be written."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise fail(f"cannot write here: {error.strerror}", file=file) from None


@contextmanager
def atomic_folder(target: Path) -> Iterator[Path]:
    """Yield a new folder next to `target`, which replaces it once everything has been written.

    An exception or a kill leaves an earlier `target` unchanged. Raises `InputError` if the folder cannot
    be written, or would replace anything but an earlier result.
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
