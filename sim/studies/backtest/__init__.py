"""Back-test: simulated against reported figures, and against naive forecasts."""
