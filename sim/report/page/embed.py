"""Contents embedded in a page, so that it needs no network: data, scripts, styles, plotly."""

from __future__ import annotations

import base64
import gzip
import json
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from markupsafe import Markup

COMPRESSION = 6  # a higher level of gzip is slower and saves nothing


def data(content: object) -> Markup:
    """Return JSON for a script element, with no character that could end the element or begin another."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Markup(text)


def own(name: str) -> Markup:
    """Return a style sheet or script of this package."""
    text = files("sim.report.page").joinpath("templates", name).read_text(encoding="utf-8")
    return Markup(text)


@cache
def plotly() -> str:
    """Return plotly.js of the plotly package, compressed by gzip from 5 MB to 2 MB of base 64."""
    spec = find_spec("plotly")
    assert spec is not None and spec.submodule_search_locations
    folder = Path(next(iter(spec.submodule_search_locations)))
    packed = gzip.compress((folder / "package_data" / "plotly.min.js").read_bytes(), COMPRESSION, mtime=0)
    return base64.b64encode(packed).decode("ascii")
