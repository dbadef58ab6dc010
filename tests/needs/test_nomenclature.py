"""The shipped nomenclature, and finding a need by what people say."""

import csv
import datetime
from collections.abc import Callable
from typing import Any

import pytest

from core.assets import icon_names
from core.imports.preview import run_import
from core.tabular import Table
from demo.places import NEEDS_FILE
from needs.imports import NEEDS
from needs.models import Need
from needs.selectors import need_tree, needs_by_code, search_needs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nomenclature")]
Pin = Callable[[int], Any]


def test_official_codes_and_labels_are_those_published() -> None:
    with NEEDS_FILE.with_name("serafin-ph.tsv").open(encoding="utf-8", newline="") as file:
        published = {row["code"]: row["label"] for row in csv.DictReader(file, delimiter="\t")}
    ours = dict(Need.objects.filter(is_extension=False).values_list("code", "official_label"))
    assert ours == published


def test_our_extensions_are_marked_and_apart() -> None:
    own = Need.objects.filter(is_extension=True)
    assert {one.code[:3] for one in own} == {"1.E", "2.E"}


def test_every_need_and_service_has_plain_words_an_easy_text_synonyms_and_a_pictogram() -> None:
    for one in Need.objects.exclude(family=Need.Family.INDIRECT):
        assert one.plain_label, one
        assert one.easy_read.endswith("."), one
        assert one.synonyms, one
        assert one.pictogram in icon_names(), one


def test_easy_sentences_are_short() -> None:
    sentences = [s for one in Need.objects.all() for s in one.easy_read.split(".") if s.strip()]
    assert max(len(sentence.split()) for sentence in sentences) <= 16


def test_importing_again_changes_nothing(shipped: Table) -> None:
    assert not run_import(NEEDS, shipped, actor=None, keep=True).is_confirmable


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("bus", "1.3.4.2"),
        ("je n’ai plus de voiture pour aller au marché", "1.3.4.2"),
        ("toilete", "1.2.1.1"),
        ("repit", "1.E.1"),
        ("SOLITUDE", "1.E.2"),
        ("Je me sens seule le soir", "1.E.2"),
        ("médecins", "2.1.1.1"),
        ("ménage et courses", "1.3.2.2"),
        ("mes papiers", "1.3.1.1"),
        ("1.3.4.2", "1.3.4.2"),
    ],
)
def test_words_people_say_lead_to_the_need(words: str, code: str) -> None:
    assert search_needs(words)[0].need.code == code


@pytest.mark.parametrize("words", ["", " ", "xyzzy", "de la", "\0", "%", "a" * 9000])
def test_words_that_say_nothing_find_nothing(words: str) -> None:
    assert search_needs(words) == []


def test_search_keeps_to_families_and_days(django_assert_num_queries: Pin) -> None:
    with django_assert_num_queries(1):
        found = search_needs("bus", families=[Need.Family.NEED])
    assert {one.need.family for one in found} == {Need.Family.NEED}
    assert search_needs("bus", on=datetime.date(2020, 1, 1)) == []


def test_tree_holds_every_code_once_in_one_query(django_assert_num_queries: Pin) -> None:
    with django_assert_num_queries(1):
        roots = need_tree()
    found = []
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        found.append(node.need.code)
        waiting.extend(node.children)
    assert sorted(found) == sorted(Need.objects.values_list("code", flat=True))
    assert [node.need.code for node in roots] == ["1", "2", "3"]


def test_codes_are_read_in_one_query(django_assert_num_queries: Pin) -> None:
    with django_assert_num_queries(1):
        assert {*needs_by_code(["1.3.4.2", "9"])} == {"1.3.4.2"}
