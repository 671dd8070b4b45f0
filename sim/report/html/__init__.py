"""One page that shows a run: map, plots, story, tables and sources in a single file that needs no network."""

from sim.report.html.page import write_report

__all__ = ["write_report"]
