"""The back-test: what is simulated beside what was reported, and beside naive forecasts."""
