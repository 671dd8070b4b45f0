"""Tables and summaries as files: every number with digits enough to compute with, none that mean nothing."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any


def write_csv(file: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def number(value: float | None) -> str:
    """A number as tables show it: enough digits to compute with, none that mean nothing."""
    return "" if value is None else f"{value:.10g}"


def rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.10g}")


def short(rows: Iterable[Iterable[Any]]) -> Iterator[list[Any]]:
    """Rows with their floats rounded."""
    return ([rounded(cell) if isinstance(cell, float) else cell for cell in row] for row in rows)


def write_json(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
