"""Texts that know in which language they were written, so that pages of another language can say so.

What organisers write (consultations, surveys, needs, titles of figures) is in the site's own language, French
here, unless it is a `Written` of another one. WCAG 3.1.2 asks that a passage in another language than its page
be marked: templates pass such texts through `as_written`, or put `{% content_lang %}` on what holds them.
"""

from typing import Self

from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class Written(str):
    """A text and its language."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str = "", language: str = "") -> Self:
        self = super().__new__(cls, text)
        self.language = language or settings.LANGUAGE_CODE
        return self

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return str(self), self.language

    def like(self, text: str) -> "Written":
        """Another text in the same language."""
        return Written(text, self.language)


def language_of(text: object) -> str:
    """The language a text is written in: the site's own when it does not say."""
    return text.language if isinstance(text, Written) else settings.LANGUAGE_CODE


def is_foreign(text: object = "") -> bool:
    """Whether the text is in another language than the page being drawn."""
    return language_of(text) != (get_language() or settings.LANGUAGE_CODE).split("-")[0]


def mark_language(text: object) -> SafeString:
    """The text as HTML, inside an element that names its language when the page's is another."""
    html = conditional_escape(text if isinstance(text, str) else str(text))
    if not text or not is_foreign(text):
        return SafeString(html)
    return format_html('<span lang="{}">{}</span>', language_of(text), html)


def mark_passage(sentence: str, passage: object) -> SafeString:
    """A sentence of the page that quotes `passage`; only the passage is marked."""
    before, found, after = sentence.partition(str(passage)) if passage else (sentence, "", "")
    if not found:
        return SafeString(conditional_escape(sentence))
    quoted = Written(found, language_of(passage))
    return format_html("{}{}{}", before, mark_language(quoted), after)
