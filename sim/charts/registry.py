"""All charts of a run: add a chart with one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sim.charts.chart import Chart
from sim.charts.freight.corridors import corridors
from sim.charts.freight.corridors_difference import corridors_difference
from sim.charts.freight.days import days
from sim.charts.freight.groups import dry_cargoes
from sim.charts.freight.outcome import outcome
from sim.charts.freight.ports import ports
from sim.charts.freight.space_time import corridor_drawn, space_time
from sim.charts.freight.transit import transit
from sim.charts.freight.use import use
from sim.charts.freight.waiting import quays, ships_wait, trains, trains_wait
from sim.charts.freight.yards import yards
from sim.charts.oil.curtailment import curtailment
from sim.charts.oil.liquids import liquids
from sim.charts.oil.queue import called_lanes, queue
from sim.charts.oil.tank_farms import tank_farms, used_farms
from sim.charts.oil.tank_level import called_farm, tank_level
from sim.charts.oil.throughput import throughput
from sim.charts.oil.throughput_difference import throughput_difference
from sim.charts.over_time import overlap
from sim.measures.record import Record
from sim.measures.sides import Side
from sim.network.elements import Cargo


@dataclass(frozen=True, slots=True, kw_only=True)
class RunChart:
    """A chart of a run, built if the run has what it `applies` to."""

    side: Side
    build: Callable[[Record, Record | None], Chart]
    applies: Callable[[Record], object] = lambda record: True
    needs_reference: bool = False

    def charts(self, record: Record, reference: Record | None) -> Iterator[Chart]:
        """Yield the chart, if it applies."""
        if self.applies(record):
            yield self.build(record, reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class CargoChart:
    """A chart of each of the cargoes of a run; those after the first have the cargo's id in their name."""

    side: Side
    build: Callable[[Record, Cargo, Record | None], Chart]
    needs_reference: bool = False

    def charts(self, record: Record, reference: Record | None) -> Iterator[Chart]:
        """Yield the chart of each cargo in turn."""
        for index, cargo in enumerate(CARGOES[self.side](record)):
            chart = self.build(record, cargo, reference)
            yield replace(chart, name=f"{chart.name}-{cargo.id}") if index else chart


CARGOES: dict[Side, Callable[[Record], list[Cargo]]] = {"oil": liquids, "freight": dry_cargoes}
CHARTS = (
    CargoChart(side="oil", build=throughput),
    CargoChart(side="oil", build=throughput_difference, needs_reference=True),
    CargoChart(side="oil", build=curtailment),
    RunChart(side="oil", build=tank_level, applies=lambda record: called_farm(record.network)),
    RunChart(side="oil", build=tank_farms, applies=used_farms),
    RunChart(side="oil", build=queue, applies=called_lanes),
    CargoChart(side="freight", build=corridors),
    RunChart(side="freight", build=corridors_difference, needs_reference=True),
    CargoChart(side="freight", build=transit),
    CargoChart(side="freight", build=days),
    RunChart(side="freight", build=outcome),
    CargoChart(side="freight", build=ports),
    RunChart(side="freight", build=yards),
    RunChart(side="freight", build=trains, applies=trains_wait),
    RunChart(side="freight", build=quays, applies=ships_wait),
    RunChart(side="freight", build=use),
    RunChart(side="freight", build=space_time, applies=corridor_drawn),
)


def chart_groups(record: Record, reference: Record | None = None) -> Iterator[tuple[Chart, ...]]:
    """Yield all charts of a run but its maps, those of one kind for several cargoes together.

    A reference run is drawn in the charts of a side that both runs have, where their dates meet.
    """
    reference = overlap(record, reference)
    for entry in CHARTS:
        other = reference if reference and CARGOES[entry.side](reference) else None
        if CARGOES[entry.side](record) and (other or not entry.needs_reference):
            charts = tuple(entry.charts(record, other))
            if charts:
                yield charts


def charts_of(record: Record, reference: Record | None = None) -> list[Chart]:
    """Return all charts of a run but its maps."""
    return [chart for group in chart_groups(record, reference) for chart in group]
