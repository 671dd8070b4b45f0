"""Lines, yards, quays, services and corridors: legs, capacities and bounds of dry cargo."""
