"""The repository read as data, for the tests that hold rules over all of it."""

import ast
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ("site/", "consultations/", "observatory/")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """Every file git knows or would add, with one of these suffixes (all of them without any)."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(
        sorted({path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes)})
    )


def name_of(path: Path) -> str:
    """The path as a reader of the repository writes it."""
    return path.relative_to(ROOT).as_posix()


def python_files(*, product_only: bool = False) -> list[Path]:
    """Our Python modules, migrations left out."""
    found = [path for path in files(".py") if "/migrations/" not in name_of(path)]
    return [path for path in found if not product_only or name_of(path).startswith(PRODUCT)]


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path), str(path))


def functions_of(path: Path) -> Iterator[Function]:
    """Every function and method of a module."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, Function):
            yield node


def templates() -> list[Path]:
    """Every template of ours, whichever folder it lives in."""
    return [path for path in files(".html", ".txt", ".xml", ".svg") if "templates/" in name_of(path)]


def lines_of(path: Path) -> Iterator[tuple[str, str]]:
    """`file:line` and the text of each line."""
    for number, line in enumerate(text_of(path).splitlines(), 1):
        yield f"{name_of(path)}:{number}", line


def refuse(problems: Iterable[str], remedy: str) -> None:
    """Fail with every place at once, and what to do about it."""
    found = list(problems)
    assert not found, "\n".join([f"{remedy}:", *found])
