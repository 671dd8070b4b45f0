"""Measures of oil: exports, shortfall, tanks, tankers and money."""
