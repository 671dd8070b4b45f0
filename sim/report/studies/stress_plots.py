"""What a stress test found, handed to the plots that draw it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from sim.plots.dates import day
from sim.plots.figures import save
from sim.plots.stress import Curve, Standing, stress_curves, stress_ranking
from sim.report.studies.sweep_plots import file_name
from sim.studies.formatting import format_recovery
from sim.studies.stress.impact import ClosureImpact, loss_sign
from sim.studies.stress.results import Stress
from sim.studies.verdicts import spread

Axes = Any  # of matplotlib, which only plots know
MOST_NAMED = 8
MOST_RANKED = 20


def draw_stress(found: Stress, place: int = 0, ax: Axes | None = None) -> Axes:
    """Loss against length by the measure at a place among those of the stress test, the worst ones named."""
    curves = [
        _curve(found, one, place, named=number < MOST_NAMED and _is_clear(one, place))
        for number, one in enumerate(_by(found, place))
    ]
    return stress_curves(curves, _title(found), _subtitle(found), _label(found, place), ax)


def draw_stress_ranking(found: Stress, place: int = 0, paired: bool = False, ax: Axes | None = None) -> Axes:
    """What costs most when it is shut longest, by the measure at a place, and when all is back; or pairs."""
    standings = [
        _standing(found, one, place)
        for one in _by(found, place, paired)[:MOST_RANKED]
        if _mean(one, place) > 0.0
    ]
    longest = f"{found.lengths[-1]:g} days"
    told = _subtitle(found, paired)
    return stress_ranking(standings, _title(found), told, _label(found, place), longest, ax)


def save_stress(found: Stress, folder: Path) -> list[Path]:
    """Write loss.png, ranking.png and, where there are pairs, ranking-pairs.png, each also as SVG.

    Of each measure of loss after the first with its name behind.
    """
    files: list[Path] = []
    for place, wanted in enumerate(found.wanted):
        behind = f"-{file_name(wanted)}" if place else ""
        files += save(draw_stress(found, place), folder, f"loss{behind}")
        files += save(draw_stress_ranking(found, place), folder, f"ranking{behind}")
        if found.worse_together():
            files += save(draw_stress_ranking(found, place, True), folder, f"ranking-pairs{behind}")
    return files


def _by(found: Stress, place: int, paired: bool = False) -> list[ClosureImpact]:
    """The blows of the longest length, those first that cost most by a measure."""
    some = found.worse_together() if paired else found.ranked()
    return sorted(some, key=lambda one: -_mean(one, place))


def _mean(one: ClosureImpact, place: int) -> float:
    loss = one.loss(place)
    return loss.mean if loss else -np.inf


def _is_clear(one: ClosureImpact, place: int) -> bool:
    """Whether anything is lost for certain."""
    loss = one.loss(place)
    return loss is not None and loss.mean > 0.0 and not loss.is_near_zero


def _curve(found: Stress, one: ClosureImpact, place: int, named: bool) -> Curve:
    losses = [found.of(one.target.name, days).loss(place) for days in found.lengths]
    return Curve(
        name=one.target.name if named else "",
        days=(0.0, *found.lengths),
        losses=(0.0, *(loss.mean if loss else np.nan for loss in losses)),
        half_widths=(0.0, *((loss.half_width or 0.0) if loss else 0.0 for loss in losses)),
    )


def _standing(found: Stress, one: ClosureImpact, place: int) -> Standing:
    loss, beyond = one.loss(place), one.beyond_worse(place)
    told = [f"{spread(loss)} {found.wanted[place].unit}".strip() if loss else "–"]
    if beyond is None and one.fell:
        told.append(f"back after {format_recovery(one)} days" if one.recovery else format_recovery(one))
    whole = loss.mean if loss else 0.0
    return Standing(
        name=one.target.name,
        loss=whole,
        more=min(max(beyond.mean, 0.0), whole) if beyond else 0.0,
        shorter={days: _mean(found.of(one.target.name, days), place) for days in found.lengths[:-1]},
        told="; ".join(told),
    )


def _label(found: Stress, place: int) -> str:
    wanted = found.wanted[place]
    more = f"{'more' if loss_sign(wanted) > 0.0 else 'less'} than without"
    return f"{wanted}, {more} ({wanted.unit})" if wanted.unit else f"{wanted}, {more}"


def _title(found: Stress) -> str:
    return f"{found.base.title}: what closures cost"


def _subtitle(found: Stress, paired: bool = False) -> str:
    shut = "Two shut together" if paired else "Each shut by itself"
    return (
        f"{shut} from {day(found.base.start, found.since)}, against the run without, same luck; "
        f"{len(found.base)} replications, 95 % intervals"
    )
