"""The way of opinions as a graph, and topics that look alike: pure rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.opinions.merging import Subject, above, are_alike, below, topics, words_of, would_loop
from core.text import fold

KEYS = st.integers(0, 12)
ATTEMPTS = st.lists(st.tuples(KEYS, KEYS), max_size=60)


def grown(attempts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Edges accepted one after the other, as the service does: never one that would loop."""
    edges: list[tuple[int, int]] = []
    for low, high in attempts:
        if not would_loop(edges, low, high) and (low, high) not in edges:
            edges.append((low, high))
    return edges


@given(ATTEMPTS)
def test_no_opinion_ever_comes_back_to_itself(attempts: list[tuple[int, int]]) -> None:
    edges = grown(attempts)
    for key in range(13):
        assert key not in below(edges, key)
        assert key not in above(edges, key)


@given(ATTEMPTS)
def test_what_is_above_one_has_it_below(attempts: list[tuple[int, int]]) -> None:
    edges = grown(attempts)
    for key in range(13):
        for high in above(edges, key):
            assert key in below(edges, high)
        for low in below(edges, key):
            assert key in above(edges, low)


@given(ATTEMPTS, KEYS, KEYS)
def test_joining_never_loses_what_was_below(attempts: list[tuple[int, int]], low: int, high: int) -> None:
    edges = grown(attempts)
    before = {key: set(below(edges, key)) for key in range(13)}
    after = [*edges, (low, high)] if not would_loop(edges, low, high) else edges
    for key, kept in before.items():
        assert kept <= set(below(after, key))


@given(ATTEMPTS)
def test_each_receiver_is_told_once(attempts: list[tuple[int, int]]) -> None:
    edges = grown(attempts)
    for key in range(13):
        found = below(edges, key)
        assert len(found) == len(set(found))


def subject(
    title: str, owner: str = "A", theme: str = "daily_life", needs: tuple[int, ...] = ()
) -> Subject[str]:
    return Subject(f"{owner}:{title}", owner, theme, words_of(fold(title)), frozenset(needs))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (subject("Dîner à 19 heures"), subject("L’heure du dîner"), True),
        (subject("Un banc dans le jardin"), subject("Des bancs à l’ombre"), True),
        (subject("Un banc dans le jardin"), subject("Le linge perdu"), False),
        (subject("Un banc", theme="works"), subject("Un banc", theme="rights"), False),
        (subject("Un banc", needs=(4,)), subject("Le transport du soir", theme="access", needs=(4, 5)), True),
        (subject("À la"), subject("À la"), False),
    ],
)
def test_alike_by_need_or_by_subject_and_words(one: Subject[str], other: Subject[str], alike: bool) -> None:
    assert are_alike(one, other) is alike
    assert are_alike(other, one) is alike


TITLES = st.sampled_from(["Un banc au jardin", "Bancs du jardin", "Le dîner", "Dîner plus tard", "Le linge"])
SUBJECTS = st.lists(
    st.builds(subject, TITLES, st.sampled_from("ABCD"), st.sampled_from(["works", "daily_life"])),
    unique_by=lambda one: one.key,
)


@given(SUBJECTS)
def test_every_subject_is_in_one_topic(subjects: list[Subject[str]]) -> None:
    groups = topics(subjects)
    keys = [one.key for group in groups for one in group]
    assert sorted(keys) == sorted(one.key for one in subjects)
    sizes = [len({one.owner for one in group}) for group in groups]
    assert sizes == sorted(sizes, reverse=True)


@given(SUBJECTS)
def test_alike_subjects_are_never_apart(subjects: list[Subject[str]]) -> None:
    place = {one.key: number for number, group in enumerate(topics(subjects)) for one in group}
    for one in subjects:
        for other in subjects:
            if are_alike(one, other):
                assert place[one.key] == place[other.key]
