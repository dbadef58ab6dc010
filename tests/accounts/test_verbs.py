"""The audit log speaks in words."""

import ast
import re

from django.utils.translation import override

from accounts.admin.audit import describe
from accounts.verbs import DETAILS, VERBS
from consultations.process.models import Consultation
from core.models import AuditEntry
from tests.repository import python_files, tree_of

RECORDED = re.compile(r"[a-z]+(?:_[a-z]+)+")


def recorded_verbs() -> set[str]:
    """Every `verb="past_tense"` handed over somewhere in the product."""
    return {
        keyword.value.value
        for path in python_files(product_only=True)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "verb"
        and isinstance(keyword.value, ast.Constant)
        and isinstance(keyword.value.value, str)
        and RECORDED.fullmatch(keyword.value.value)
    }


def test_every_recorded_verb_is_said_in_words() -> None:
    assert recorded_verbs() - VERBS.keys() == set()


def recorded_details() -> set[str]:
    """Every name written in a `changes={…}` somewhere in the product."""
    return {
        key.value
        for path in python_files(product_only=True)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.keyword) and node.arg == "changes" and isinstance(node.value, ast.Dict)
        for key in node.value.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


def test_every_recorded_detail_is_said_in_words() -> None:
    assert recorded_details() - DETAILS.keys() == set()


def test_changed_fields_are_named_as_on_their_form() -> None:
    entry = AuditEntry(target_kind="process.consultation", changes={"fields": ["title", "gone"], "count": 3})
    with override("fr"):
        title = str(Consultation._meta.get_field("title").verbose_name)
        assert describe(entry) == f"Ce qui a changé : {title}, gone · Combien : 3"
