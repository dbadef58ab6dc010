"""Who may do what with an opinion, in each state: one table; then what makes each part."""

from collections.abc import Iterable

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Role
from consultations.councils.models import Mandate
from consultations.opinions.models import Opinion
from consultations.opinions.permissions import can_propose, can_see_opinion, parts_of
from consultations.opinions.services import life
from consultations.opinions.states import LIFE, Part
from tests.factories.days import days_ago
from tests.factories.opinions import authority, people, proposed, sent, voted
from tests.factories.process import person
from tests.states import walk

pytestmark = pytest.mark.django_db
STATES = tuple(map(str, Opinion.State))
BEFORE, WAITING = ("proposed", "debated"), ("sent", "acknowledged", "under_study", "answer_due")
ENDED = ("answered", "carried_out", "evaluated")
ACTORS = {"nobody": frozenset(), **{str(part): frozenset({part}) for part in Part}}
EVERYONE = set(ACTORS) - {"nobody"}
KEEPERS = {"president", "secretary"}
ANSWERERS = {"addressee", "president", "secretary"}
WRITERS = {"author", *KEEPERS}


def during(states: Iterable[str], who: set[str]) -> dict[str, set[str]]:
    return {state: set(who) for state in states}


TABLE = {
    "read": during(STATES, EVERYONE),
    "edit": during(("proposed",), WRITERS) | during(("debated", "voted"), KEEPERS),
    "debate": during(("proposed",), KEEPERS),
    "vote": during(BEFORE, KEEPERS),
    "reject": during(BEFORE, KEEPERS),
    "send": during(("voted",), KEEPERS),
    "acknowledge": during(("sent",), ANSWERERS),
    "study": during(("sent", "acknowledged", "answer_due"), ANSWERERS),
    "answer": during((*WAITING, "answered"), ANSWERERS),
    "fall_due": {},
    "relay": {},
    "read_back": during((*WAITING, *ENDED), KEEPERS),
    "carry_out": during(("answered",), ANSWERERS),
    "evaluate": during(("carried_out",), KEEPERS),
    "forward": during(("voted", *WAITING, "answered"), KEEPERS),
    "withdraw": during(("proposed",), WRITERS) | during(("debated", "voted", *WAITING), KEEPERS),
    "print": during(("voted", *WAITING, *ENDED), EVERYONE),
}


def test_the_machine_allows_exactly_the_table() -> None:
    assert walk(LIFE, TABLE, ACTORS) == len(TABLE) * len(STATES) * len(ACTORS)


def test_what_ended_stays_ended() -> None:
    assert LIFE.final == {"evaluated", "withdrawn", "not_adopted"}


def test_each_is_what_their_mandate_and_role_make_them() -> None:
    opinion = sent()
    ours = people(opinion.council)
    assert {
        name: parts_of(getattr(ours, name), opinion) for name in ("president", "secretary", "member")
    } == {
        "president": {Part.MEMBER, Part.PRESIDENT},
        "secretary": {Part.SECRETARY},
        "member": {Part.MEMBER},
    }
    assert parts_of(ours.director, opinion) == {Part.DIRECTOR, Part.ADDRESSEE}
    assert parts_of(ours.stranger, opinion) == parts_of(AnonymousUser(), opinion) == frozenset()


def test_the_director_answers_only_what_was_sent_to_their_place() -> None:
    opinion = voted()
    ours = people(opinion.council)
    body, official = authority(opinion.council)
    assert parts_of(ours.director, opinion) == {Part.DIRECTOR}
    life.send_opinion(actor=None, opinion=opinion, sent_to=body, on=days_ago(1))
    opinion.refresh_from_db()
    assert Part.ADDRESSEE not in parts_of(ours.director, opinion)
    assert parts_of(official, opinion) == {Part.ADDRESSEE}


def test_an_elected_official_answers_for_the_authority_of_their_territory() -> None:
    opinion = voted()
    body, _official = authority(opinion.council)
    body.kind = "authority"
    body.save()
    elected = person(Role.OFFICIAL, on=opinion.council.territory)
    life.send_opinion(actor=None, opinion=opinion, sent_to=body, on=days_ago(1))
    opinion.refresh_from_db()
    assert parts_of(elected, opinion) == {Part.ADDRESSEE}


def test_the_author_loses_nothing_but_the_seat_when_the_mandate_ends() -> None:
    ours = people()
    opinion = life.propose_opinion(actor=ours.member, council=ours.council, title="Un banc", text="Ici.")
    assert parts_of(ours.member, opinion) == {Part.AUTHOR, Part.MEMBER}
    Mandate.objects.filter(user=ours.member).update(ended_on=days_ago(1), end_reason="resigned")
    assert parts_of(ours.member, opinion) == {Part.AUTHOR}
    assert not can_propose(ours.member, ours.council)


@pytest.mark.parametrize(
    ("is_sent", "is_public", "council_is_public", "expected"),
    [
        (True, True, True, True),
        (False, True, True, False),
        (True, False, True, False),
        (True, True, False, False),
    ],
)
def test_anyone_reads_what_was_sent_unless_it_was_kept(
    is_sent: bool, is_public: bool, council_is_public: bool, expected: bool
) -> None:
    opinion = sent() if is_sent else proposed()
    opinion.is_public, opinion.council.is_public = is_public, council_is_public
    opinion.save()
    opinion.council.save()
    assert can_see_opinion(AnonymousUser(), opinion) is expected
    assert Opinion.objects.published().exists() is expected
    assert can_see_opinion(people(opinion.council).member, opinion)
