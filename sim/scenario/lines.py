"""Which line of a TOML file a key stands on, since the standard parser does not say."""

from __future__ import annotations

import re

HEADER = re.compile(r"^\s*\[(\[)?\s*([\w.-]+)\s*\]")
KEY = re.compile(r"""^\s*["']?([\w-]+)["']?\s*=""")


def key_lines(text: str) -> dict[tuple[str, int, str], int]:
    """Line numbers by (table, how many of that table came before, key); ("", 0, key) at the top."""
    lines: dict[tuple[str, int, str], int] = {}
    counts: dict[str, int] = {}
    table, index = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        if header := HEADER.match(line):
            name = header[2]
            if header[1]:
                table, index = name, counts.get(name, 0)
                counts[name] = index + 1
            else:
                table = name if "." in name or name not in counts else table
                index = counts.get(table.split(".")[0], 1) - 1 if "." in table else 0
            lines.setdefault((table, index, ""), number)
        elif key := KEY.match(line):
            lines.setdefault((table, index, key[1]), number)
    return lines
