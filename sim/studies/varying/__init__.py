"""Numbers of a scenario that a study gives other values."""
