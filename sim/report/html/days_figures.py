"""The plot of where the days go, on the legs of the main corridor and on whole ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sim.network.elements import Cargo
from sim.plots.days import LAYERS, bars_of
from sim.plots.freight import main_corridor, travelling
from sim.report.html.bars_figure import bars_figure
from sim.report.html.figure import Figure
from sim.report.html.shown import Shown

WHAT = "Mean days"


def days_figures(shown: Shown) -> Iterator[Figure]:
    """One plot, of the first cargo that came through anywhere; the others can be chosen in its place."""
    found = [one for cargo in travelling(shown.record.network) for one in _days(shown, cargo)]
    if found:
        first, *others = found
        yield replace(first, others=others)


def _days(shown: Shown, cargo: Cargo) -> Iterator[Figure]:
    bars = bars_of(shown.record, cargo.id)
    if not any(bar.parts for bar in bars):
        return
    main = main_corridor(shown.record, cargo.id)
    told = (
        f"Days of a unit of cargo on each leg{f' of {main.name}' if main else ''}, mean of all that came "
        "through it by whichever corridor; below, on the whole way, mean of what went by that corridor alone"
    )
    usual, name = {}, ""
    if shown.beside and cargo.id in shown.beside.network.cargoes:
        usual = {bar.name: bar.length for bar in bars_of(shown.beside, cargo.id) if bar.parts}
        name = f"In all, in {shown.beside.name}"
    title, fills = f"Where the days go: {cargo.name.lower()}", dict(LAYERS.values())
    yield bars_figure(f"days-{cargo.id}", title, told, bars, fills, WHAT, "days", usual, name)
