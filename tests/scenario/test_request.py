"""Requests are kept word for word, without what changes no result."""

from __future__ import annotations

import pytest

from sim.scenario.request import call_request, command_request


@pytest.mark.parametrize(
    "words",
    [
        ["run", "shut", "--set", "closure:SPM-3.days=20", "-n", "4"],
        ["run", "shut", "--out", "/elsewhere", "--set", "closure:SPM-3.days=20", "-w", "2", "-n", "4"],
        ["run", "--out=/elsewhere", "shut", "--set", "closure:SPM-3.days=20", "-n", "4", "--no-plots", "-w3"],
    ],
)
def test_a_command_reads_the_same_wherever_its_results_go(words: list[str]) -> None:
    assert str(command_request(words)) == "chokepoint run shut --set closure:SPM-3.days=20 -n 4"


def test_a_command_is_quoted_so_that_a_shell_reads_it_again() -> None:
    request = command_request(["run", "a", "--set", "x.rate=9000 t/h"])
    assert str(request) == "chokepoint run a --set 'x.rate=9000 t/h'"
    assert request.as_json() == {"command": ["chokepoint", "run", "a", "--set", "x.rate=9000 t/h"]}


def test_a_call_reads_as_python() -> None:
    inner = call_request("sim.load", scenario="shut", policies=[], settings=("a.b=1 t",))

    class Loaded:
        request = inner

    request = call_request("sim.run", scenario=Loaded(), seed=7, replication=None)
    assert str(request) == "sim.run(scenario=sim.load(scenario='shut', settings=['a.b=1 t']), seed=7)"
    arguments = request.as_json()["arguments"]
    assert arguments == {"scenario": inner.as_json(), "seed": 7}
