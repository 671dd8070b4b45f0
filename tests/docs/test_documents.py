"""Commands, calls and links of the documents work."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from command_line import Chokepoint

from sim.scenario.shipped import shipped

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


STUDIES = (ROOT / "docs" / "STUDIES.md").read_text(encoding="utf-8")
SHORTER = {  # the same commands with fewer runs
    "compare": ["-n", "2", "--no-plots"],
    "sweep": ["-n", "1", "--no-plots"],
    "stress": ["-n", "1", "--no-plots"],
    "sensitivity": ["-n", "1", "--no-plots"],
    "run": ["--no-plots"],
}
NARROWED = {"stress": ["--elements", "cpc.*"], "sensitivity": ["--numbers", "cpc.*"]}
FEWER = (  # the same question of fewer numbers, elements, points and replications
    (r"(\.\.[^:']+):\d+'", r"\1:2'"),
    (r"novorossiysk\.\*", "novorossiysk.tanks.*"),
    (r"novorossiysk\*", "novorossiysk.tanks"),
    (r"--morris \d+", "--morris 2"),
    (r"replications=\d+", "replications=2"),
)


def shortened(text: str) -> str:
    """Return commands or calls of a page that ask the same of less."""
    for pattern, fewer in FEWER:
        text = re.sub(pattern, fewer, text)
    return text


def words_of(command: str) -> list[str]:
    words = shlex.split(shortened(command))[1:]
    narrowed = NARROWED.get(words[0], [])
    return [
        *words,
        *SHORTER.get(words[0], []),
        *(narrowed if narrowed[:1] and narrowed[0] not in words else []),
    ]


def commands(page: str) -> list[str]:
    lines = [line.partition(" #")[0].strip() for block in blocks(page, "sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith("chokepoint")]


@pytest.mark.slow
@pytest.mark.parametrize(("page", "least"), [(README, 4), (STUDIES, 5)], ids=["README", "STUDIES"])
def test_the_commands_of_a_page_run_one_after_the_other(
    chokepoint: Chokepoint, page: str, least: int, tmp_path: Path
) -> None:
    assert len(commands(page)) >= least
    for command in commands(page):
        done = chokepoint(*words_of(command), cwd=tmp_path)
        assert done.returncode == 0, f"{command}\n{done.stderr}"


def test_the_readmes_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = blocks(README, "python")
    exec(compile(block, "README.md", "exec"), {})
    assert "Mt curtailed in Kazakhstan" in capsys.readouterr().out


@pytest.mark.slow
def test_the_blocks_of_the_python_page_run_one_after_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    for block in blocks((ROOT / "docs" / "PYTHON.md").read_text(encoding="utf-8"), "python"):
        exec(compile(shortened(block), "PYTHON.md", "exec"), names)
    assert "did you mean mooring-shutdown-2022?" in capsys.readouterr().out


def test_the_readme_names_every_shipped_scenario_and_policy() -> None:
    for name in [*shipped("scenarios"), *shipped("policies")]:
        assert f"`{name}`" in README


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+)\)", prose):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


def test_the_scenario_pages_example_is_a_valid_scenario(tmp_path: Path) -> None:
    from sim.scenario import load

    text = (ROOT / "docs" / "SCENARIOS.md").read_text(encoding="utf-8")
    scenario, policy = blocks(text, "toml")
    (tmp_path / "mine.toml").write_text(scenario.replace('network = "caspian" ', "# "), encoding="utf-8")
    (tmp_path / "policy.toml").write_text(policy, encoding="utf-8")
    assert load(tmp_path / "mine.toml", [tmp_path / "policy.toml"]).disturbances


@pytest.mark.parametrize(
    ("kind", "scenario"), [("change", "mooring-shutdown-2022"), ("change corridors", "northern-boycott-2022")]
)
def test_each_change_of_the_scenario_page_can_be_made(kind: str, scenario: str) -> None:
    from sim.scenario import load
    from sim.scenario.change_grammar import read_change

    text = (ROOT / "docs" / "SCENARIOS.md").read_text(encoding="utf-8")
    (block,) = blocks(text, kind)
    base = load(scenario)
    for line in block.splitlines():
        change = re.split(r"\s{3,}", line)[0]
        assert read_change(str(read_change(change))) == read_change(change)
        assert base.with_changes(change) != base, change
        load(scenario, settings=[change])


def test_the_python_of_the_scenario_page_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = blocks((ROOT / "docs" / "SCENARIOS.md").read_text(encoding="utf-8"), "python")
    exec(compile(block, "SCENARIOS.md", "exec"), {})
    until = "SPM-3 until 2022-04-23 2022-04-10 set for this run: closure:SPM-3.days=20"
    assert until in capsys.readouterr().out


def test_no_page_or_source_names_a_place_of_one_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    for name in listed.stdout.split():
        file = ROOT / name
        if (
            file.suffix in (".py", ".md", ".toml", ".csv", ".txt")
            and file.is_file()
            and file != Path(__file__)
        ):
            text = file.read_text(encoding="utf-8")
            assert not re.search(r"(?<![\w.])/(home|work|root|Users)/", text), name
