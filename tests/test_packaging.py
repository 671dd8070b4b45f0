"""The wheel holds what a run needs, and the layers of `sim` are kept and guarded."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
BUILT_FROM = ("pyproject.toml", "README.md", "LICENSE", "sim", "scenarios")
NOT_COPIED = shutil.ignore_patterns("__pycache__", ".*")


def run(*command: str, cwd: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command of this interpreter away from the checkout, with `path` to import from."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if path is not None:
        environment["PYTHONPATH"] = str(path)
    return subprocess.run(
        [sys.executable, *command], cwd=cwd, env=environment, capture_output=True, text=True, timeout=120
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of the sources, without looking at any index."""
    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in BUILT_FROM:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=NOT_COPIED)
        else:
            shutil.copy(ROOT / name, source / name)
    offline = ("--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check")
    built = run("-m", "pip", "wheel", ".", *offline, "-w", str(folder), cwd=source)
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to import from, with the unpacked wheel and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_wheel_bears_the_version_of_pyproject(wheel: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert wheel.name.startswith(f"chokepoint-{project['version']}-")


def test_wheel_holds_every_shipped_file_and_nothing_beside_the_package(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {
        f"sim/shipped/{file.relative_to(ROOT / 'scenarios').as_posix()}"
        for pattern in ("*.toml", "*.csv")
        for file in (ROOT / "scenarios").rglob(pattern)
    }
    assert shipped
    assert shipped <= names
    assert "sim/charts/map/land.json" in names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"sim", "chokepoint"}


def test_installed_package_runs_from_anywhere(installed: Path, tmp_path: Path) -> None:
    done = run("-m", "sim", "--help", cwd=tmp_path, path=installed)
    assert done.returncode == 0, done.stderr
    assert "backtest" in done.stdout


def test_installed_package_finds_its_own_scenarios(installed: Path, tmp_path: Path) -> None:
    code = (
        "from sim.scenario import load\n"
        "from sim.scenario.shipped import shipped\n"
        "print(*shipped('scenarios').values(), *shipped('policies').values(), sep='\\n')\n"
        "print(load('mooring-shutdown-2022').network.folder)\n"
    )
    done = run("-c", code, cwd=tmp_path, path=installed)
    assert done.returncode == 0, done.stderr
    found = [Path(line) for line in done.stdout.splitlines()]
    assert all(path.is_relative_to(installed / "sim" / "shipped") for path in found)
    here = {path.stem for folder in ("", "policies") for path in (ROOT / "scenarios" / folder).glob("*.toml")}
    assert {path.stem for path in found} == {*here, "caspian"}


def test_command_line_starts_without_what_only_some_commands_need(tmp_path: Path) -> None:
    done = run("-c", "import sys, sim.cli; print(*sys.modules)", cwd=tmp_path, path=ROOT)
    assert done.returncode == 0, done.stderr
    assert not {"matplotlib", "networkx", "numpy", "pandas", "pint", "scipy", "simpy"} & {
        *done.stdout.split()
    }


@pytest.mark.parametrize(
    ("part", "line", "contract"),
    [
        ("network/elements.py", "from sim.scenario import load", "Each part knows only what lies below it"),
        ("measures/series.py", "import simpy", "SimPy only in sim.engine"),
        ("studies/drawing.py", "import sim.charts.registry", "Each part knows only what lies below it"),
        ("loose.py", "import math", "Each part knows only what lies below it"),
    ],
)
def test_layer_check_fails_on_a_forbidden_import(part: str, line: str, contract: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "sim", tmp_path / "sim", ignore=NOT_COPIED)
    with (tmp_path / "sim" / part).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    checked = run(
        "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache", cwd=tmp_path
    )
    assert checked.returncode == 1
    assert f"{contract} BROKEN" in " ".join(checked.stdout.split()), checked.stdout + checked.stderr
