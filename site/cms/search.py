"""Search over the pages and over what the other apps registered; accents and typing errors are forgiven."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process
from wagtail.models import Page
from wagtail.search import index

from cms import selectors
from cms.stamps import cached
from core.content import SearchHit, search_sources
from core.languages import Written, is_foreign, language_of

MAX_LENGTH, MAX_WORDS, MAX_HITS, MAX_PAGES = 200, 10, 100, 3000
AROUND = 220
"""Characters of an excerpt."""
CLOSE_ENOUGH, SHORTEST_GUESS = 80, 4
_WORD = re.compile(r"\w+")
NOT_WORDS = re.compile(r"[^\w\s]")


@dataclass(frozen=True)
class Results:
    """`words` is what was searched; `is_guess` says that only near matches were found.

    `page_ids` leads from the address of a page to its text, read for the few results that are shown.
    """

    words: str
    was_shortened: bool
    hits: list[SearchHit]
    is_guess: bool = False
    page_ids: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What the fuzzy step knows of a page."""

    pk: int
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
    page_ids: dict[str, int] = {}
    exact = _found_by_words(words, page_ids)
    elsewhere = [hit for source in search_sources for hit in source.find(words, MAX_HITS)]
    seen = {hit.url for hit in exact}
    near = [hit for hit in _found_by_nearness(query, page_ids) if hit.url not in seen]
    hits = [*exact, *sorted([*elsewhere, *near], key=lambda hit: -hit.score)][:MAX_HITS]
    is_guess = not exact and all(hit.score < 100 for hit in hits)
    return Results(words, was_shortened, hits, is_guess, page_ids)


def _found_by_words(words: str, page_ids: dict[str, int]) -> list[SearchHit]:
    plain = " ".join(NOT_WORDS.sub(" ", words).split())  # FTS5 reads quotes and brackets as its own grammar
    if not plain:
        return []
    pages = Page.objects.live().public().filter(locale=selectors.locale(), depth__gt=1)
    found = pages.search(plain, operator="and")[:MAX_HITS]
    page_ids.update({page.url: page.pk for page in found if page.url})
    return [
        SearchHit(_own(page.title), page.url, _("page"), _own(page.search_description), 100.0)
        for page in found
        if page.url
    ]


def _found_by_nearness(query: Sequence[str], page_ids: dict[str, int]) -> list[SearchHit]:
    scored = [(known, matches(query, known.words)) for known in _known_pages()]
    near = [(known, score) for known, score in scored if score >= CLOSE_ENOUGH]
    page_ids.update({known.url: known.pk for known, _score in near})
    return [
        SearchHit(_own(known.title), known.url, _("page"), _own(known.excerpt), score)
        for known, score in near
    ]


def _own(text: str) -> Written:
    """A text of a page, which is in the language it is read in."""
    return Written(text, selectors.language())


def _known_pages() -> list[Known]:
    return cached(f"search:{selectors.language()}", _read_known_pages)


def _read_known_pages() -> list[Known]:
    pages = Page.objects.live().public().filter(locale=selectors.locale(), depth__gt=1)
    return [
        Known(
            page.pk,
            page.title,
            page.url,
            page.search_description,
            tuple(dict.fromkeys(words_of(f"{page.title} {page.search_description}"))),
        )
        for page in pages[:MAX_PAGES]
        if page.url
    ]


def with_excerpts(results: Results, shown: Sequence[SearchHit]) -> list[SearchHit]:
    """The results shown, each with the passage where the words were found; a summary where they are not in it."""
    texts = _texts_of_pages([results.page_ids[hit.url] for hit in shown if hit.url in results.page_ids])
    return [
        replace(
            hit,
            excerpt=excerpt(
                hit.excerpt, texts.get(results.page_ids.get(hit.url, 0), hit.text), results.words
            ),
        )
        for hit in shown
    ]


def _texts_of_pages(ids: Sequence[int]) -> dict[int, str]:
    """Everything written on these pages but their titles, in one query a kind of page."""
    pages = Page.objects.filter(pk__in=ids).specific() if ids else []
    return {page.pk: "\n".join(_texts(page)) for page in pages}


def _texts(page: Page) -> Iterable[str]:
    for searched in page.get_search_fields():
        if isinstance(searched, index.SearchField) and searched.field_name != "title":
            value = searched.get_value(page)
            yield from (str(part) for part in (value if isinstance(value, list) else [value]) if part)


def excerpt(summary: str, text: str, words: str, length: int = AROUND) -> str:
    """The summary when it holds the words, else what surrounds them in the text; in the language of the summary."""
    pattern = _pattern(words_of(words))
    if not pattern or pattern.search(fold(summary)):
        return summary
    folded = fold(text)
    found = list(pattern.finditer(folded)) if len(folded) == len(text) else []
    if not found:
        return summary
    start = max(
        found, key=lambda one: (_distinct(folded, pattern, one.start(), length), -one.start())
    ).start()
    begin = text.rfind(" ", 0, max(0, start - length // 3)) + 1
    end = text.find(" ", begin + length)
    passage = " ".join(text[begin : end if end > 0 else None].split())
    around = f"{'… ' if begin else ''}{passage}{' …' if end > 0 else ''}"
    return Written(around, language_of(summary))


def _distinct(folded: str, pattern: re.Pattern[str], start: int, length: int) -> int:
    """How many different words of the query are found from there on."""
    return len(set(pattern.findall(folded, start, start + length)))


def highlight(text: str, words: str) -> SafeString:
    """`text`, escaped, with what answers `words` in `<mark>`, accents aside; its language named when foreign."""
    marked = format_html_join("", "{}{}", _marked(text, words_of(words)))
    return format_html('<span lang="{}">{}</span>', language_of(text), marked) if is_foreign(text) else marked


def _pattern(query: Sequence[str]) -> re.Pattern[str] | None:
    wanted = [re.escape(word) for word in query if len(word) > 1]
    return re.compile(rf"\b({'|'.join(wanted)})\w*") if wanted else None


def _marked(text: str, query: Sequence[str]) -> Iterable[tuple[str, SafeString | str]]:
    pattern = _pattern(query)
    end = 0
    for match in pattern.finditer(fold(text)) if pattern else ():
        marked = format_html_join("", "<mark>{}</mark>", [(text[match.start() : match.end()],)])
        yield text[end : match.start()], marked
        end = match.end()
    yield text[end:], ""
