"""What was written in another language than its page is marked, escaped, and nothing else changes."""

import pickle

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.languages import Written, is_foreign, mark_language, mark_passage
from core.templatetags.ui import french_spaces


@pytest.mark.parametrize(
    ("page", "text", "html"),
    [
        ("fr", "Vieillir", "Vieillir"),
        ("en", "Vieillir", '<span lang="fr">Vieillir</span>'),
        ("en", Written("Growing old", "en"), "Growing old"),
        ("fr", Written("Growing old", "en"), '<span lang="en">Growing old</span>'),
        ("en", "<b>", '<span lang="fr">&lt;b&gt;</span>'),
        ("en", "", ""),
        ("en", None, ""),
        ("en-gb", Written("Growing old", "en"), "Growing old"),
    ],
)
def test_a_text_of_another_language_is_marked(page: str, text: object, html: str) -> None:
    with translation.override(page):
        drawn = Template("{{ text|as_written }}").render(Context({"text": text}))
    assert drawn == html


def test_an_element_can_carry_the_language() -> None:
    template = Template("<p{% content_lang text %}>")
    with translation.override("en"):
        assert template.render(Context({"text": "Oui"})) == '<p lang="fr">'
        assert template.render(Context({"text": Written("Yes", "en")})) == "<p>"
    assert template.render(Context({"text": "Oui"})) == "<p>"


def test_only_the_quoted_words_are_marked() -> None:
    with translation.override("en"):
        assert mark_passage("They said “Oui”.", "Oui") == 'They said “<span lang="fr">Oui</span>”.'
        assert mark_passage("They said “<i>”.", "<i>") == 'They said “<span lang="fr">&lt;i&gt;</span>”.'
        assert mark_passage("Nobody <b>", "Oui") == "Nobody &lt;b&gt;" == mark_passage("Nobody <b>", "")


def test_the_language_survives_spaces_and_the_cache() -> None:
    text = Written("Really ?", "en")
    assert french_spaces(text) == "Really\u00a0?" and not is_foreign_in("en", french_spaces(text))
    again = pickle.loads(pickle.dumps(text))
    assert (again, again.language) == (text, "en")


def is_foreign_in(page: str, text: object) -> bool:
    with translation.override(page):
        return is_foreign(text)


@given(st.text(max_size=40), st.sampled_from(["fr", "en"]))
def test_marking_never_lets_markup_through(text: str, language: str) -> None:
    with translation.override("en"):
        html = mark_language(Written(text, language))
    inside = html.removeprefix('<span lang="fr">').removesuffix("</span>")
    assert "<" not in inside and ">" not in inside
