"""What was exported, by whom and which way; what was produced, diverted, and left in the ground."""

from __future__ import annotations

from sim.measures.measure import Measure
from sim.measures.oil.origins import (
    ALL,
    FLOWS,
    KILOTONNE,
    MEGATONNE,
    ORIGINS,
    by_shipper,
    country_flows,
    exported_tonnes,
    flows,
    origins,
)
from sim.measures.record import Record


def _exported(record: Record, element: str, a: float, b: float) -> float:
    return exported_tonnes(record, element, a, b) / MEGATONNE


def _export_rate(record: Record, element: str, a: float, b: float) -> float:
    return exported_tonnes(record, element, a, b) / KILOTONNE / (b - a)


def _share(record: Record, element: str, a: float, b: float) -> float | None:
    origin, _, _market = element.partition(">")
    whole = exported_tonnes(record, f"{origin}>{ALL}", a, b)
    return 100.0 * exported_tonnes(record, element, a, b) / whole if whole > 0 else None


def _output(record: Record, element: str, a: float, b: float) -> float:
    return by_shipper("produced", KILOTONNE)(record, element, a, b) / (b - a)


def _served(record: Record, element: str, a: float, b: float) -> float | None:
    potential = by_shipper("potential", 1.0)(record, element, a, b)
    return 100.0 * by_shipper("produced", 1.0)(record, element, a, b) / potential if potential else None


def _shares(record: Record) -> list[str]:
    return [flow for flow in country_flows(record) if not flow.endswith(ALL)]


TRADE = (
    Measure(
        name="exported",
        title="Exported",
        unit="Mt",
        better="more",
        what="Oil that reached a market; at moorings, as it is pumped. Parts of one origin are noted once "
        "a day, with straight lines between.",
        by=FLOWS,
        of=_exported,
        elements=flows,
    ),
    Measure(
        name="export rate",
        title="Export rate",
        unit="kt/day",
        better="more",
        what="`exported`, by the days of the window.",
        by=FLOWS,
        of=_export_rate,
        elements=flows,
    ),
    Measure(
        name="share",
        title="Share of exports",
        unit="%",
        better="neither",
        what="The part of an origin's exports that went to a market.",
        by=FLOWS,
        of=_share,
        elements=_shares,
    ),
    Measure(
        name="produced",
        title="Produced for export",
        unit="Mt",
        better="more",
        what="What the fields gave, into pipelines and their own tanks.",
        by=ORIGINS,
        of=by_shipper("produced", MEGATONNE),
        elements=origins,
    ),
    Measure(
        name="output",
        title="Mean output",
        unit="kt/day",
        better="more",
        what="`produced`, by the days of the window.",
        by=ORIGINS,
        of=_output,
        elements=origins,
    ),
    Measure(
        name="curtailed",
        title="Curtailed",
        unit="Mt",
        better="less",
        what="What the fields could have given and did not, as it could not leave and their tanks were "
        "full. Outages of their own are not counted.",
        by=ORIGINS,
        of=by_shipper("curtailed", MEGATONNE),
        elements=origins,
    ),
    Measure(
        name="diverted",
        title="Diverted",
        unit="kt",
        better="neither",
        what="What was sent beyond the normal limits of contracts, by their surges.",
        by=ORIGINS,
        of=by_shipper("diverted", KILOTONNE),
        elements=origins,
    ),
    Measure(
        name="served",
        title="Output against potential",
        unit="%",
        better="more",
        what="`produced` as a part of what the fields could have given.",
        by=ORIGINS,
        of=_served,
        elements=origins,
    ),
)
