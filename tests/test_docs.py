"""The documents say what the code does: variables, dependencies, decisions, commands."""

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from packaging.requirements import Requirement

from config import env
from tests.repository import PRODUCT, ROOT, files, name_of, refuse, text_of

DOCS = ROOT / "docs"
REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+(?:\[[\w,-]+\])?[^#\s]*)", re.MULTILINE)


def wanted(name: str) -> list[Requirement]:
    lines = text_of(ROOT / name).splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


def locked(name: str) -> dict[str, str]:
    pins = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", text_of(ROOT / name), re.MULTILINE)
    return {package.lower().replace("_", "-"): version for package, version in pins}


def own_commands() -> list[str]:
    folders = tuple(name.rstrip("/") for name in PRODUCT)
    modules = [path for path in files(".py") if "/management/commands/" in name_of(path)]
    return sorted({path.stem for path in modules if name_of(path).startswith(folders)} - {"__init__"})


def test_every_environment_variable_is_documented() -> None:
    table = text_of(DOCS / "configuration.md")
    documented = set(re.findall(r"^\| `([A-Z_]+)`", table, re.MULTILINE))
    read = set(re.findall(r"env\.read(?:_flag|_with)?\(\s*\"([A-Z_]+)\"", settings_source())) | set(
        env.VARIABLES
    )
    refuse(sorted(read - documented), "Add a line to docs/configuration.md for")
    refuse(sorted(documented - read), "docs/configuration.md describes variables nothing reads")


def settings_source() -> str:
    return "\n".join(text_of(path) for path in sorted((ROOT / "site/config").rglob("*.py")))


def test_environment_is_read_in_one_place() -> None:
    readers = [
        name_of(path)
        for path in files(".py")
        if name_of(path).startswith(PRODUCT)
        and re.search(r"os\.(environ\.get|environ\[|getenv)", text_of(path))
    ]
    allowed = {"site/config/env.py", "site/config/management/commands/serve.py"}
    refuse(sorted(set(readers) - allowed), "Only config/env.py reads the environment")


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_python_dependency_has_its_reason(name: str) -> None:
    reasons = text_of(DOCS / "dependencies.md").lower()
    missing = [item.name for item in wanted(name) if f"`{item.name.lower()}`" not in reasons]
    refuse(missing, "Add a line of reason to docs/dependencies.md for")


def test_every_browser_dependency_has_its_reason() -> None:
    package = tomllib_or_json(ROOT / "package.json")
    reasons = text_of(DOCS / "dependencies.md").lower()
    names = [*package.get("dependencies", {}), *package.get("devDependencies", {})]
    refuse(
        [name for name in names if f"`{name.lower()}`" not in reasons],
        "Add a line to docs/dependencies.md for",
    )


def tomllib_or_json(path: Path) -> dict:
    import json  # noqa: PLC0415

    return json.loads(text_of(path)) if path.suffix == ".json" else tomllib.loads(text_of(path))


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_lock_follows_what_is_wanted(name: str) -> None:
    pins = locked(f"{name}.txt")
    stale = [
        str(item)
        for item in wanted(f"{name}.in")
        if item.name.lower() not in pins or pins[item.name.lower()] not in item.specifier
    ]
    refuse(stale, "The lock is behind: run make lock")
    first_hand = set(
        re.findall(
            rf"^([\w.-]+)==.*\n(?:.*\n)*?    # via -r {name}\.in$", text_of(ROOT / f"{name}.txt"), re.M
        )
    )
    assert first_hand, "The lock does not say where its packages come from"


def test_locks_of_run_and_test_agree() -> None:
    runtime, development = locked("requirements.txt"), locked("requirements-dev.txt")
    differing = [name for name in runtime.keys() & development.keys() if runtime[name] != development[name]]
    refuse(differing, "Two versions of one package: run make lock")


def test_decisions_are_numbered_once() -> None:
    pages = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    numbers = [page.name[:4] for page in pages]
    refuse([page.name for page in pages if numbers.count(page.name[:4]) > 1], "Two decisions share a number")
    refuse(
        [page.name for page in pages if not re.match(r"\d{4}-[a-z0-9-]+\.md$", page.name)],
        "Name it NNNN-title.md",
    )
    headed = re.compile(r"^# \d{4}\b")
    refuse(
        [page.name for page in pages if not headed.match(text_of(page))], "Start the page with '# NNNN Title'"
    )


@pytest.mark.parametrize("name", own_commands())
def test_command_says_what_it_does(name: str) -> None:
    command = load_command_class(get_commands()[name], name)
    text = command.create_parser("manage.py", name).format_help()
    assert command.help.strip(), f"manage.py {name} has no help text"
    assert "--settings" in text


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for page in files(".md"):
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text_of(page)):
            if not (page.parent / target).exists():
                broken.append(f"{name_of(page)} → {target}")
    refuse(broken, "These links lead nowhere")


def test_readme_commands_are_the_ones_ci_runs() -> None:
    readme, ci, makefile = (text_of(ROOT / name) for name in ("README.md", ".ci/run", "Makefile"))
    promised = set(re.findall(r"^```\n(make \w+)\n```$", readme, re.MULTILINE))
    assert promised == {"make run", "make test"}
    assert "make test" in ci and "make check" in ci
    # What `make run` does is done again by the journeys: they serve the product with the same command.
    assert "serve --prepare" in makefile and '"serve", "--prepare"' in text_of(
        ROOT / "tests/journeys/served.py"
    )
    for target in re.findall(r"`?make (\w+)", readme):
        assert re.search(rf"^{target}:.*# ", makefile, re.MULTILINE), f"the Makefile has no `{target}`"


def test_make_targets_each_have_one_line_of_comment() -> None:
    targets = re.findall(r"^([a-z]+):(.*)$", text_of(ROOT / "Makefile"), re.MULTILINE)
    refuse([name for name, rest in targets if "# " not in rest], "Say in a comment what these targets do")
