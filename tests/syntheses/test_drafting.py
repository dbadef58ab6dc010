"""From a workshop to a draft: order, blocks, evidence, keywords, ways of seeing."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from consultations.syntheses import services
from consultations.syntheses.clustering import cluster
from consultations.syntheses.keywords import propose_keywords
from consultations.syntheses.models import Synthesis
from consultations.syntheses.opinions import opinions_of
from consultations.syntheses.selectors import document_of, evidence_of
from consultations.syntheses.services.drafting import block_asked
from consultations.syntheses.sources import unused_cards
from observatory.disclosure.rules import INTERNAL, PUBLIC
from tests.factories.syntheses import Board, facilitator_of, line_of

DAY = datetime.timedelta(days=1)


def drafted(board: Board) -> Synthesis:
    return services.draft_from_workshop(
        actor=facilitator_of(board.workshop.consultation), workshop=board.workshop
    )


@pytest.mark.django_db
def test_groups_become_lines_the_most_voted_first() -> None:
    board = Board()
    few = board.group("Peu", "a", "b", "c")
    many = board.group("Beaucoup", "d")
    board.group("Vide")
    alone = board.card("Une carte seule, choisie")
    lost = board.card("Une carte que personne ne cite")
    people = board.people(3)
    board.votes(few, people[:1])
    board.votes(many, people, points=2)
    board.votes(alone, people[:2])
    synthesis = drafted(board)
    texts = [item.text for item in document_of(synthesis).block("recommendations")]
    assert texts == ["Beaucoup", "Une carte seule, choisie", "Peu"]
    assert drafted(board) == synthesis
    assert [card.pk for card in unused_cards(synthesis)] == [lost.pk]
    assert (synthesis.theme, str(synthesis.held_on)) == ("Autonomie", "2026-03-02")


@pytest.mark.django_db
def test_workshop_held_before_the_day_planned_was_held_when_it_ended() -> None:
    board = Board()
    board.group("Gardé", "a")
    now = timezone.now()
    board.workshop.closed_at = now
    board.workshop.starts_at, board.workshop.ends_at = now + DAY, now + 2 * DAY
    board.workshop.save()
    assert drafted(board).held_on == timezone.localdate(now)


@pytest.mark.django_db
def test_hidden_and_withdrawn_cards_and_feedback_are_left_out() -> None:
    board = Board()
    board.group("Gardé", "a")
    hidden = board.group("Caché")
    board.card("non", group=hidden, hidden_reason="Nomme une personne")
    board.card("non plus", group=hidden, withdrawn=True)
    board.card("Merci", stage=board.stage("feedback", "Et pour finir ?"))
    synthesis = drafted(board)
    assert [line.text for line in synthesis.lines.all()] == ["Gardé"]
    assert unused_cards(synthesis) == []


@pytest.mark.django_db
def test_running_workshop_is_refused() -> None:
    board = Board()
    board.workshop.status = "open"
    board.workshop.save()
    with pytest.raises(ValidationError):
        drafted(board)


@pytest.mark.parametrize(
    ("question", "block"),
    [
        ("Que faudrait-il faire ?", "recommendations"),
        ("Qu’est-ce qui marche bien ?", "levers"),
        ("Que faut-il améliorer ?", "improvements"),
        ("Qu’est-ce qui vous empêche de vivre comme vous voulez ?", "salient_points"),
        ("Points positifs", "levers"),
        ("Comment associer les usagers ?", "user_participation"),
    ],
)
def test_block_follows_the_question(question: str, block: str) -> None:
    assert block_asked(question) == block


def votes_on(board: Board, *, rule: object) -> object:
    synthesis = Synthesis.objects.get(workshop=board.workshop)
    return evidence_of(synthesis, rule=rule)[line_of(synthesis, "Répit").pk].votes[0]


def board_with(support: dict[str, tuple[int, int]], device: str = "phone") -> Board:
    """By college: those who chose the group, out of those who voted."""
    board = Board()
    group, other = board.group("Répit", "Souffler"), board.group("Bus", "Rouler")
    for college, (chose, voted) in support.items():
        people = board.people(voted, college, device)
        board.votes(group, people[:chose])
        board.votes(other, people[chose:])
    drafted(board)
    return board


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("support", "device", "withheld", "colleges"),
    [
        ({"residents": (12, 24), "professionals": (11, 22)}, "phone", False, 2),
        ({"residents": (12, 24), "professionals": (11, 12)}, "phone", False, 0),  # one professional did not
        ({"residents": (30, 60), "officials": (1, 2)}, "phone", False, 0),
        ({"residents": (4, 24)}, "phone", True, 0),
        ({"residents": (20, 24)}, "phone", True, 0),  # four did not: as telling
        ({"residents": (24, 24)}, "phone", False, 0),  # one college: said once
        ({"residents": (2, 5), "officials": (1, 2)}, "facilitator", False, 2),  # hands raised are public
    ],
)
def test_votes_by_college_are_never_about_too_few_people(
    support: dict[str, tuple[int, int]], device: str, withheld: bool, colleges: int
) -> None:
    votes = votes_on(board_with(support, device), rule=PUBLIC)
    assert (votes.is_withheld, len(votes.colleges)) == (withheld, colleges)  # type: ignore[attr-defined]
    if withheld:
        assert (votes.supporters, votes.voters) == (0, 0)  # type: ignore[attr-defined]
    else:
        assert votes.supporters == sum(chose for chose, _voted in support.values())  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.parametrize(("both", "withheld"), [(0, False), (3, True), (12, False)])
def test_sentence_on_two_groups_never_tells_how_few_chose_both(both: int, withheld: bool) -> None:
    board = Board()
    one, two = board.group("Répit", "a"), board.group("Nuit", "b")
    people = board.people(60)
    board.votes(one, people[:20])
    board.votes(two, people[20 - both : 40 - both])
    board.votes(board.group("Bus", "c"), people[40:])
    synthesis = drafted(board)
    kept = services.merge_lines(
        actor=facilitator_of(board.workshop.consultation),
        kept=line_of(synthesis, "Répit"),
        merged=line_of(synthesis, "Nuit"),
    )
    votes = evidence_of(synthesis, rule=PUBLIC)[kept.pk].votes[0]
    assert votes.is_withheld is withheld
    assert votes.supporters == (0 if withheld else 40 - both)


@pytest.mark.django_db
def test_organisers_see_from_five_people() -> None:
    board = board_with({"residents": (6, 12), "professionals": (5, 10)})
    assert votes_on(board, rule=PUBLIC).colleges == ()  # type: ignore[attr-defined]
    assert len(votes_on(board, rule=INTERNAL).colleges) == 2  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_evidence_asks_a_constant_number_of_queries(django_assert_max_num_queries: object) -> None:
    board = Board()
    people = board.people(12)
    for number in range(8):
        board.votes(board.group(f"Groupe {number}", "a", "b"), people)
    synthesis = drafted(board)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        evidence = evidence_of(synthesis)
    assert len(evidence) == 8


@pytest.mark.django_db
def test_ways_of_seeing_are_found_and_never_too_small() -> None:
    board = Board()
    groups = [board.group(name, name) for name in ("Répit", "Nuit", "Bus", "Train")]
    at_home, outside = board.people(15), board.people(12)
    for group, people in zip(groups, (at_home, at_home, outside, outside), strict=True):
        board.votes(group, people)
    synthesis = drafted(board)
    found = opinions_of(synthesis, rule=PUBLIC)
    assert found is not None
    assert [group.people for group in found.groups] == [15, 12]
    assert {idea.text for idea in found.groups[0].more} == {"Répit", "Nuit"}
    assert {idea.text for idea in found.groups[1].less} == {"Répit", "Nuit"}
    for person in at_home[:5]:
        person.votes.all().delete()
    assert opinions_of(synthesis, rule=PUBLIC) is None
    assert opinions_of(synthesis, rule=INTERNAL) is not None


tables = st.integers(2, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0.0, 1.0]), min_size=width, max_size=width), min_size=4, max_size=30
    )
)


@given(rows=tables, smallest=st.integers(1, 8))
def test_groups_are_the_same_each_time_and_large_enough(rows: list[list[float]], smallest: int) -> None:
    found = cluster(rows, smallest=smallest)
    assert found == cluster(rows, smallest=smallest)
    if found:
        assert len(found.labels) == len(rows)
        assert all(found.labels.count(group) >= smallest for group in range(found.count))
        assert 0 < found.silhouette <= 1


def test_crowd_without_parting_has_no_groups() -> None:
    assert cluster([[1.0, 0.0]] * 30, smallest=5) is None
    assert cluster([], smallest=5) is None


def test_keywords_are_words_most_cards_share() -> None:
    cards = {
        "1": "Un transport à la demande pour le médecin",
        "2": "Le transport à la demande le soir",
        "3": "Des transports pour les aidants",
        "4": "L’aide à domicile aux aidants",
        "5": "Une aide à domicile la nuit",
        "6": "Plus d’aide à domicile, pour les aidants",
    }
    found = {keyword.text: keyword.cards for keyword in propose_keywords(cards)}
    assert found["Transport"] == ("1", "2", "3")
    assert found["Aidants"] == ("3", "4", "6")
    assert "Pour" not in found
    assert all(len(keys) >= 3 for keys in found.values())
