"""Measures: numbers with units, computed from the record of a run."""

from sim.measures.freight.bottlenecks import bottlenecks
from sim.measures.freight.corridor_recovery import CORRIDOR_RECOVERY
from sim.measures.freight.days import DAYS, LegDays, days_by_leg
from sim.measures.freight.delivered import FREIGHT
from sim.measures.freight.lines import LINES
from sim.measures.freight.quays import QUAYS
from sim.measures.freight.reliability import CORRIDOR_RELIABILITY
from sim.measures.freight.service_level import SERVICE_LEVEL
from sim.measures.freight.services import SERVICES
from sim.measures.freight.transit import TRANSIT
from sim.measures.freight.utilisation import Constraint
from sim.measures.freight.yards import YARDS
from sim.measures.headlines import HeadlineElement, headlines
from sim.measures.measure import Measure, Value, find_measure
from sim.measures.oil.demurrage import DEMURRAGE
from sim.measures.oil.disruption import DISRUPTION
from sim.measures.oil.money import MONEY
from sim.measures.oil.recovery import RECOVERY
from sim.measures.oil.reliability import EXPORT_RELIABILITY
from sim.measures.oil.shortfall import SHORTFALL
from sim.measures.oil.terminal import TERMINAL
from sim.measures.oil.trade import TRADE
from sim.measures.oil.use import USE
from sim.measures.port_load import PORT_LOAD
from sim.measures.record import BoycottSpan, Record, Span, record_of

OF_OIL: dict[str, tuple[Measure, ...]] = {
    "Exports and output": (*TRADE, *EXPORT_RELIABILITY),
    "Shortfall and recovery": (*SHORTFALL, *RECOVERY),
    "Pipelines, tanks and tankers": (*DISRUPTION, *TERMINAL, *USE),
    "Money": (*MONEY, *DEMURRAGE),
}
OF_FREIGHT: dict[str, tuple[Measure, ...]] = {
    "Delivered and sent": (*FREIGHT, *SERVICE_LEVEL, *CORRIDOR_RELIABILITY),
    "Transit": (*TRANSIT, *DAYS),
    "Recovery": CORRIDOR_RECOVERY,
    "Lines, quays, ships and yards": (*LINES, *QUAYS, *PORT_LOAD, *SERVICES, *YARDS),
}
OIL = tuple(measure for group in OF_OIL.values() for measure in group)
DRY = tuple(measure for group in OF_FREIGHT.values() for measure in group)
MEASURES: dict[str, Measure] = {measure.name: measure for measure in (*OIL, *DRY)}


def summarise(record: Record) -> list[Value]:
    """Return every measure of a record, over the whole run."""
    return [
        Value(
            measure=measure.name,
            element=element,
            value=measure(record, element),
            unit=measure.unit,
            better=measure.better,
        )
        for measure in MEASURES.values()
        for element in measure.elements(record)
    ]


def headlines_of(record: Record) -> list[HeadlineElement]:
    """Return the headlines that a run has, in order."""
    return headlines(record, MEASURES)


__all__ = [
    "MEASURES",
    "BoycottSpan",
    "Constraint",
    "HeadlineElement",
    "LegDays",
    "Measure",
    "Record",
    "Span",
    "Value",
    "bottlenecks",
    "days_by_leg",
    "find_measure",
    "headlines_of",
    "record_of",
    "summarise",
]
