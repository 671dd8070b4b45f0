"""What can be read off a drawn picture, for the tests of the pictures."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.text import Text


def words(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def legend(ax: Axes) -> list[str]:
    found = ax.get_legend()
    return [] if found is None else [text.get_text() for text in found.get_texts()]


def edges_at(ax: Axes, x: float) -> list[float]:
    """All edges of filled areas at one x."""
    found: list[float] = []
    for layer in ax.collections:
        if isinstance(layer, PolyCollection):
            for path in layer.get_paths():
                found.extend(path.vertices[np.isclose(path.vertices[:, 0], x), 1])
    return found


def assert_nothing_overlaps(ax: Axes) -> None:
    """No words on the page cover other words, and all lie on the page."""
    figure = ax.figure
    figure.draw_without_rendering()
    found = ax.get_legend()
    written: list[Text] = [*ax.texts]
    for axis, limits in ((ax.xaxis, ax.get_xlim()), (ax.yaxis, ax.get_ylim())):
        written += [
            tick.label1 for tick in axis.get_major_ticks() if limits[0] <= tick.get_loc() <= limits[1]
        ]
    written += [*(found.get_texts() if found else ()), ax.xaxis.label, ax.yaxis.label, ax._left_title]  # type: ignore[attr-defined]
    boxes = [
        (text.get_text(), Text.get_window_extent(text))  # of a name with a leader, only the name
        for text in written
        if text.get_text()
    ]
    for (one, here), (other, there) in combinations(boxes, 2):
        assert not here.padded(-1.0).overlaps(there.padded(-1.0)), (one, other)
    for text, box in boxes:
        assert figure.bbox.x0 <= box.x0, text
        assert box.x1 <= figure.bbox.x1, text
        assert figure.bbox.y0 <= box.y0, text
        assert box.y1 <= figure.bbox.y1, text
