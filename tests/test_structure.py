"""Rules on the shape of the code: sizes, openings of docstrings, imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import grimp
import networkx as nx
import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = sorted((ROOT / "sim").rglob("*.py"))
FILES = [*PACKAGE, *sorted((ROOT / "tests").rglob("*.py"))]
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 45
OPENINGS = {"What", "Where", "Whether", "Who", "Whose", "How", "That"}  # of clauses, not of noun phrases
Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def definitions(file: Path) -> Iterator[tuple[str, Documented]]:
    """Yield everything of a file that may have a docstring, with its place."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, Documented):
            yield f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}", node


def test_functions_are_short() -> None:
    for file in PACKAGE:
        for place, node in definitions(file):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or node.lineno) - node.lineno < MAX_FUNCTION_LINES, place


def test_docstrings_begin_with_a_verb_or_a_noun() -> None:
    for file in PACKAGE:
        for place, node in definitions(file):
            words = (ast.get_docstring(node) or "").split()
            assert not words or words[0].strip(",.:;") not in OPENINGS, place


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_files_are_short(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= MAX_FILE_LINES


def test_code_is_formatted_everywhere() -> None:
    mark = "fmt: " + "skip"
    assert [str(file) for file in FILES if mark in file.read_text(encoding="utf-8")] == []


def test_modules_do_not_import_in_circles() -> None:
    graph, imports = grimp.build_graph("sim", cache_dir=None), nx.DiGraph()
    for module in graph.modules:
        imports.add_edges_from((module, other) for other in graph.find_modules_directly_imported_by(module))
    assert len(imports) > 100
    assert [sorted(circle) for circle in nx.strongly_connected_components(imports) if len(circle) > 1] == []
