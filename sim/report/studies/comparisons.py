"""The folder of a comparison: every difference with its interval and verdict, in tables and pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.report.csv_files import short, write_csv, write_json
from sim.report.folder import atomic_folder, check_target
from sim.report.html.rerun import comparison_request
from sim.scenario import Scenario
from sim.scenario.naming import shortened
from sim.scenario.request import Request
from sim.studies.compare import COLUMNS, Comparison
from sim.studies.differences import Difference
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import CONFIDENCE, Estimate
from sim.studies.variants import NONE, Variant
from sim.studies.verdicts import spread, verdict

AGAINST = "-vs-"


def comparison_name(first: str, others: Sequence[str]) -> str:
    """The name of the folder of a comparison of a scenario with others, or with policies laid over it."""
    return shortened(re.sub(r"[^\w.=%+-]+", "-", AGAINST.join([first, *others])))


def check_comparison(out: Path, variants: Sequence[Variant | Ensemble]) -> None:
    """Refuse to compare what could not be written. Raises `InputError`."""
    check_target(_target(out, variants))


def _target(out: Path, variants: Sequence[Variant | Ensemble]) -> Path:
    """Where it goes; the name of a policy does not say which scenario it is laid over."""
    base, *others = variants
    name = base.scenario.name if isinstance(base, Variant) else base.name
    is_policy = base.label == NONE or f"+{base.label}+" in f"{name}+"
    return out / comparison_name(name if is_policy else base.label, [one.label for one in others])


def write_comparison(
    found: Comparison,
    made_from: Sequence[dict[str, Any]],
    out: Path,
    plots: bool = True,
    scenarios: Sequence[Scenario | None] = (),
    request: Request | None = None,
) -> Path:
    """Write `out`/<a>-vs-<b>/ whole and return it; `made_from` are the manifests of the variants, in order.

    `scenarios` are theirs, for the page to tell what they rest on; None is one that was run earlier.
    Raises `InputError` when the place cannot be written to.
    """
    target = _target(out, found.ensembles)
    with atomic_folder(target) as folder:
        write_csv(folder / "comparison.csv", COLUMNS, short(found.rows()))
        write_json(folder / "summary.json", _summary(found))
        if plots:
            from sim.charts.studies.draw import save_charts
            from sim.charts.studies.registry import comparison_charts
            from sim.report.html.comparison_page import write_comparison_page

            save_charts(comparison_charts(found), folder)
            known = scenarios or [None] * len(found.ensembles)
            write_comparison_page(found, made_from, known, folder, request)
        variants = [
            {"label": one.label, **made} for one, made in zip(found.ensembles, made_from, strict=True)
        ]
        request = request or comparison_request(found, scenarios)
        write_json(folder / "manifest.json", {"request": request.as_json(), "variants": variants})
    return target


def _summary(found: Comparison) -> dict[str, Any]:
    return {
        "base": found.base.label,
        "variants": [one.label for one in found.others],
        "title": found.base.title,
        "seed": found.base.seed,
        "replications": len(found.base),
        "confidence": CONFIDENCE,
        "differences looked at": found.looked_at,
        "note": found.note,
        "verdicts": [
            {"variant": one.variant, "measure": str(one.wanted), "verdict": verdict(one)}
            for one in found.differences
        ],
    }


def comparison_table(found: Comparison) -> list[list[str]]:
    """Column titles, then a line for each measure and variant, and what the difference comes to.

    Measures that are nothing in all variants are left out.
    """
    lines = [["", found.base.label, "unit", "against", "", "verdict"]]
    for wanted in dict.fromkeys(one.wanted for one in found.differences):
        some = [one for one in found.differences if one.wanted == wanted]
        if not any(_is_something(each) for one in some for each in (one.before, one.after)):
            continue
        for place, one in enumerate(some):
            named = ("", "", "") if place else (str(wanted), _cell(one.before), wanted.unit)
            lines.append([*named, one.variant, _cell(one.after), verdict(one) + _share(one)])
    return lines


def _share(one: Difference) -> str:
    """The percentage of the base, where there is one and something to tell."""
    if one.share is None or not one.is_detected:
        return ""
    percentage = 100.0 * one.share
    return f" ({percentage:+.{0 if abs(percentage) >= 10 else 1 if abs(percentage) >= 1 else 2}f} %)"


def _is_something(found: Estimate | None) -> bool:
    return found is not None and (found.mean != 0.0 or bool(found.half_width))


def _cell(found: Estimate | None) -> str:
    return "–" if found is None else spread(found)
