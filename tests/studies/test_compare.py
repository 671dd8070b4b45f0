"""Verdicts on differences, and scenarios that cannot be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from stormy_terminal import CURTAILED, EXPORTED, variant

from sim.errors import InputError
from sim.studies.compare import Comparison, check_pairs, compare, compare_ensembles
from sim.studies.ensemble import Ensemble, ensemble
from sim.studies.request import MeasureRequest
from sim.studies.store import Store
from sim.studies.variants import with_policies
from sim.studies.verdicts import verdict


def of(label: str, *values: Sequence[float], requests: Sequence[MeasureRequest] = (CURTAILED,)) -> Ensemble:
    """An ensemble of nothing but these values, a sequence for each measure."""
    made = ensemble(variant(), 1)
    count = len(values[0])
    return replace(
        made,
        label=label,
        requests=tuple(requests),
        values=np.array(values, dtype=float).T,
        replications=tuple(range(count)),
        daily=np.zeros((count, len(made.flows), 30), dtype=np.float32),
    )


def told(before: Sequence[float], after: Sequence[float], request: MeasureRequest = CURTAILED) -> str:
    found = compare_ensembles(
        [of("base", before, requests=[request]), of("other", after, requests=[request])]
    )
    return verdict(found.differences[0])


def test_a_variant_against_itself_is_identical_in_everything() -> None:
    found = compare(variant("one"), variant("other"), replications=10)
    assert found.differences
    for one in found.differences:
        assert one.identical
        assert verdict(one) == "identical"
        assert one.difference is None or (one.difference.mean, one.difference.half_width) == (0.0, 0.0)
    assert found.tests == 0


def test_what_only_rounding_parts_is_identical() -> None:
    assert told([0.3, 0.7, 1e6], [0.1 + 0.2, 0.7, 1e6 + 1e-4]) == "identical"


def test_differences_are_taken_pair_by_pair() -> None:
    """Differences of -2, -3, -4: mean -3, s = 1, half-width 4.302653 / √3, whatever the pairs themselves."""
    found = compare_ensembles([of("base", [10.0, 20.0, 90.0]), of("other", [8.0, 17.0, 86.0])])
    (one,) = found.differences
    assert one.difference is not None
    assert one.difference.mean == -3.0
    assert one.difference.half_width == pytest.approx(4.302653 / 3**0.5, rel=1e-6)
    assert one.unpaired > 10 * one.difference.half_width  # type: ignore[operator]
    assert one.helps is True


LUCK = np.random.default_rng(3).normal(size=30)


@pytest.mark.parametrize(
    ("measure", "shift", "words"),
    [
        (CURTAILED, -1.9, "saves 1.9"),
        (CURTAILED, 1.9, "adds 1.9"),
        (EXPORTED, 1.9, "gains 1.9"),
        (EXPORTED, -1.9, "loses 1.9"),
        (MeasureRequest(measure="diverted", element="*"), 30.0, "raises by 30"),
        (MeasureRequest(measure="recovered after", element="*"), -3.0, "days sooner"),
        (MeasureRequest(measure="throttled after", element="farm"), 3.0, "days later"),
        (MeasureRequest(measure="served", element="*"), 5.0, "percentage points"),
    ],
    ids=str,
)
def test_verdicts_say_in_plain_words_what_a_difference_does(
    measure: MeasureRequest, shift: float, words: str
) -> None:
    apart = shift + (LUCK - LUCK.mean()) / 20
    assert words in told((50 + LUCK[::-1]).tolist(), (50 + LUCK[::-1] + apart).tolist(), measure)


def test_the_verdict_of_the_readme() -> None:
    apart = -1.9 + 0.8 * (LUCK - LUCK.mean()) / LUCK.std(ddof=1)
    found = told((3 + LUCK[::-1]).tolist(), (3 + LUCK[::-1] + apart).tolist())
    assert found == "saves 1.90 ± 0.30 Mt of curtailment"


def test_no_difference_is_claimed_where_random_draws_could_make_it() -> None:
    assert told(LUCK.tolist(), LUCK[::-1].tolist()) == "no detectable difference at 30 replications"


def test_many_measures_are_adjusted_for_together() -> None:
    """A difference that would be one by itself (chance 0.02 to 0.05) is none among twenty others."""
    after = LUCK * 0.1 + 0.04
    alone = compare_ensembles([of("base", LUCK * 0), of("other", after)])
    assert 0.02 < alone.differences[0].p_value < 0.05  # type: ignore[operator]
    assert alone.differences[0].is_detected
    requests = [MeasureRequest(measure="curtailed", element=f"{n}") for n in range(20)]
    noise = np.random.default_rng(4).normal(size=(19, 30))
    among = compare_ensembles(
        [
            of("base", *(LUCK * 0 for _ in requests), requests=requests),
            of("other", after, *noise, requests=requests),
        ]
    )
    assert among.tests == 20
    assert among.differences[0].p_value == alone.differences[0].p_value
    assert not among.differences[0].is_detected
    assert "20 differences" in among.note


@pytest.mark.parametrize(
    ("base", "share"),
    [(10.0, -0.1), (0.0, None), (0.05, None), (1e-9, None)],
)
def test_a_base_near_nothing_gives_no_percentage(base: float, share: float | None) -> None:
    before = base * (1 + LUCK / 10)
    (one,) = compare_ensembles([of("base", before), of("other", before - 1.0)]).differences
    assert one.is_detected
    assert one.share == (None if share is None else pytest.approx(share, rel=0.05))


def test_a_base_that_may_be_nothing_gives_no_percentage() -> None:
    (one,) = compare_ensembles([of("base", LUCK), of("other", LUCK - 1.0)]).differences
    assert one.is_detected
    assert one.share is None


def test_a_measure_that_has_no_value_in_some_runs_is_compared_where_it_has() -> None:
    nothing = float("nan")
    found = told([1.0, 2.0, 3.0, 4.0, nothing], [0.0, 1.0, 2.1, 3.0, 4.0])
    assert found.startswith("saves 0.97")
    assert found.endswith("in the 4 of 5 pairs with a value")
    assert told([1.0, nothing, nothing], [2.0, nothing, nothing]) == (
        "too few runs: base has a value in 1, other in 1 of 3"
    )
    assert told([nothing, nothing], [nothing, nothing]) == "identical"
    assert told([1.0, 2.0, nothing], [1.0, 2.0, 3.0]) != "identical"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"seed": 9}, "seed"),
        ({"days": 31.0}, "days"),
        ({"replications": (0, 1)}, "replications"),
        ({"replications": (5, 6, 7)}, "first replication"),
        ({"requests": (EXPORTED,)}, "no measure in common"),
    ],
)
def test_what_does_not_pair_is_refused(change: dict[str, object], word: str) -> None:
    base = of("base", [1.0, 2.0, 3.0])
    with pytest.raises(InputError, match=word):
        check_pairs([base, replace(base, label="other", **change)])  # type: ignore[arg-type]


def test_ensembles_set_the_random_draws_of_what_is_run_beside_them() -> None:
    ready = ensemble(variant("ready", seed=5), 12)
    found = compare(ready, variant("fresh", seed=1, farm=200.0))
    assert (found.others[0].seed, len(found.others[0])) == (5, 12)
    for given in ({"replications": 20}, {"seed": 1}):
        with pytest.raises(InputError, match="was run with"):
            compare(ready, variant("fresh"), **given)  # type: ignore[arg-type]


def test_labels_must_differ_and_one_is_too_few() -> None:
    with pytest.raises(InputError, match="more than once"):
        compare(variant("same"), variant("same", farm=200.0), replications=2)
    with pytest.raises(InputError, match="at least two"):
        compare(variant("alone"), replications=2)


def test_a_comparison_is_a_table() -> None:
    pytest.importorskip("pandas")
    found = compare(variant("small", farm=150.0), variant("large", farm=600.0), replications=10)
    frame = found.frame()
    assert len(frame) == len(found.differences)
    row = frame[(frame.measure == "curtailed") & (frame.element == "*")].iloc[0]
    assert (row["base"], row["variant"], row["unit"], row["pairs"]) == ("small", "large", "Mt", 10)
    assert row["difference"] == pytest.approx(row["mean"] - row["base_mean"])
    assert row["verdict"] == found.verdict("curtailed", "*")
    tidy = found.base.frame()
    assert list(tidy.columns) == ["replication", "measure", "element", "value", "unit"]
    assert len(tidy) == found.base.values.size
    assert found.base.estimate("curtailed", "*").mean == pytest.approx(  # type: ignore[union-attr]
        tidy[(tidy.measure == "curtailed") & (tidy.element == "*")].value.mean()
    )


def test_a_policy_is_a_variant_and_none_is_the_scenario_unchanged() -> None:
    none, spare, both = with_policies(
        "mooring-shutdown-2022", ["none", "spare-mooring", "spare-mooring+bigger-tank-farm"]
    )
    assert none.label == "none"
    assert none.scenario.policies == ()
    assert spare.scenario.policies == ("spare-mooring",)
    assert both.scenario.policies == ("spare-mooring", "bigger-tank-farm")
    assert len({one.digest for one in (none, spare, both)}) == 3


def test_policies_in_files_are_called_by_all_their_names(tmp_path: Path) -> None:
    change = 'element = "novorossiysk.spm1"\nfield = "rate"\nvalue = "13000 t/h"'
    said = f'title = "Faster"\n[[change]]\n{change}\nsource = "assumed"\nreason = "x"\n'
    (file := tmp_path / "faster.toml").write_text(said, encoding="utf-8")
    made = with_policies("mooring-shutdown-2022", [file, f"{file}+spare-mooring", f"spare-mooring+{file}"])
    assert [one.label for one in made] == ["faster", "faster+spare-mooring", "spare-mooring+faster"]


@pytest.fixture(scope="module")
def spare_mooring() -> Comparison:
    variants = with_policies("mooring-shutdown-2022", ["none", "spare-mooring"])
    return compare(*variants, replications=40)


@pytest.mark.slow
@pytest.mark.parametrize(
    "key",
    [
        ("curtailed", "KZ"),
        ("exported", "*>*"),
        ("exported", "*>mediterranean"),
        ("days throttled", "novorossiysk.tanks"),
        ("tankers", "cpc.sea"),
        ("mean wait", "cpc.sea"),
    ],
)
def test_the_same_random_draws_at_least_halves_the_interval_of_a_spare_mooring(
    spare_mooring: Comparison, key: tuple[str, str]
) -> None:
    one = spare_mooring.of("spare-mooring", *key)
    assert one.difference is not None
    assert one.difference.half_width <= 0.5 * one.unpaired  # type: ignore[operator]
    assert one.helps


@pytest.mark.slow
def test_a_spare_mooring_saves_curtailment(spare_mooring: Comparison) -> None:
    assert spare_mooring.verdict("curtailed", "KZ").startswith("saves ")


def test_folders_of_a_store_are_shared_by_variants(tmp_path: Path) -> None:
    compare(variant("one"), variant("other", farm=200.0), replications=4, store=Store(tmp_path))
    assert len(list(tmp_path.iterdir())) == 2
