"""What a sensitivity study found, in lines of text for the terminal and for pages."""

from __future__ import annotations

from sim.studies.estimates import Estimate
from sim.studies.formatting import format_range, format_value
from sim.studies.sensitivity.found import Sensitivity
from sim.studies.sensitivity.screening import Screening
from sim.studies.sensitivity.screening_methods import Effect
from sim.studies.verdicts import spread

MOST_LINES = 20  # of numbers that are told


def sensitivity_table(found: Sensitivity, place: int = 0) -> list[list[str]]:
    """Column titles, then a line for each of the assumed numbers that move a measure most."""
    lines = [["assumed number", "as it is", "moved between", "where smaller", "where larger"]]
    for one in found.ranked(place)[:MOST_LINES]:
        low, high = one.ends(place)
        value = format_value(one.ranged.value, one.ranged.number.unit)
        lines.append([one.name, value, format_range(one.ranged), _signed(low), _signed(high)])
    return lines


def share_line(found: Sensitivity, place: int = 0) -> str:
    """How much of an answer rests on assumed numbers, in words."""
    share, wanted = found.assumed_share(place), found.wanted[place]
    if share is None:
        return f"{wanted}: how much of it rests on assumed numbers cannot be told, {_why(found)}"
    among = "" if found.is_whole else ", of those asked for"
    return f"{wanted}: about {share:.0%} of it rests on assumed numbers{among} (see summary.json)"


def _why(found: Sensitivity) -> str:
    if len(found.base) < 2:
        return "from a single replication"
    if all(one.ranged.is_assumed for one in found.swings):
        return "as only assumed ones were moved"
    return "as none of those that were moved does anything"


def screening_table(found: Screening) -> list[list[str]]:
    """Column titles, then a line for each number of a screening, those that matter most first."""
    if found.method == "morris":
        lines = [["number", "mean effect", "size of effect", "spread"]]
    else:
        lines = [["number", "part of the variance alone", "with others"]]
    for one in found.ranked():
        name = one.ranged.number.name
        if isinstance(one, Effect):
            lines.append([name, f"{one.mean:.3g}", _plain(one.size, one.half_width), f"{one.spread:.3g}"])
        else:
            lines.append([name, _plain(one.alone, one.alone_half_width), _plain(one.total, one.half_width)])
    return lines


def _signed(found: Estimate | None) -> str:
    if found is None:
        return "–"
    if not found.mean and not found.half_width:
        return "0"
    return ("+" if found.mean > 0 else "") + spread(found).replace("-", "−")


def _plain(value: float, half_width: float) -> str:
    return spread(Estimate(value, half_width, 2)).replace("-", "−")
