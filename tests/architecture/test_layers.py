"""The contracts of pyproject.toml, which say who may import whom."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.sources import ROOT, files, tree


def test_contracts_are_kept():
    """In a process of its own: the reader of imports stumbles over modules that pytest has rewritten."""
    lint = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def test_every_contract_is_exhaustive_inside_the_product():
    """A new module has to find its layer; an unlisted one would be bound by nothing."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

    inside = [contract for contract in contracts if contract.get("containers") == ["sessions_app"]]
    assert [contract["exhaustive"] for contract in inside] == [True]


def test_product_imports_nothing_inside_a_function():
    """An import inside a function hides a circle between layers from the contracts' reader."""
    hidden = [
        f"{path}:{inner.lineno}"
        for path in files(".py", folders=("sessions_app", "eaa"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]

    assert hidden == []
