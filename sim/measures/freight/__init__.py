"""Measures of dry cargo: deliveries, transit days, lines, quays, ships and yards."""
