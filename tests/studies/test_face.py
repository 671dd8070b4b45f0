"""Public names of `import sim`."""

from __future__ import annotations

import pytest
from stormy_terminal import variant

import sim


@pytest.mark.parametrize("name", sim.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(sim, name) is not None


def test_studies_are_calls_that_give_tables_and_pictures() -> None:
    pytest.importorskip("pandas")
    usual, bigger = (
        variant(label, farm=farm).scenario for label, farm in (("usual", 300.0), ("bigger", 900.0))
    )
    found = sim.ensemble(usual, replications=4, also=[("curtailed", "well")])
    assert set(found.frame()["measure"]) >= {"exported", "curtailed"}
    assert found.estimate("curtailed", "well").replications == 4
    compared = sim.compare(usual, bigger, labels=["usual", "bigger"], replications=4)
    assert list(dict.fromkeys(compared.frame()["variant"])) == ["bigger"]
    for draw, one in (
        (sim.draw_ensemble, found),
        (sim.draw_comparison, compared),
        (sim.draw_whiskers, compared),
    ):
        assert draw(one).has_data()


def test_a_name_that_is_not_there_is_reported() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        sim.nonsense  # noqa: B018
