"""Kinds of page that a chart is laid out for, and the place of a panel on one. Sizes are in pixels."""

from __future__ import annotations

from dataclasses import dataclass

POINT = 0.75  # points in a pixel


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Kind of page: margins, least width of the plots between them, and whether names of rows stand above."""

    left: float
    right: float
    head: float
    least: float
    is_phone: bool


WIDE = Sheet(left=62.0, right=22.0, head=28.0, least=573.0, is_phone=False)
PHONE = Sheet(left=46.0, right=14.0, head=30.0, least=260.0, is_phone=True)  # a finger scrolls the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Place of a panel: its axes, its ends as shares of the plots' width and height, its size in pixels."""

    x_axis: str
    y_axis: str
    x: tuple[float, float]
    y: tuple[float, float]
    width: float
    height: float
