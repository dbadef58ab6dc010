"""Rules held over the whole repository; each message names the place and the remedy."""

import re

from tests.repository import (
    Function,
    files,
    functions_of,
    lines_of,
    name_of,
    python_files,
    refuse,
    templates,
    text_of,
)

MODULE_LINES, TEST_LINES, FUNCTION_LINES, POSITIONAL = 400, 600, 40, 4
MIGRATION_BYTES, LINE_OF_A_MINIFIED_FILE = 100_000, 1_000
DOORS = {"services", "selectors", "permissions"}
ATTICS = {"utils", "helpers", "common", "misc", "tools"}
# Folders whose templates replace or are found by name by a third party.
FOUND_BY_NAME = (
    "account/",
    "allauth/",
    "mfa/",
    "wagtail",
    "django/",
    "components/",
    "cms/",
    "import_export/",
)
ERROR_PAGES = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html", "robots.txt"}


def line_count(path: object) -> int:
    return len(text_of(path).splitlines())  # type: ignore[arg-type]


def positional_count(function: Function) -> int:
    names = [argument.arg for argument in [*function.args.posonlyargs, *function.args.args]]
    return len([name for name in names if name not in {"self", "cls"}])


def test_modules_stay_small() -> None:
    sized = [*python_files(product_only=True), *files(".js", ".mjs", ".css")]
    too_long = [
        f"{name_of(path)}: {line_count(path)} lines" for path in sized if line_count(path) > MODULE_LINES
    ]
    refuse(too_long, f"A module over {MODULE_LINES} lines becomes a folder of the same name")


def test_test_modules_stay_readable() -> None:
    tests = [path for path in python_files() if name_of(path).startswith(("tests/", "benchmarks/"))]
    too_long = [
        f"{name_of(path)}: {line_count(path)} lines" for path in tests if line_count(path) > TEST_LINES
    ]
    refuse(too_long, f"Tabulate or split what is over {TEST_LINES} lines")


def test_functions_stay_small() -> None:
    refuse(
        (
            f"{name_of(path)}:{function.lineno} {function.name}: {function.end_lineno - function.lineno + 1} lines"
            for path in python_files()
            for function in functions_of(path)
            if function.end_lineno and function.end_lineno - function.lineno >= FUNCTION_LINES
        ),
        f"Name the parts of functions over {FUNCTION_LINES} lines",
    )


def test_doors_take_few_positional_arguments() -> None:
    refuse(
        (
            f"{name_of(path)}:{function.lineno} {function.name}"
            for path in python_files(product_only=True)
            if path.stem in DOORS or path.parent.name in DOORS
            for function in functions_of(path)
            if positional_count(function) > POSITIONAL and not function.name.startswith("_")
        ),
        f"More than {POSITIONAL} positional arguments: put a * before them",
    )


def test_services_take_their_actor_by_name() -> None:
    refuse(
        (
            f"{name_of(path)}:{function.lineno} {function.name}"
            for path in python_files(product_only=True)
            if "services" in name_of(path)
            for function in functions_of(path)
            if "actor" in {argument.arg for argument in function.args.args}
            and not function.name.startswith("_")
        ),
        "A service is called by keyword only: def verb_noun(*, actor, …)",
    )


def test_no_attic() -> None:
    attics = [name_of(path) for path in python_files() if ATTICS & {path.stem, path.parent.name}]
    refuse(attics, "Name the module after what it does")


def test_rules_do_not_hide_in_signals_or_save() -> None:
    pattern = re.compile(r"^\s*(@receiver\b|def save\(self)")
    hidden = [
        place
        for path in python_files(product_only=True)
        if not path.name.endswith(("forms.py", "signals.py"))
        for place, line in lines_of(path)
        if pattern.search(line)
    ]
    refuse(hidden, "A rule lives in a service, not in a signal or in save()")


def test_templates_carry_no_inline_style_script_or_handler() -> None:
    pattern = re.compile(
        r"<style\b|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*(\ssrc=|application/(ld\+)?json|importmap))"
    )
    found = [
        f"{place}: {line.strip()[:80]}"
        for path in templates()
        if "/gestion/" not in name_of(path)
        for place, line in lines_of(path)
        if pattern.search(line)
    ]
    refuse(found, "The Content-Security-Policy refuses this: use a class, a module, a data-* attribute")


def test_colours_are_tokens() -> None:
    pattern = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b(?![\w-])|\b(?:rgb|hsl)a?\(")
    styled = [path for path in files(".css", ".js") if path.name not in {"tokens.css", "print.css"}]
    found = [
        f"{place}: {line.strip()[:80]}"
        for path in [*styled, *(path for path in templates() if path.suffix == ".html")]
        for place, line in lines_of(path)
        if pattern.search(
            re.sub(
                r"<meta name=.theme-color[^>]*|(href|id|for|src|data-[\w-]+|querySelector\w*)[=(]\S*|&#\w+;|url\([^)]*\)",
                "",
                line,
            )
        )
    ]
    refuse(found, "Use a token of tokens.css, so that dark mode and the accent colour follow")


def test_every_template_is_used() -> None:
    everything = "\n".join(text_of(path) for path in [*python_files(), *templates()])
    unused = []
    for path in templates():
        short = name_of(path).split("templates/", 1)[1]
        if short.startswith(FOUND_BY_NAME) or short in ERROR_PAGES:
            continue
        if short not in everything and f'"{path.name}"' not in everything:
            unused.append(name_of(path))
    refuse(unused, "Delete the templates nothing names")


def test_every_component_is_used() -> None:
    sources = {path: text_of(path) for path in [*python_files(), *templates()]}
    unused = [
        name_of(path)
        for path in templates()
        if "/components/" in name_of(path)
        and not any(
            path.name in text or f'component "{path.stem}"' in text
            for where, text in sources.items()
            if where != path
        )
    ]
    refuse(unused, "Show the component in the gallery, or delete it")


def test_migrations_are_named_by_intent_and_small() -> None:
    migrations = [path for path in files(".py") if "/migrations/" in name_of(path)]
    refuse(
        (name_of(path) for path in migrations if "_auto_" in path.name),
        "Name the migration: makemigrations -n intent",
    )
    refuse(
        (name_of(path) for path in migrations if path.stat().st_size > MIGRATION_BYTES),
        "A migration over 100 kB freezes a StreamField: keep block definitions out of it",
    )


def test_nothing_committed_is_minified() -> None:
    browser = files(".js", ".mjs", ".css")
    found = [name_of(path) for path in browser if ".min." in path.name]
    found += [
        place for path in browser for place, line in lines_of(path) if len(line) > LINE_OF_A_MINIFIED_FILE
    ]
    refuse(found, "Third-party code is installed by npm and bundled into build/, never committed")


def test_no_machine_path_or_registry_in_the_repository() -> None:
    pattern = re.compile(r"(?<![\w.])/(root|home|w[o]rk)/\w|file:///")
    texts = [
        path
        for path in files()
        if path.suffix in {".py", ".md", ".toml", ".txt", ".in", ".json", ".mjs", ".js", ".html", ".yml", ""}
    ]
    readable = [
        path for path in texts if path.name != "test_consistency.py" and path.stat().st_size < 2_000_000
    ]
    found = [place for path in readable for place, line in lines_of(path) if pattern.search(line)]
    locks = [
        path for path in files(".txt", ".json") if path.name.startswith(("requirements", "package-lock"))
    ]
    addresses = re.compile(r"--(index-url|find-links|trusted-host)|\"resolved\":")
    found += [place for path in locks for place, line in lines_of(path) if addresses.search(line)]
    refuse(found, "A path or an address of one machine means nothing on another")
