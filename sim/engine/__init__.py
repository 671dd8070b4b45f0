"""Simulation of a scenario: a plan, a fresh world for each run, and its journal."""

from sim.engine.journal import CallRecord, Event, Journal, Series
from sim.engine.oil.ledger import Balance
from sim.engine.plan import Plan, prepare
from sim.engine.world import Outcome, World

__all__ = ["Balance", "CallRecord", "Event", "Journal", "Outcome", "Plan", "Series", "World", "prepare"]
