"""Two people's changes of one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.cowriting.differences import compare
from consultations.cowriting.merging import Clash, merge, words_of

TEXT = st.text(st.sampled_from("ab é.\n😀"), max_size=60)


@pytest.mark.parametrize(
    ("theirs", "mine", "merged"),
    [
        ("Le chat noir dort.", "Le chat dort.", "Le chat noir dort."),
        ("Le chat dort.", "Le chat dort bien.", "Le chat dort bien."),
        ("Le chat noir dort.", "Le chat dort bien.", "Le chat noir dort bien."),
        ("", "Le chat dort.", ""),
        ("Le loup dort.", "Le loup dort.", "Le loup dort."),
    ],
)
def test_changes_in_different_places_are_both_kept(theirs: str, mine: str, merged: str) -> None:
    result = merge(before="Le chat dort.", theirs=theirs, mine=mine)
    assert (result.text, result.clashes) == (merged, ())


def test_the_same_words_changed_twice_keep_theirs_and_show_mine() -> None:
    result = merge(before="Le chat dort.", theirs="Le chien dort.", mine="Le loup dort bien.")
    assert result.text == "Le chien dort bien."
    assert result.clashes == (Clash("chat", "chien", "loup"),)


@given(TEXT, TEXT)
def test_one_side_alone_is_taken_whole(before: str, after: str) -> None:
    assert merge(before=before, theirs=before, mine=after).text == after
    assert merge(before=before, theirs=after, mine=before).text == after
    assert merge(before=before, theirs=after, mine=after).clashes == ()


@given(TEXT, TEXT, TEXT)
def test_a_merge_without_clash_is_the_same_for_both(before: str, one: str, two: str) -> None:
    here = merge(before=before, theirs=one, mine=two)
    there = merge(before=before, theirs=two, mine=one)
    assert bool(here.clashes) == bool(there.clashes)
    if not here.clashes:
        assert here.text == there.text


@given(TEXT, TEXT)
def test_a_comparison_holds_both_texts(before: str, after: str) -> None:
    pieces = compare(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    assert before != after or all(piece.kind == "same" for piece in pieces)


@given(TEXT)
def test_words_joined_are_the_text(text: str) -> None:
    assert "".join(words_of(text)) == text


def test_a_phrase_is_replaced_whole() -> None:
    pieces = [
        (piece.kind, piece.text) for piece in compare("la vieille maison rouge", "la petite cabane rouge")
    ]
    assert pieces == [
        ("same", "la "),
        ("removed", "vieille maison"),
        ("added", "petite cabane"),
        ("same", " rouge"),
    ]
