"""Charts as the script of a page draws them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sim.charts.chart import Chart
from sim.charts.interactive import PHONE, figure, layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A chart on a page: finding as title, label, caption, traces, and layouts on a wide page and a phone.

    The reader may choose one of `others` in its place, by its label.
    """

    id: str
    title: str
    label: str
    caption: str
    data: list[dict[str, Any]]
    layout: dict[str, Any]
    phone: dict[str, Any]
    others: list[Plot] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Return the plot and those that can be chosen in its place, as the script reads them."""
        return {
            "id": self.id,
            "choices": [
                {
                    "title": plot.title,
                    "caption": plot.caption,
                    "data": plot.data,
                    "layout": plot.layout,
                    "phone": plot.phone,
                }
                for plot in (self, *self.others)
            ],
        }


def plots_of(groups: Iterable[Sequence[Chart]]) -> list[Plot]:
    """Return a plot for each group of charts, in which the reader can choose among them."""
    return [_plot(group[0], group[1:]) for group in groups if group]


def _plot(chart: Chart, others: Sequence[Chart] = ()) -> Plot:
    drawn = figure(chart).to_plotly_json()
    return Plot(
        id=chart.name,
        title=chart.finding,
        label=chart.label or chart.subject,
        caption=". ".join(text.rstrip(".") for text in (chart.subject, chart.note) if text) + ".",
        data=drawn["data"],
        layout=drawn["layout"],
        phone={**layout(chart, PHONE), "showlegend": drawn["layout"]["showlegend"]},
        others=[_plot(other) for other in others],
    )
