"""The standard figures of a run, as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib
from matplotlib.axes import Axes

from sim.charts.map.scene import map_scene
from sim.charts.map.static import draw_map
from sim.measures.sides import Side
from sim.network.network import Network
from sim.plots.beside import corridors_overlay
from sim.plots.corridors import corridors
from sim.plots.crossings import crossings
from sim.plots.curtailment import curtailment
from sim.plots.days import days
from sim.plots.freight import carries_oil, travelling
from sim.plots.outcome import outcome
from sim.plots.overlay import throughput_overlay
from sim.plots.parts import of_freight, of_oil
from sim.plots.queue import queue
from sim.plots.space_time import space_time
from sim.plots.style import STYLE
from sim.plots.tank import tank_level
from sim.plots.throughput import throughput
from sim.plots.transit import transit
from sim.plots.use import use
from sim.plots.yards import yards

if TYPE_CHECKING:
    from sim.measures.record import Record

DPI = 150
PER_CARGO = {"corridors": corridors, "ports": crossings, "days": days}


def write_figures(record: Record, folder: Path, baseline: Record | None = None) -> list[Path]:
    """Write the standard figures of a run as PNG and SVG; the same run gives the same bytes.

    Oil gives throughput, tank-level, curtailment, queue and map; tank-level and queue are those of
    `called_stock`, and left out of a network that has none. Boxes, wagons and lorries give corridors,
    ports and days (of each cargo after the first with its id behind), transit and space-time of the
    first cargo, yards, use, outcome and map. With a `baseline` comes beside, which has both runs on one axis.
    Where a run carries both, the freight's map and beside are map-freight and beside-freight.
    """
    return [path for name, draw in _standard(record, baseline) for path in save(draw(), folder, name)]


def save(ax: Axes, folder: Path, name: str) -> list[Path]:
    """Write the figure of some axes as `name`.png and `name`.svg, free of dates and versions."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    png, svg = folder / f"{name}.png", folder / f"{name}.svg"
    with matplotlib.rc_context(STYLE):
        figure.savefig(png, dpi=DPI, metadata={"Software": None})
        figure.savefig(svg, metadata={"Date": None, "Creator": None})
    return [png, svg]


def called_stock(network: Network) -> str | None:
    """The first stock that feeds a sea lane which ships of the world market are called to."""
    called = {lane for fleet in network.fleets.values() if fleet.vessels is None for lane in fleet.lanes}
    return next((stock.id for stock in network.stocks.values() if stock.feeds in called), None)


def _standard(record: Record, baseline: Record | None) -> Iterator[tuple[str, Callable[[], Axes]]]:
    if carries_oil(record.network):
        usual = baseline if baseline is not None and carries_oil(baseline.network) else None
        yield from _oil(of_oil(record), of_oil(usual) if usual else None)
    if travelling(record.network):
        usual = baseline if baseline is not None and travelling(baseline.network) else None
        ending = "-freight" if carries_oil(record.network) else ""
        yield from _freight(of_freight(record), of_freight(usual) if usual else None, ending)


def _oil(record: Record, baseline: Record | None) -> Iterator[tuple[str, Callable[[], Axes]]]:
    stock = called_stock(record.network)
    yield "throughput", partial(throughput, record, baseline=baseline)
    if baseline is not None:
        labels = [baseline.title, record.title]
        yield "beside", partial(throughput_overlay, [baseline, record], labels)
    if stock is not None:
        yield "tank-level", partial(tank_level, record, stock)
    yield "curtailment", partial(curtailment, record)
    if stock is not None:
        yield "queue", partial(queue, record, record.network.stocks[stock].feeds)
    yield "map", partial(_map, record, "oil", baseline)


def _freight(
    record: Record, baseline: Record | None, ending: str
) -> Iterator[tuple[str, Callable[[], Axes]]]:
    cargoes = travelling(record.network)
    for cargo in cargoes:
        behind = "" if cargo is cargoes[0] else f"-{cargo.id}"
        for name, draw in PER_CARGO.items():
            yield f"{name}{behind}", partial(draw, record, cargo.id)
    yield "transit", partial(transit, record, cargoes[0].id)
    yield "space-time", partial(space_time, record, cargoes[0].id)
    yield "yards", partial(yards, record)
    yield "use", partial(use, record)
    yield "outcome", partial(outcome, record)
    if baseline is not None:
        labels = [baseline.title, record.title]
        yield f"beside{ending}", partial(corridors_overlay, [baseline, record], labels)
    yield f"map{ending}", partial(_map, record, "freight", baseline)


def _map(record: Record, side: Side, reference: Record | None) -> Axes:
    return draw_map(map_scene(record, side, reference))
