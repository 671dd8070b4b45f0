"""Tables for those who work in Python, by pandas where it is installed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sim.errors import fail

if TYPE_CHECKING:
    from pandas import DataFrame


def frame(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> DataFrame:
    """Rows as a table. Raises `InputError` where pandas is not installed."""
    try:
        from pandas import DataFrame
    except ImportError:
        raise fail("tables need pandas", advice="pip install 'chokepoint[frame]'") from None
    return DataFrame(list(rows), columns=list(columns))
