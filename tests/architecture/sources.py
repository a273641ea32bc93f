"""Where the project's own files are, and how the tests here read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("sessions_app", "eaa", "coproduction", "templates", "static", "tests", "bench")
NOT_OURS = {"node_modules", "__pycache__"}


def files(*suffixes: str, folders: tuple[str, ...] = FOLDERS) -> list[Path]:
    """Our files with one of SUFFIXES, migrations left out, relative to the root."""
    found = [ROOT / "manage.py"] if folders == FOLDERS and ".py" in suffixes else []
    for folder in folders:
        place = ROOT / folder
        found += [place] if place.is_file() else [path for path in place.rglob("*") if path.suffix in suffixes]
    ours = (path.relative_to(ROOT) for path in found)
    return sorted(path for path in ours if not (NOT_OURS | {"migrations"}) & set(path.parts))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Every call in PATH with the dotted name that is called, e.g. `Event.objects.create`; "" when it has none."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node, dotted(node.func)


def dotted(node: ast.AST) -> str:
    """`a.b.c` as it is written; what is computed before the first dot is left out: `f(x).save` is `.save`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
