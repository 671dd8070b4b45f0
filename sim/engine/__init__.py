"""What unfolds: one run of a scenario on a fresh world."""

from sim.engine.journal import Call, Event, Journal, Series, Stay
from sim.engine.oil.ledger import Balance
from sim.engine.plan import Plan, prepare
from sim.engine.world import Outcome, World

__all__ = ["Balance", "Call", "Event", "Journal", "Outcome", "Plan", "Series", "Stay", "World", "prepare"]
