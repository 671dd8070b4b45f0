"""Line numbers of the keys of a TOML file, which the standard parser does not give."""

from __future__ import annotations

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]
Lines = Mapping[Path, int]

HEADER = re.compile(r"\s*\[(\[)?([^\[\]]+)\]")
KEY = re.compile(r"""\s*([\w."' -]+?)\s*=""")
QUOTED = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)


def key_lines(text: str) -> Lines:
    """Return the line numbers of the keys and tables of a valid TOML text, by their path in its data.

    The second `[[closure]]` is `("closure", 1)`, its end `("closure", 1, "until")`. Inline tables
    have the line of their key.
    """
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    depth = 0
    for number, line in enumerate(_bare(text).split("\n"), start=1):
        if depth == 0:
            if header := HEADER.match(line):
                table = _table(_parts(header[2]), bool(header[1]), counts)
                lines.setdefault(table, number)
                continue
            if key := KEY.match(line):
                lines.setdefault((*table, *_parts(key[1])), number)
        depth += sum(line.count(mark) for mark in "[{") - sum(line.count(mark) for mark in "]}")
    return lines


def line_of(lines: Lines, path: Path) -> int | None:
    """Return the line of a path, or of the nearest one that contains it."""
    for length in range(len(path), -1, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def _bare(text: str) -> str:
    """The text without comments and strings, except quoted keys; every line keeps its number."""

    def emptied(match: re.Match[str]) -> str:
        quoted = match[0]
        is_key = quoted[0] in "\"'" and re.match(r"[ \t]*[.=]", text[match.end() : match.end() + 20])
        return quoted if is_key and "\n" not in quoted else "\n" * quoted.count("\n")

    return QUOTED.sub(emptied, text)


def _parts(dotted: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _table(parts: Path, repeated: bool, counts: dict[Path, int]) -> Path:
    """The path of a table's header; within repeated tables, that of the last one so far."""
    table: Path = ()
    for place, part in enumerate(parts, start=1):
        table = (*table, part)
        if repeated and place == len(parts):
            counts[table] = counts.get(table, -1) + 1
        if table in counts:
            table = (*table, counts[table])
    return table
