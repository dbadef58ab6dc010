"""One member is enough for a secret vote, where the bylaws say so; who asked is written nowhere."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from consultations.meetings.majority import Votes
from consultations.meetings.models import Ballot, Decision
from consultations.meetings.selectors.sitting import mine_of, screen_of
from consultations.meetings.services import secrecy, voting
from core.models import AuditEntry
from tests.factories.meetings import Sitting, opened

pytestmark = pytest.mark.django_db


def asks(made: Sitting, index: int = 0) -> None:
    secrecy.ask_secret_vote(attendance=made.meeting.attendances.get(mandate=made.users_side[index]))


def test_asked_before_the_vote_only_the_secret_ballot_is_left() -> None:
    made = opened()
    item = made.start(made.item())
    mine = made.meeting.attendances.get(mandate=made.users_side[0])
    assert mine_of(screen_of(made.again()), mine).may_ask_secret
    asks(made)
    item.refresh_from_db()
    assert not screen_of(made.again()).may_ask_secret
    with pytest.raises(ValidationError) as refused:
        made.vote(item)
    assert list(refused.value.message_dict) == ["kind"]
    assert made.vote(item, "secret").is_secret


def test_asked_during_the_vote_it_starts_again_in_secret() -> None:
    made = opened()
    item = made.start(made.item())
    first = made.vote(item, "on_phones")
    mine = made.meeting.attendances.get(mandate=made.users_side[1])
    voting.cast_vote(attendance=mine, decision=first, choice="for")
    asks(made)
    first.refresh_from_db()
    again = Decision.objects.get(state="open")
    assert (first.state, first.state_reason) == ("void", "un membre a demandé un vote secret")
    assert (again.kind, again.question, Ballot.objects.count()) == ("secret", first.question, 0)
    assert voting.cast_vote(attendance=mine, decision=again, choice="against")
    asks(made)  # asked again, nothing is lost
    assert Ballot.objects.count() == 1


def test_nothing_says_who_asked() -> None:
    made = opened()
    made.start(made.item())
    asks(made)
    entry = AuditEntry.objects.get(verb="secret_vote_asked")
    assert entry.actor_id is None
    assert str(made.users_side[0].pk) not in str(entry.changes)


def test_where_it_is_not_of_right_or_not_the_moment() -> None:
    made = opened()
    item = made.item()
    with pytest.raises(ValidationError):
        secrecy.record_secret_demand(actor=made.secretary, item=item)  # another item is under discussion
    made.start(made.item("debate", "Les sorties"))
    with pytest.raises(ValidationError):
        asks(made)  # nothing to vote
    made.start(item)
    made.council.bylaw_versions.create(
        valid_from=datetime.date(2025, 2, 1), values={"secret_vote_on_demand": False}, reason="décidé"
    )
    with pytest.raises(ValidationError, match="présidence"):
        asks(made)
    assert not screen_of(made.again()).may_ask_secret


def test_only_those_who_vote_ask() -> None:
    made = opened()
    made.start(made.item())
    beside = made.come(made.substitutes["families"][0])[0]
    with pytest.raises(PermissionDenied):
        secrecy.ask_secret_vote(attendance=beside)


@pytest.mark.parametrize(("base", "result"), [("members_present", "rejected"), ("votes_cast", "adopted")])
def test_the_majority_is_the_one_of_the_bylaws(base: str, result: str) -> None:
    """4 for, 1 against, 4 abstain, of 9 present (CASF D311-17: the members present)."""
    made = opened()
    made.council.bylaw_versions.create(
        valid_from=datetime.date(2025, 2, 1), values={"majority_rule": base}, reason="décidé"
    )
    decision = made.vote(made.start(made.item()))
    counts = {"supported_persons": Votes(3), "families": Votes(1, 1, 1), "staff": Votes(0, 0, 1)}
    voting.record_votes(actor=made.secretary, decision=decision, counts=counts)
    closed = voting.close_decision(actor=made.secretary, decision=decision)
    assert (closed.majority, closed.result) == (base, result)
