"""Page of a run or study: map, charts, story, tables and sources in one file that needs no network."""

from sim.report.page.run_page import write_report

__all__ = ["write_report"]
