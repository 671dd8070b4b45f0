"""Width of a text in points, measured before it is drawn so that nothing overlaps."""

from __future__ import annotations

from functools import cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

FIXED_SPACE = "\u00a0"


@cache
def width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of the widest line of a text."""
    font = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    return max(
        float(text_to_path.get_text_width_height_descent(line, font, ismath=False)[0])
        for line in text.split("\n")
    )


def wrapped(text: str, size: float, room: float, bold: bool = False) -> str:
    """Return the text broken at spaces, but not before %, into lines that fit the room."""
    lines: list[str] = []
    for word in text.replace(" %", f"{FIXED_SPACE}%").split(" "):
        if lines and width(f"{lines[-1]} {word}", size, bold) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "\n".join(lines).replace(f"{FIXED_SPACE}%", " %")


def shortened(text: str, size: float, room: float) -> str:
    """Return the text, cut with an ellipsis if it does not fit the room."""
    if width(text, size) <= room:
        return text
    fits = next((n for n in range(len(text) - 1, 0, -1) if width(f"{text[:n].rstrip()}…", size) <= room), 1)
    return f"{text[:fits].rstrip()}…"
