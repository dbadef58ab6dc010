"""The whole interface speaks French: nothing untranslated, nothing left over."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from tests.repository import ROOT, name_of, python_files, refuse, templates, text_of, tree_of

CATALOGUE = ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po"
MARKERS = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}
TEMPLATE_CALL = re.compile(r"\b(?:gettext|_)\(\s*u?(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def calls_in(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS:
            yield f"{name_of(path)}:{node.lineno}", node


def marked_in_python(path: Path) -> Iterator[tuple[str, str]]:
    """Each place and msgid of a module."""
    for place, call in calls_in(path):
        message = call.args[1 if call.func.id in WITH_CONTEXT else 0]  # type: ignore[attr-defined]
        if isinstance(message, ast.Constant) and isinstance(message.value, str) and message.value:
            yield place, message.value


def marked_in_template(path: Path) -> Iterator[tuple[str, str]]:
    for found in TEMPLATE_CALL.finditer(templatize(text_of(path))):
        yield name_of(path), ast.literal_eval(found.group(1))


def marked() -> list[tuple[str, str]]:
    """Every place and msgid of the product."""
    pairs = [pair for path in python_files(product_only=True) for pair in marked_in_python(path)]
    return pairs + [pair for path in templates() for pair in marked_in_template(path)]


def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_every_message_is_in_the_french_catalogue() -> None:
    known = {entry.msgid for entry in catalogue() if not entry.obsolete}
    missing = {f"{place}: {message!r}" for place, message in marked() if message not in known}
    refuse(sorted(missing), "Run makemessages -l fr --no-location and translate these")


def test_every_message_has_its_french() -> None:
    missing = [
        f"line {entry.linenum}: {entry.msgid!r}"
        for entry in catalogue()
        if not entry.obsolete and (not entry.translated() or entry.fuzzy)
    ]
    refuse(missing, f"Translate these in {name_of(CATALOGUE)}")


def test_translations_keep_the_placeholders() -> None:
    broken = []
    for entry in catalogue():
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        expected = set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
        broken += [
            f"line {entry.linenum}: {entry.msgid!r}"
            for text in texts
            if text and not set(PLACEHOLDER.findall(text)) <= expected
        ]
    refuse(broken, "A translation names a placeholder its message does not have")


def test_no_text_is_built_inside_gettext() -> None:
    built = [
        place
        for path in python_files(product_only=True)
        for place, call in calls_in(path)
        if call.args and not isinstance(call.args[0], ast.Constant | ast.Name | ast.Attribute)
    ]
    refuse(built, "gettext cannot see an f-string: use %(name)s placeholders and fill them afterwards")
