"""Liquids in a run: fields, flows, tank farms, moorings and tankers."""
