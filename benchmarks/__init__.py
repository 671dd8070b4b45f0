"""What the engine costs, measured beside what it replaces. `make bench` runs both programmes."""
