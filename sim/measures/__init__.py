"""What came out: numbers with units, computed from records."""

from sim.measures.disruption import DISRUPTION
from sim.measures.measure import Measure, Value, find_measure
from sim.measures.record import Record, Span, record_of
from sim.measures.terminal import TERMINAL
from sim.measures.trade import TRADE

MEASURES: dict[str, Measure] = {measure.name: measure for measure in (*TRADE, *DISRUPTION, *TERMINAL)}


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


__all__ = ["MEASURES", "Measure", "Record", "Span", "Value", "find_measure", "record_of", "summarise"]
