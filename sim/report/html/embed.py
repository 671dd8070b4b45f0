"""What is put into the page so that it needs nothing from outside: data, scripts, styles, the plotting library."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from markupsafe import Markup

ENDS = re.compile(r"</(?=script|style)", re.IGNORECASE)


def data(content: object) -> Markup:
    """JSON to stand in a script element: nothing in it can end the element or begin another."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Markup(text)  # noqa: S704


def own(name: str) -> Markup:
    """A style sheet or script of this package."""
    return _within(files("sim.report.html").joinpath("templates", name).read_text(encoding="utf-8"))


def plotly() -> Markup:
    """plotly.js, as the plotly package ships it; found without importing plotly, which takes a tenth of a second."""
    spec = find_spec("plotly")
    assert spec is not None and spec.submodule_search_locations
    folder = Path(next(iter(spec.submodule_search_locations)))
    return _within((folder / "package_data" / "plotly.min.js").read_text(encoding="utf-8"))


def _within(text: str) -> Markup:
    return Markup(ENDS.sub(r"<\\/", text))  # noqa: S704
