"""Exports: what is written is read back, word for word; the PDF is a PDF."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.syntheses.blocks import Block
from consultations.syntheses.document import CHANGED_SINCE_COMMENTS, MAX_LEVELS, Document, Item, clean
from consultations.syntheses.reading import read_synthesis
from consultations.syntheses.writing import FORMATS, Note, Printable
from tests.syntheses.examples import archive

NASTY = [
    "- tiret", "* étoile", "# dièse", "1. un", "1) un", "**gras**", "_bas_", "a | b", "<b>x</b>", "&amp; &", "\\",
    "Points saillants", "PRECONISATIONS", "Pour finir :", "`code`", "---", "===", "a\\*b", "| a | b |", "[lien](a)",
    "Thème : x", "2 avril 2014", "- - -", "…", "«\u00a0mots\u00a0»", "🙂", "é" * 60, "~~x~~", "+ plus", "<!-- x -->",
]  # fmt: skip
FACTS = (
    "Adoptée le 2 avril 2014 : les 24 présents, une abstention.",
    CHANGED_SINCE_COMMENTS,
    "Relue par Jeanne.",
)
words = st.one_of(st.sampled_from(NASTY), st.text(min_size=1, max_size=40)).map(clean).filter(bool)
short = words.filter(lambda text: len(text) <= 200)


def items(level: int = 1) -> st.SearchStrategy[tuple[Item, ...]]:
    below = items(level + 1) if level < MAX_LEVELS else st.just(())
    return st.lists(st.builds(Item, words, below), max_size=3).map(tuple)


documents = st.builds(
    Document,
    title=short,
    session=st.one_of(st.just(""), short),
    theme=st.one_of(st.just(""), short),
    held_on=st.one_of(st.none(), st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1))),
    blocks=st.fixed_dictionaries({code: items() for code in Block.values}),
).filter(lambda document: any(document.counts.values()))


def same(one: Document, other: Document) -> bool:
    return one.as_json() == other.as_json()


@pytest.mark.parametrize("extension", ["md", "odt", "docx"])
@given(document=documents)
@settings(max_examples=25)
def test_what_is_exported_is_read_back(extension: str, document: Document) -> None:
    data = FORMATS[extension].write(Printable(document))
    again = read_synthesis(data, name=f"a.{extension}")
    assert same(again.document, document)
    assert again.left_out == ()


@pytest.mark.parametrize("extension", ["md", "odt", "docx"])
def test_summary_and_notes_of_an_export_are_not_sentences(extension: str) -> None:
    notes = (Note("Une phrase", ("3 cartes le disent.",)),)
    printable = Printable(archive(), FACTS, "En bref.\nDeux lignes.", notes)
    again = read_synthesis(FORMATS[extension].write(printable), name=f"a.{extension}")
    assert same(again.document, archive())
    assert [each.text for each in again.left_out] == ["Relue par Jeanne."], "only what is not ours is listed"


def test_pdf_is_written_whatever_the_words() -> None:
    nasty = Document("#set page(width: 1pt)", blocks={"levers": tuple(Item(text) for text in NASTY)})
    for document in (archive(), nasty):
        assert FORMATS["pdf"].write(Printable(document)).startswith(b"%PDF-")
