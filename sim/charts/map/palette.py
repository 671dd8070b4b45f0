"""Colours of a map's ground, of its names of countries and seas, and of changed flows."""

from __future__ import annotations

LAND, SEA, COAST, BORDER = "#F5F2EA", "#DCE9F1", "#A9B4B8", "#C4BBA9"
AREA_COLOURS = {"country": "#6F6757", "sea": "#3F6C8C"}
LESS_EDGE, MORE_EDGE = "#E8763A", "#7B3FA0"
HELD, STRAINED = "#56B4E9", "#D55E00"
