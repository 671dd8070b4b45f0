"""Names of countries by their two-letter codes of ISO 3166-1, from the Unicode CLDR."""

from __future__ import annotations

from functools import cache


@cache
def country_name(code: str) -> str:
    """Return the English name of a country, or the code itself where it has none."""
    from babel import Locale

    return str(Locale("en").territories.get(code, code))
