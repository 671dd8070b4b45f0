"""What waits in a yard for one leg on, first come first served, and whom a full yard holds up."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sim.engine.clock import Clock
from sim.engine.freight.consignments import Consignment
from sim.engine.gates import Gate
from sim.engine.journal import Journal

if TYPE_CHECKING:
    from sim.engine.freight.trips import Carriage

CLOSE = 1e-6  # units of cargo: two amounts closer than this are the same


class Pile:
    """The consignments in a yard that wait for one stretch.

    Each is `ready` to be taken after the yard's handling. `wanted` is told when more has become ready.
    Without a yard (`gate` is None) there is all the room in the world.
    """

    __slots__ = (
        "_coming", "_env", "_handling", "_journal", "_letting_in", "gate", "held", "level", "queue", "ready",
        "stretch", "wanted",
    )  # fmt: skip

    def __init__(
        self, env: Clock, journal: Journal, stretch: str, gate: Gate | None, handling: float
    ) -> None:
        self._env, self._journal, self.stretch, self.gate = env, journal, stretch, gate
        self._handling = handling
        self._coming: deque[Consignment] = deque()
        self.queue: deque[Consignment] = deque()
        self.level = self.ready = 0.0
        self.held: deque[Carriage] = deque()
        self.wanted: list[Callable[[], None]] = []
        self._letting_in = False
        if gate is not None:
            gate.listeners.append(self._let_in)

    # -- coming -------------------------------------------------------------------------------

    def admits(self, amount: float, turn: Pile | None) -> bool:
        """Whether there is room for a consignment, and nobody who came before waits for it."""
        if self.held and turn is not self:
            return False
        return self.gate is None or self.level + amount <= self.gate.capacity + CLOSE

    def put(self, consignment: Consignment) -> None:
        consignment.came = self._env.now
        self.level += consignment.amount
        coming = self._coming
        if self._handling > 0.0:
            if not coming or coming[-1].came < consignment.came:  # those of one train are handled together
                self._env.call(self._handling, self._handled)
            coming.append(consignment)
        else:
            self.queue.append(consignment)
            self.ready += consignment.amount
            self.tell()

    def lie(self, consignment: Consignment, came: float) -> None:
        """Lie here, ready, from before the run began."""
        consignment.came = came
        self.level += consignment.amount
        self.ready += consignment.amount
        self.queue.append(consignment)

    def begin(self) -> None:
        """Put what lies here since before the run in order of coming, and tell those who take from here."""
        self.queue = deque(sorted(self.queue, key=lambda consignment: (consignment.came, consignment.born)))
        self.tell()

    def _handled(self) -> None:
        coming = self._coming
        came = coming[0].came
        while coming and coming[0].came == came:
            consignment = coming.popleft()
            self.queue.append(consignment)
            self.ready += consignment.amount
        self.tell()

    def tell(self) -> None:
        """Let those know who take from here."""
        for call in self.wanted:
            call()

    # -- going --------------------------------------------------------------------------------

    def head(self) -> Consignment | None:
        """The one that has waited longest, ready or not."""
        while self.queue and self.queue[0].amount <= 0.0:  # gave up waiting
            self.queue.popleft()
        return self.queue[0] if self.queue else self._coming[0] if self._coming else None

    @property
    def pressing(self) -> float:
        """What could be taken, and what could be if there were room: the cargo of those held up for it."""
        held = [lot.amount for held in self.held for lot in held.cargo if held.stretch.onward(lot) is self]
        return self.ready + sum(held)

    def all(self) -> Iterator[Consignment]:
        """All that lies here, in order of coming."""
        yield from self.queue
        yield from self._coming

    def take(self, most: float, split: bool) -> list[Consignment]:
        """Take what is ready, in order of coming, up to an amount.

        Consignments stay whole, but the last to fit is `split` if asked, and one larger than `most`
        always is.
        """
        taken: list[Consignment] = []
        left, queue = most, self.queue
        while queue and left > CLOSE:
            first = queue[0]
            if first.amount <= left + CLOSE:
                queue.popleft()
                if first.amount <= 0.0:
                    continue
                part = first
            elif split or first.amount > most:
                part = first.split(left)
            else:
                break
            taken.append(part)
            left -= part.amount
        gone = sum([part.amount for part in taken])
        self._sink(gone)
        return taken

    def give_up(self, consignment: Consignment) -> float:
        """A consignment that lies here is not sent this way after all; how much that is."""
        amount, consignment.amount = consignment.amount, 0.0
        if consignment in self._coming:
            self.ready += amount  # which `_sink` takes off again
        self._sink(amount)
        return amount

    def _sink(self, amount: float) -> None:
        self.level -= amount
        self.ready -= amount
        if self.held:
            self._let_in()

    # -- those held up ------------------------------------------------------------------------

    def hold(self, carriage: Carriage, turn: Pile | None) -> None:
        """A train stays on its line, a ship at its quay, until there is room."""
        if turn is self:
            self.held.appendleft(carriage)
            return
        if not self.held and self.gate is not None:
            self._journal.log_event(self._env.now, "held", self.gate.element, self.level, self.stretch)
        self.held.append(carriage)
        self.tell()

    def _let_in(self) -> None:
        if self._letting_in:
            return  # what is being let in made somebody take something: look again below
        self._letting_in = True
        before = len(self.held)
        while self.held and self.admits(self.held[0].cargo[0].amount, self):
            self.held.popleft().set_down(self)
        self._letting_in = False
        if before and not self.held and self.gate is not None:
            self._journal.log_event(self._env.now, "freed", self.gate.element, self.level, self.stretch)
