"""Charts: one description of each, drawn by matplotlib for print and by plotly for the page."""
