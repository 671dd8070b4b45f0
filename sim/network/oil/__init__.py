"""Pipelines, tank farms, berths and contracts: routes, capacities and bounds of the liquids."""
