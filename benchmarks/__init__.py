"""Cost of the engine, measured against the model that it replaces; `make bench` runs both."""
