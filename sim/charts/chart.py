"""Description of a chart, free of any drawing library: its panels, marks, axes, closures and finding.

A chart is built once from a record or a study and drawn by two renderers, `static` (matplotlib: PNG, SVG)
and `interactive` (plotly: the page). Names, colours, values and units stand here and nowhere else, so the
two outputs cannot differ. Over time, x is in days since the start of the axis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sim.charts.style import Fill, Stroke
from sim.measures.series import Numbers

Better = Literal["more", "less", "neither"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layer:
    """One layer of a stack; layers of one `stack` lie on each other in the order given.

    With `steps` each value holds until the next x. Layers of a stack share their x.
    """

    name: str
    x: Numbers
    values: Numbers
    fill: Fill
    stack: str = ""
    steps: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Line:
    """A line, with half-widths of an interval at each point where it has `errors`; nan leaves a gap.

    `marker` is one of matplotlib's letters (o, s, ^, D, v). `label_at_end` writes the name beside the last
    point instead of in the legend. A line without a name is context and is drawn faintly.
    """

    name: str
    x: Numbers
    values: Numbers
    stroke: Stroke
    width: float = 1.7
    errors: Numbers | None = None
    marker: str = ""
    steps: bool = False
    label_at_end: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Band:
    """The area between two lines; without a name it belongs to the line of the same `group`."""

    x: Numbers
    low: Numbers
    high: Numbers
    colour: str
    name: str = ""
    group: str = ""
    opacity: float = 0.18


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A straight line across the panel at a value of y, or up and down at a value of x."""

    name: str
    at: float
    stroke: Stroke
    axis: Literal["x", "y"] = "y"
    label: str = ""
    """Text beside the end of the line, such as the capacity that it stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """Intervals of x shaded between two heights of the panel: throttled, or a storm at a port."""

    name: str
    intervals: tuple[tuple[float, float], ...]
    colour: str
    low: float
    high: float
    opacity: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paths:
    """Many thin lines of one name, such as consignments on a time-distance diagram."""

    name: str
    paths: tuple[tuple[Numbers, Numbers], ...]
    stroke: Stroke
    width: float = 0.9
    opacity: float = 0.75


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bars:
    """One layer of horizontal bars: a length for each row of the panel's `rows`, nan for none.

    Layers of one `stack` follow each other from zero. `place` puts a thinner bar into the upper or lower
    half of its row, as in a tornado.
    """

    name: str
    lengths: Numbers
    fill: Fill
    stack: str = ""
    errors: Numbers | None = None
    place: Literal["full", "upper", "lower"] = "full"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dots:
    """Points with intervals: in rows (y counts the panel's `rows` from the top, 0 first) or anywhere."""

    name: str
    x: Numbers
    y: Numbers
    colour: str
    marker: str = "o"
    x_errors: Numbers | None = None
    y_errors: Numbers | None = None
    hollow: Sequence[bool] = ()
    """Which points are drawn unfilled: such as differences that are not significant."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Heat:
    """Cells of a grid (`values` has a row for each y), or scattered points (`values` one for each x and y).

    `low` and `high` bound the colours, the same in all panels. `decimals` of the numbers written in cells.
    """

    name: str
    unit: str
    better: Better
    x: Numbers
    y: Numbers
    values: Numbers
    low: float
    high: float
    is_grid: bool = True
    decimals: int = 2

    @property
    def title(self) -> str:
        return f"{self.name} ({self.unit})" if self.unit else self.name


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contour:
    """Lines over a heat map at which its values reach a level: where a sweep breaks even."""

    name: str
    lines: tuple[tuple[Numbers, Numbers], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words centred on a point; in a panel of rows, to the right of it or behind the end of a bar."""

    x: float
    y: float
    text: str
    behind_bar: bool = False


Mark = Layer | Line | Band | Limit | Zone | Paths | Bars | Dots | Heat | Contour | Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAxis:
    """Dates: x is in days since `start`, up to `days`."""

    start: date
    days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Second scale of an axis, such as barrels a day: its title and its value per unit of the first."""

    title: str
    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberAxis:
    """A quantity; `ticks` are marked where given, with their text. `second` is drawn on the right."""

    label: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    ticks: Mapping[float, str] = field(default_factory=dict)
    second: Scale | None = None

    @property
    def title(self) -> str:
        return f"{self.label} ({self.unit})" if self.label and self.unit else self.label or self.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A named row of horizontal bars or dots, from the top down; a heading has nothing in it."""

    name: str
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One pair of axes: what its height shows in which unit, and the marks in it.

    `rows` make it a panel of named rows; otherwise y is a quantity, from zero unless it is `signed`.
    `height` is in points, by default by the number of rows. `above` and `below` name the two directions of a
    signed panel.
    """

    marks: tuple[Mark, ...]
    name: str = ""
    unit: str = ""
    rows: tuple[Row, ...] = ()
    y: NumberAxis = NumberAxis()
    x: NumberAxis | None = None
    height: float | None = None
    signed: bool = False
    integer: bool = False
    """Ticks at whole numbers only, such as of ships."""
    above: str = ""
    below: str = ""
    empty: str = ""
    """Text in a panel without marks: "nothing was curtailed"."""

    @property
    def title(self) -> str:
        return f"{self.name} ({self.unit})" if self.name and self.unit else self.name or self.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Closures of one label, or a boycott, on the time axis: days since its start."""

    name: str
    intervals: tuple[tuple[float, float], ...]
    planned: bool = False
    boycott: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart: its finding in one line, what is drawn, of which run or study, and the panels.

    `name` is the stem of its file and the id on the page. `finding` is what a reader should take away;
    `subject` says what is drawn, with its averaging; `context` names the scenario or the runs in small.
    """

    name: str
    finding: str
    subject: str
    context: str
    x: TimeAxis | NumberAxis
    panels: tuple[Panel, ...]
    closures: tuple[Closure, ...] = ()
    abreast: int = 1
    """Panels side by side in a line."""
    note: str = ""
    """A line in small below: how it was smoothed, what was left out."""
    label: str = ""
    """Short name among the charts that a reader can choose from."""
