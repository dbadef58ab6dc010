"""Comments find their words again."""

from hypothesis import given
from hypothesis import strategies as st

from consultations.cowriting.anchoring import Quotation, find, quote

TEXT = "Les aidants sont épuisés. Les places manquent. Les aidants sont seuls le soir."


def test_words_are_found_where_they_moved() -> None:
    quotation = quote(TEXT, 26, 46)
    moved = "Depuis dix ans, " + TEXT
    assert find(quotation, moved) == (42, 62)
    assert moved[42:62] == "Les places manquent."


def test_the_same_words_twice_are_told_apart_by_what_stands_around() -> None:
    second = TEXT.index("aidants", 30)
    quotation = quote(TEXT, second, second + len("aidants"))
    assert find(quotation, TEXT) == (second, second + len("aidants"))
    assert find(quotation, "Bien. " + TEXT) == (second + 6, second + 6 + len("aidants"))


def test_a_sentence_reworded_is_still_the_same() -> None:
    quotation = Quotation("Les places d'accueil manquent partout")
    place = find(quotation, "Or les places d'accueil manquent presque partout. Fin.")
    assert place is not None


def test_words_that_are_gone_leave_an_orphan() -> None:
    assert find(Quotation("Les places manquent."), "Le transport est cher.") is None
    assert find(Quotation("soir"), "Le matin, tout va bien.") is None
    assert find(Quotation(""), TEXT) is None


@given(st.text(max_size=80), st.data())
def test_words_of_an_unchanged_text_are_found_as_they_are(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = find(quote(text, start, end), text)
    assert place is None if start == end else place is not None and text[slice(*place)] == text[start:end]
