"""What stands in the page so that it needs nothing from outside: data, scripts, styles, plotly."""

from __future__ import annotations

import base64
import gzip
import json
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from markupsafe import Markup

LEVEL = 6  # of packing; more is slower and saves nothing


def data(content: object) -> Markup:
    """JSON to stand in a script element: nothing in it can end the element or begin another."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Markup(text)


def own(name: str) -> Markup:
    """A style sheet or script of this package."""
    text = files("sim.report.html").joinpath("templates", name).read_text(encoding="utf-8")
    return Markup(text)


@cache
def plotly() -> str:
    """plotly.js as the plotly package ships it, packed by gzip and in base 64: two of its five megabytes.

    It is found without importing plotly, which would take a tenth of a second.
    """
    spec = find_spec("plotly")
    assert spec is not None and spec.submodule_search_locations
    folder = Path(next(iter(spec.submodule_search_locations)))
    packed = gzip.compress((folder / "package_data" / "plotly.min.js").read_bytes(), LEVEL, mtime=0)
    return base64.b64encode(packed).decode("ascii")
