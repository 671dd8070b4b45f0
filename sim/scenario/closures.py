"""From a closure as written to the steps that an element's capacity takes."""

from __future__ import annotations

from datetime import date, datetime, time

from sim.scenario.schema import Closure, Disturbance, Moment


def day_of(moment: Moment, start: date) -> float:
    """Days from the start of the run to a date (its midnight) or a date and time."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return (moment.replace(tzinfo=None) - datetime.combine(start, time())).total_seconds() / 86_400


def disturbance(closure: Closure, elements: tuple[str, ...], start: date) -> Disturbance:
    """The steps of a closure: down at its start, and back as its recovery says."""
    until = day_of(closure.until, start)
    announced = closure.announced_until or closure.until
    steps = [(day_of(closure.since, start), closure.remaining), *recovery_steps(closure, until)]
    return Disturbance(
        label=closure.label or closure.cause or ", ".join(closure.element),
        elements=elements,
        steps=tuple(steps),
        announced=day_of(announced, start),
        planned=closure.planned,
        cause=closure.cause,
        source=closure.source,
    )


def recovery_steps(closure: Closure, until: float) -> list[tuple[float, float]]:
    """(day, share) from the end of a closure until all is back."""
    recovery, low = closure.recovery, closure.remaining
    if recovery.shape == "linear":
        whole = int(recovery.days)
        edges = [*map(float, range(whole)), *([float(whole)] if recovery.days > whole else []), recovery.days]
        middles = [(a + b) / 2 / recovery.days for a, b in zip(edges, edges[1:], strict=False)]
        back = [
            (until + edge, low + (1 - low) * middle) for edge, middle in zip(edges, middles, strict=False)
        ]
        return [*back, (until + recovery.days, 1.0)]
    if recovery.shape == "steps":
        back = [(until + days, max(low, share)) for days, share in recovery.steps]
        if back[0][0] > until:
            back.insert(0, (until, low))
        return back if back[-1][1] == 1.0 else [*back, (back[-1][0], 1.0)]
    return [(until, 1.0)]
