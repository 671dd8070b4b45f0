"""The page on measures (docs/MEASURES.md), made from their declarations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from sim.measures import OF_FREIGHT, OF_OIL, Measure

HEAD = """\
# Measures

What a run is judged by. Each measure is declared once, in `sim/measures/`, and has its name in
`summary.json`, `measures.csv`, comparisons and the back-test. It is reckoned for an element (the column *of*;
`summary.json` lists those of a run), over the whole run or a *window* between two days. *Better* is what a
shipper would wish for. Where there is nothing to tell, such as a time to something that never came, there is
no value.

How elements are written:

- an *origin*: `*` for all, a country (`KZ`), a shipper (`tengiz`); *exports*: `KZ>mediterranean`, `*` for any
- a *way* of boxes and wagons: `*`, a demand, a cargo, a group of corridors (`middle`), a corridor, or
  `containers>middle`; up to a place: `middle@alat`
- a *line*: its id; one way over it, `aktau-alat>alat`; all that carry a tag, `tag:caspian`
- a *leg*: its id, `aktau>alat:containers`; one kind of its days, `yard@aktau>alat:containers`, which is
  `path`, `yard`, `ship`, `weather`, `held` or `moving`
- *places*: `aktau+kuryk`

This page is written by `sim/report/measures_page.py`; a test holds it to the declarations.
"""
COLUMNS = ("measure", "unit", "better", "of", "what it is")


def measures_page() -> str:
    """The page, in Markdown."""
    parts = [HEAD, *_section("Oil", OF_OIL), *_section("Boxes and wagons", OF_FREIGHT)]
    return "\n".join(parts)


def write_measures_page(file: Path) -> None:
    file.write_text(measures_page(), encoding="utf-8")


def _section(title: str, groups: Mapping[str, tuple[Measure, ...]]) -> Iterator[str]:
    yield f"## {title}\n"
    for name, measures in groups.items():
        rows = [COLUMNS, tuple("---" for _ in COLUMNS), *map(_row, measures)]
        table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
        yield f"### {name}\n\n{table}"


def _row(measure: Measure) -> tuple[str, ...]:
    what = f"**{measure.title}.** {measure.what}"
    return f"`{measure.name}`", measure.unit or "1", measure.better, measure.by, what
