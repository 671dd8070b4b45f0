"""Headlines of a run: the measures that stand for it in tables and comparisons, in their order."""

from __future__ import annotations

from dataclasses import dataclass

from sim.measures.measure import Headline, Measure
from sim.measures.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineElement:
    """A headline measure of one element, with the label that follows the measure's title."""

    measure: Measure
    headline: Headline
    element: str
    label: str

    @property
    def title(self) -> str:
        return f"{self.measure.title}, {self.label}" if self.label else self.measure.title


def headlines(record: Record, measures: dict[str, Measure]) -> list[HeadlineElement]:
    """Return the headlines that a run has, in order."""
    declared = [(measure.headline, measure) for measure in measures.values() if measure.headline]
    declared.sort(key=lambda pair: pair[0].place)
    result: list[HeadlineElement] = []
    for headline, measure in declared:
        labels = headline.elements(record.network)
        if labels:
            measured = {*measure.elements(record)}
            result += [
                HeadlineElement(measure=measure, headline=headline, element=element, label=label)
                for element, label in labels.items()
                if element in measured
            ]
    return result
