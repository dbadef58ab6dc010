"""The grid of effort and effect as evidence: means by college, never about too few people."""

import pytest

from consultations.live.models import Participant
from consultations.syntheses import services
from consultations.syntheses.selectors import evidence_of, version_content
from consultations.syntheses.selectors.grids import GridPlace
from consultations.workshops.models import Group, Vote
from observatory.disclosure.rules import INTERNAL, PUBLIC, Rule
from tests.factories.accounts import SignedInClient
from tests.factories.syntheses import Board, facilitator_of

pytestmark = pytest.mark.django_db


def placed(board: Board, group: Group, people: list[Participant], effort: int, effect: int) -> None:
    stage = board.workshop.stages.filter(kind="grid").first() or board.stage("grid", "Effort et effet")
    for one in people:
        Vote.objects.create(stage=stage, participant=one, group=group, points=effect, effort=effort)


def grids(board: Board, *, rule: Rule = PUBLIC) -> tuple[GridPlace, ...]:
    synthesis = services.draft_from_workshop(
        actor=facilitator_of(board.workshop.consultation), workshop=board.workshop
    )
    line = synthesis.lines.get(text="Un relais")
    return evidence_of(synthesis, rule=rule)[line.pk].grids


@pytest.mark.parametrize(
    ("residents", "officials", "rule", "shown", "colleges"),
    [
        (12, 11, PUBLIC, True, 2),
        (12, 3, PUBLIC, True, 0),
        (14, 0, PUBLIC, True, 0),
        (6, 4, PUBLIC, False, 0),
        (6, 5, INTERNAL, True, 2),
        (2, 2, INTERNAL, False, 0),
    ],
)
def test_an_idea_is_placed_by_enough_people_or_not_at_all(
    residents: int, officials: int, rule: Rule, shown: bool, colleges: int
) -> None:
    board = Board()
    group = board.group("Un relais", "a", "b")
    placed(board, group, board.people(residents), effort=2, effect=5)
    placed(board, group, board.people(officials, "officials"), effort=4, effect=3)
    [found] = grids(board, rule=rule)
    assert (not found.is_withheld, len(found.colleges)) == (shown, colleges)
    assert found.people == (residents + officials if shown else 0)
    if colleges:
        assert [(one.effort, one.effect) for one in found.colleges] == [(2.0, 5.0), (4.0, 3.0)]


@pytest.mark.parametrize(
    ("effort", "effect", "words"),
    [
        (1, 5, "utile, et facile à faire"),
        (5, 5, "utile, et demande beaucoup d’effort"),
        (1, 1, "facile à faire, pour peu d’effet"),
        (5, 1, "demande beaucoup d’effort, pour peu d’effet"),
    ],
)
def test_the_place_is_told_in_plain_words(effort: int, effect: int, words: str) -> None:
    board = Board()
    placed(board, board.group("Un relais", "a", "b"), board.people(12), effort, effect)
    assert words in grids(board)[0].sentence


def test_a_table_counts_for_its_people() -> None:
    board = Board()
    group = board.group("Un relais", "a", "b")
    [tablet] = board.people(1, device="tablet")
    tablet.headcount = 12
    tablet.save()
    placed(board, group, [tablet], effort=1, effect=5)
    placed(board, group, board.people(12), effort=5, effect=1)
    [found] = grids(board)
    assert (found.people, found.effort, found.effect) == (24, 3.0, 3.0)


def test_said_aloud_it_is_shown_as_it_is() -> None:
    board = Board()
    placed(board, board.group("Un relais", "a", "b"), board.people(2, device="facilitator"), 2, 4)
    [found] = grids(board)
    assert (found.is_open, found.people) == (True, 2)


def test_the_page_and_the_version_carry_it(client: SignedInClient) -> None:
    board = Board()
    group = board.group("Un relais", "a", "b")
    placed(board, group, board.people(12), effort=2, effect=5)
    placed(board, group, board.people(11, "officials"), effort=4, effect=3)
    actor = facilitator_of(board.workshop.consultation)
    synthesis = services.draft_from_workshop(actor=actor, workshop=board.workshop)
    content = version_content(synthesis)
    sentences = str(content)
    assert "utile, et demande" in sentences or "utile, et facile" in sentences
    client.force_login(actor)
    page = client.get(f"/espace/syntheses/{synthesis.pk}/apercu/").content.decode()
    assert "Effort, sur 5" in page


def test_a_line_on_two_ideas_places_each_on_its_own() -> None:
    board = Board()
    group, other = board.group("Un relais", "a", "b"), board.group("Un bus", "c")
    placed(board, group, board.people(12), effort=1, effect=5)
    placed(board, other, board.people(12), effort=5, effect=1)
    actor = facilitator_of(board.workshop.consultation)
    synthesis = services.draft_from_workshop(actor=actor, workshop=board.workshop)
    line, merged = synthesis.lines.get(text="Un relais"), synthesis.lines.get(text="Un bus")
    services.merge_lines(actor=actor, kept=line, merged=merged)
    found = evidence_of(synthesis)[line.pk].grids
    assert {(one.idea, one.effort) for one in found} == {("Un relais", 1.0), ("Un bus", 5.0)}
