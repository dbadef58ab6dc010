"""Search over the pages and over what the other apps registered; accents and typing errors are forgiven."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process
from wagtail.models import Page

from cms import selectors
from cms.stamps import cached
from core.content import SearchHit, search_sources

MAX_LENGTH, MAX_WORDS, MAX_HITS, MAX_PAGES = 200, 10, 100, 3000
CLOSE_ENOUGH, SHORTEST_GUESS = 80, 4
_WORD = re.compile(r"\w+")
NOT_WORDS = re.compile(r"[^\w\s]")


@dataclass(frozen=True)
class Results:
    """`words` is what was searched; `is_guess` says that only near matches were found."""

    words: str
    was_shortened: bool
    hits: list[SearchHit]
    is_guess: bool = False


@dataclass(frozen=True)
class Known:
    """What the fuzzy step knows of a page."""

    title: str
    url: str
    excerpt: str
    words: tuple[str, ...]


def fold(text: str) -> str:
    """Lower case without accents; one character for one, so that positions are kept."""
    return "".join(unicodedata.normalize("NFD", character)[0].lower()[:1] for character in text)


def words_of(text: str) -> list[str]:
    """The folded words of a text."""
    return _WORD.findall(fold(text))


def matches(query: Sequence[str], words: Sequence[str]) -> float:
    """How well `words` answer `query`, from 0 to 100: every word of the query must be near one of them."""
    if not query or not words:
        return 0.0
    return min(_nearness(word, words) for word in query)


def _nearness(word: str, words: Sequence[str]) -> float:
    if any(candidate.startswith(word) for candidate in words):
        return 100.0
    if len(word) < SHORTEST_GUESS:
        return 0.0
    best = process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
    return best[1] if best else 0.0


def find(text: str, request: object = None) -> Results:
    """Pages and registered objects for `text`; a very long text is cut to its first words."""
    cleaned = " ".join(text.replace("\x00", " ").split())
    words = " ".join(cleaned[:MAX_LENGTH].split()[:MAX_WORDS])
    was_shortened = words != cleaned
    query = words_of(words)
    if not query:
        return Results(words, was_shortened, [])
    exact = _found_by_words(words)
    elsewhere = [hit for source in search_sources for hit in source.find(words, MAX_HITS)]
    seen = {hit.url for hit in exact}
    near = [hit for hit in _found_by_nearness(query) if hit.url not in seen]
    hits = [*exact, *sorted([*elsewhere, *near], key=lambda hit: -hit.score)][:MAX_HITS]
    is_guess = not exact and all(hit.score < 100 for hit in hits)
    return Results(words, was_shortened, hits, is_guess)


def _found_by_words(words: str) -> list[SearchHit]:
    plain = " ".join(NOT_WORDS.sub(" ", words).split())  # FTS5 reads quotes and brackets as its own grammar
    if not plain:
        return []
    pages = Page.objects.live().public().filter(locale=selectors.locale(), depth__gt=1)
    found = pages.search(plain, operator="and")[:MAX_HITS]
    hits = [
        SearchHit(page.title, page.url or "", _("page"), page.search_description, 100.0) for page in found
    ]
    return [hit for hit in hits if hit.url]


def _found_by_nearness(query: Sequence[str]) -> list[SearchHit]:
    hits = [
        SearchHit(known.title, known.url, _("page"), known.excerpt, matches(query, known.words))
        for known in _known_pages()
    ]
    return [hit for hit in hits if hit.score >= CLOSE_ENOUGH]


def _known_pages() -> list[Known]:
    return cached(f"search:{selectors.language()}", _read_known_pages)


def _read_known_pages() -> list[Known]:
    pages = Page.objects.live().public().filter(locale=selectors.locale(), depth__gt=1)
    return [
        Known(
            page.title,
            page.url,
            page.search_description,
            tuple(dict.fromkeys(words_of(f"{page.title} {page.search_description}"))),
        )
        for page in pages[:MAX_PAGES]
        if page.url
    ]


def highlight(text: str, words: str) -> SafeString:
    """`text`, escaped, with what answers `words` in `<mark>`, accents aside."""
    return format_html_join("", "{}{}", _marked(text, words_of(words)))


def _marked(text: str, query: Sequence[str]) -> Iterable[tuple[str, SafeString | str]]:
    wanted = [re.escape(word) for word in query if len(word) > 1]
    pattern = re.compile(rf"\b(?:{'|'.join(wanted)})\w*") if wanted else None
    end = 0
    for match in pattern.finditer(fold(text)) if pattern else ():
        marked = format_html_join("", "<mark>{}</mark>", [(text[match.start() : match.end()],)])
        yield text[end : match.start()], marked
        end = match.end()
    yield text[end:], ""
