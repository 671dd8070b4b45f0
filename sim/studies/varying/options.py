"""Faults in what an option of a study says, told by the option's name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sim.errors import InputError


@contextmanager
def option(key: str, given: str = "") -> Iterator[None]:
    """Tell faults that are raised inside as those of an option; what was given where they name no value."""
    try:
        yield
    except InputError as error:
        raise InputError(
            replace(fault, file=None, line=None, key=key, value=given if fault.value is None else fault.value)
            for fault in error.faults
        ) from None
