"""What came out: numbers with units, computed from records."""

from sim.measures.bottlenecks import bottlenecks
from sim.measures.days import DAYS, LegDays, where_days_go
from sim.measures.disruption import DISRUPTION
from sim.measures.freight import FREIGHT
from sim.measures.lines import LINES
from sim.measures.measure import Measure, Value, find_measure
from sim.measures.quays import QUAYS
from sim.measures.record import Boycotted, Record, Span, record_of
from sim.measures.service_given import SERVICE_GIVEN
from sim.measures.services import SERVICES
from sim.measures.strain import Strain
from sim.measures.terminal import TERMINAL
from sim.measures.trade import TRADE
from sim.measures.transit import TRANSIT
from sim.measures.yards import YARDS

OIL = (*TRADE, *DISRUPTION, *TERMINAL)
DRY = (*FREIGHT, *SERVICE_GIVEN, *TRANSIT, *DAYS, *LINES, *QUAYS, *SERVICES, *YARDS)
MEASURES: dict[str, Measure] = {measure.name: measure for measure in (*OIL, *DRY)}


def summarise(record: Record) -> list[Value]:
    """Every measure of a record, over its whole horizon."""
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


__all__ = [
    "MEASURES",
    "Boycotted",
    "LegDays",
    "Measure",
    "Record",
    "Span",
    "Strain",
    "Value",
    "bottlenecks",
    "find_measure",
    "record_of",
    "summarise",
    "where_days_go",
]
