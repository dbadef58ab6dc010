"""From a draft to a closed poll: one whole ballot per voter, nothing that joins them, promises that hold."""

import datetime
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import Role
from consultations.polls import services
from consultations.polls.models import Ballot, HandCount, Poll, Snapshot, Voter
from consultations.polls.services import cast_ballot, close_poll, open_poll, tighten_poll
from consultations.process.models import Consultation
from core.models import AuditEntry, Receipt
from tests.factories.polls import a_room, draft_poll, open_a_poll, room_poll, vote
from tests.factories.process import ConsultationFactory, person

pytestmark = pytest.mark.django_db


def organiser_of(poll):
    return person(Role.ORGANISER, on=Consultation.objects.get(pk=poll.place_key).territory)


def test_only_those_who_run_the_place_create_a_poll():
    consultation = ConsultationFactory(status=Consultation.Status.PUBLISHED)
    place, wanted = ("consultation", str(consultation.pk)), {"kind": "yes_no", "question": "Oui ?"}
    with pytest.raises(PermissionDenied):
        services.create_poll(actor=person(Role.ANALYST, on=consultation.territory), place=place, **wanted)
    actor = person(Role.ORGANISER, on=consultation.territory)
    poll = services.create_poll(actor=actor, place=place, **wanted)
    assert (poll.status, poll.slug) == ("draft", "oui")
    assert AuditEntry.objects.filter(verb="poll_created", target_id=str(poll.pk)).exists()
    for wrong in (("consultation", "nonsense"), ("nowhere", "1"), ("page", "9" * 40), ("page", "x")):
        with pytest.raises(PermissionDenied):
            services.create_poll(actor=actor, place=wrong, **wanted)


def test_opening_freezes_the_words():
    poll = draft_poll("yes_no")
    actor = organiser_of(poll)
    services.update_poll(actor=actor, poll=poll, kind="yes_no", question="Vraiment ?", may_abstain=True)
    poll = open_poll(actor=actor, poll=poll)
    assert poll.definition_hash == poll.frozen_hash()
    with pytest.raises(PermissionDenied):
        services.update_poll(actor=actor, poll=poll, kind="yes_no", question="Autre chose ?")
    assert Poll.objects.get(pk=poll.pk).question == "Vraiment ?"
    assert open_poll(actor=None, poll=poll).definition_hash == poll.definition_hash


def test_an_open_vote_needs_a_room_and_never_asks_about_satisfaction(monkeypatch):
    a_room(monkeypatch)
    with pytest.raises(ValidationError):
        draft_poll("single", secrecy="open")
    with pytest.raises(ValidationError):
        room_poll("satisfaction", secrecy="open")
    assert not room_poll("single", secrecy="open").is_secret


# --- voting -----------------------------------------------------------------------------------------


def test_the_same_voter_votes_once_whatever_is_sent_again():
    """adhocracy4 gave a new identity to every post of someone without account; Decidim #7438: no limit."""
    poll = open_a_poll()
    first = cast_ballot(poll=poll, voter_key="a", choices={"bus": 1})
    again = cast_ballot(poll=poll, voter_key="a", choices={"velo": 1})
    assert (first.created, again.created) == (True, False)
    assert first.receipt_code == again.receipt_code
    assert list(poll.ballots.values_list("choices", flat=True)) == [{"bus": 1}]


def test_two_people_never_share_a_token():
    """decidim-app PR #1015: the token was read from a key never set, so all anonymous people were one."""
    poll = open_a_poll()
    receipts = {cast_ballot(poll=poll, voter_key=key, choices={"bus": 1}).receipt_code for key in "abc"}
    assert poll.ballots.count() == len(receipts) == 3


def test_a_ballot_is_stored_whole_or_not_at_all():
    """adhocracy4 stored a ballot piece by piece: a bad third answer left two recorded."""
    poll = open_a_poll("score")
    with pytest.raises(ValidationError):
        cast_ballot(poll=poll, voter_key="a", choices={"navette": 3, "bus": 2, "velo": 9})
    assert not Ballot.objects.exists()
    assert not Voter.objects.filter(has_voted=True).exists()
    assert cast_ballot(poll=poll, voter_key="a", choices={"navette": 3}).created


def test_a_failure_after_the_ballot_leaves_nothing(monkeypatch):
    poll = open_a_poll()
    monkeypatch.setattr("consultations.polls.services.voting.Voter.objects.filter", lambda **_keys: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        cast_ballot(poll=poll, voter_key="a", choices={"bus": 1})
    monkeypatch.undo()
    assert not Ballot.objects.exists()
    assert not Voter.objects.exists()


def test_nothing_joins_a_ballot_to_a_voter():
    """scrumlr keeps the account on each “anonymous” vote; Decidim exported a hash of the address."""
    ballot = {field.name for field in Ballot._meta.get_fields()}
    voter = {field.name for field in Voter._meta.get_fields()}
    assert ballot == {"id", "poll", "choices", "mode", "college"}
    assert voter == {"id", "poll", "key_hash", "has_voted"}
    poll = open_a_poll()
    cast_ballot(poll=poll, voter_key="secret-device", choices={"bus": 1})
    receipt = Receipt.objects.get(subject_kind="poll")
    assert receipt.subject_id == str(poll.pk), "the receipt leads to the poll, not to the ballot"
    assert "secret-device" not in str(Voter.objects.values().get())
    assert not AuditEntry.objects.filter(verb__startswith="ballot").exists()


def test_who_voted_is_forgotten_at_closing():
    poll = open_a_poll()
    vote(poll, "bus", "velo")
    poll = close_poll(actor=organiser_of(poll), poll=poll)
    assert (poll.status, poll.voter_count, poll.voters.count()) == ("closed", 2, 0)
    assert close_poll(actor=None, poll=poll).voter_count == 2


def test_after_closing_the_place_of_a_ballot_no_longer_tells_when_it_came():
    poll = open_a_poll()
    vote(poll, *["bus", "velo", "navette"] * 4, college="officials")
    before = {ballot.pk: ballot.choices for ballot in poll.ballots.all()}
    close_poll(actor=None, poll=poll)
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM polls_ballot ORDER BY {place}")
        stored = [UUID(str(key)) for (key,) in cursor.fetchall()]
    assert stored == sorted(before)
    assert {ballot.pk: ballot.choices for ballot in Ballot.objects.all()} == before
    assert not Ballot.objects.exclude(college="").exists(), "a group may be one person"


@pytest.mark.parametrize("state", ["draft", "closed", "not yet", "over"])
def test_a_poll_that_is_not_open_takes_no_ballot(state):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    poll = (
        draft_poll() if state == "draft" else open_a_poll(opens_on=tomorrow if state == "not yet" else None)
    )
    if state == "closed":
        poll = close_poll(actor=None, poll=poll)
    if state == "over":
        Poll.objects.filter(pk=poll.pk).update(closes_on=timezone.localdate() - datetime.timedelta(days=1))
        poll.refresh_from_db()
    with pytest.raises(PermissionDenied):
        cast_ballot(poll=poll, voter_key="a", choices={"bus": 1})
    assert not Ballot.objects.exists()


def test_a_ballot_that_meets_the_closing_is_not_kept():
    poll = open_a_poll()
    stale = Poll.objects.get(pk=poll.pk)
    close_poll(actor=None, poll=poll)
    with pytest.raises(PermissionDenied):
        cast_ballot(poll=stale, voter_key="late", choices={"bus": 1})
    assert not Ballot.objects.exists()


def test_each_invitation_votes_once_and_no_other_code_does():
    poll = draft_poll(access="invitation")
    codes = services.issue_poll_invitations(actor=organiser_of(poll), poll=poll, count=3)
    poll = open_poll(actor=None, poll=poll)
    assert len(set(codes)) == 3
    assert not Voter.objects.filter(key_hash__in=codes).exists()
    assert cast_ballot(poll=poll, voter_key=codes[0], choices={"bus": 1}).created
    assert not cast_ballot(poll=poll, voter_key=codes[0], choices={"velo": 1}).created
    with pytest.raises(services.InvitationUnknown):
        cast_ballot(poll=poll, voter_key="lilas-lilas-lilas-lilas-00", choices={"bus": 1})
    assert poll.ballots.count() == 1


def test_invitations_have_bounds_and_their_own_polls():
    poll = draft_poll(access="invitation")
    actor = organiser_of(poll)
    for count in (0, 2001):
        with pytest.raises(ValidationError):
            services.issue_poll_invitations(actor=actor, poll=poll, count=count)
    with pytest.raises(PermissionDenied):
        services.issue_poll_invitations(actor=person(), poll=poll, count=1)
    other = draft_poll()
    with pytest.raises(ValidationError):
        services.issue_poll_invitations(actor=organiser_of(other), poll=other, count=1)


# --- promises ---------------------------------------------------------------------------------------


ORDER = ["live", "after_vote", "hidden"]


@pytest.mark.parametrize("state", ["draft", "open", "closed"])
@pytest.mark.parametrize("after", ORDER)
@pytest.mark.parametrize("before", ORDER)
def test_results_can_be_shown_less_never_more(before, after, state):
    """Before × after × state; in a draft nothing is promised yet, and it is changed as a draft."""
    poll = draft_poll(visibility=before) if state == "draft" else open_a_poll(visibility=before)
    poll = close_poll(actor=None, poll=poll) if state == "closed" else poll
    actor = organiser_of(poll)
    if state != "open":
        with pytest.raises(PermissionDenied):
            tighten_poll(actor=actor, poll=poll, visibility=after)
    elif ORDER.index(after) < ORDER.index(before):
        with pytest.raises(ValidationError) as refused:
            tighten_poll(actor=actor, poll=poll, visibility=after)
        assert "visibility" in refused.value.message_dict
    else:
        assert tighten_poll(actor=actor, poll=poll, visibility=after).visibility == after
        return
    assert Poll.objects.get(pk=poll.pk).visibility == before


@pytest.mark.parametrize("loosened", ["live", "after_vote"])
def test_no_other_door_loosens_an_open_poll(loosened):
    poll = open_a_poll(visibility="hidden")
    with pytest.raises(PermissionDenied):
        services.update_poll(actor=organiser_of(poll), poll=poll, visibility=loosened)
    with pytest.raises(PermissionDenied):
        tighten_poll(
            actor=person(Role.ORGANISER, on=ConsultationFactory().territory), poll=poll, visibility="hidden"
        )
    assert Poll.objects.get(pk=poll.pk).visibility == "hidden"


def test_an_open_vote_may_become_secret_only_before_it_is_seen(monkeypatch):
    a_room(monkeypatch)
    actor = person()
    fresh, started = room_poll(secrecy="open"), room_poll(secrecy="open")
    assert tighten_poll(actor=actor, poll=fresh, secrecy="secret").is_secret
    with pytest.raises(ValidationError):
        tighten_poll(actor=actor, poll=fresh, secrecy="open")
    vote(started, "bus")
    with pytest.raises(ValidationError):
        tighten_poll(actor=actor, poll=started, secrecy="secret")


def test_hands_are_counted_in_a_room_for_open_votes_only(monkeypatch):
    a_room(monkeypatch)
    poll = room_poll(secrecy="open")
    services.record_hands(actor=person(), poll=poll, counts={"bus": 12, "velo": 3})
    services.record_hands(actor=person(), poll=poll, counts={"bus": 11})
    assert dict(HandCount.objects.values_list("option", "count")) == {"bus": 11, "velo": 3}
    for wrong in ({"train": 1}, {"bus": -1}, {"bus": 5001}):
        with pytest.raises(ValidationError):
            services.record_hands(actor=None, poll=poll, counts=wrong)
    with pytest.raises(ValidationError):
        services.record_hands(actor=None, poll=room_poll(), counts={"bus": 1})
    with pytest.raises(PermissionDenied):
        services.record_hands(actor=person(), poll=open_a_poll(), counts={"bus": 1})


# --- upkeep -----------------------------------------------------------------------------------------


def test_the_tick_closes_what_is_past_its_last_day():
    today, yesterday = timezone.localdate(), timezone.localdate() - datetime.timedelta(days=1)
    running, past, orphan = open_a_poll(closes_on=today), open_a_poll(), open_a_poll()
    Poll.objects.filter(pk=past.pk).update(closes_on=yesterday)
    Consultation.objects.filter(pk=orphan.place_key).update(starts_on=yesterday, ends_on=yesterday)
    assert services.close_due_polls() == 2
    assert services.close_due_polls() == 0
    assert Poll.objects.get(pk=running.pk).status == "open"


def test_ballots_are_erased_when_their_time_is_over_and_results_stay():
    poll = open_a_poll()
    vote(poll, *["bus"] * 12, *["velo"] * 12)
    poll = close_poll(actor=None, poll=poll)
    Consultation.objects.filter(pk=poll.place_key).update(ends_on=timezone.localdate(), retention_months=1)
    assert services.purge_expired_ballots() == 0
    assert services.purge_expired_ballots(on=timezone.localdate() + datetime.timedelta(days=40)) == 24
    assert not Receipt.objects.filter(subject_kind="poll").exists()
    assert Snapshot.objects.get(poll=poll).everyone["count"] == 24
    assert AuditEntry.objects.filter(verb="ballots_purged").get().changes == {"count": 24}
