"""Claims, reminders, campaigns, proposals, and what users say."""

import datetime
import itertools
import re
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Membership, Role
from directory.experience import share
from directory.models import Claim, Experience, OrganisationRecord, Proposal
from directory.permissions import can_edit_service
from directory.selectors.experience import experience_of
from directory.selectors.stewards import campaign_progress
from directory.services import claims, experiences, proposals, records, reviews
from tests.factories import directory as made
from tests.factories.process import body, person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def known_mailbox(organisation: Any) -> None:
    OrganisationRecord.objects.create(organisation=organisation, email="accueil@example.org")


def test_a_letter_to_the_known_address_verifies_who_asks(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    one = made.service()
    known_mailbox(one.organisation)
    user = person()
    with django_capture_on_commit_callbacks(execute=True):
        claim = claims.ask_claim(actor=user, organisation=one.organisation, words="J’y travaille.")
    (letter,) = mail.outbox
    assert letter.to == ["accueil@example.org"] and user.email in letter.body
    found = re.search(r"https?://[^/]+(/\S*/tenir/\S+)", letter.body)
    assert found and claims.read_token(found[1].strip("/").split("/")[-1]) == claim
    address = found[1]
    assert client.get(address).status_code == 200 and not can_edit_service(user, one)
    client.post(address, {"decision": "yes"})
    assert can_edit_service(type(user).objects.get(pk=user.pk), one)
    assert client.get(address).status_code == 410
    assert OrganisationRecord.objects.get().claimed_on == TODAY()


@pytest.mark.parametrize("token", ["forged", "MQ:1x:abc", "x" * 400])
def test_a_forged_letter_opens_nothing(client: Client, token: str) -> None:
    assert (
        client.post(reverse("directory:claim_letter", args=[token]), {"decision": "yes"}).status_code == 410
    )


def test_the_team_may_answer_no_and_nobody_is_let_in(client: Client) -> None:
    one = made.service()
    user = person()
    claim = claims.ask_claim(actor=user, organisation=one.organisation, words="Moi.")
    claims.decide_claim(actor=None, claim=claim, is_granted=False, by_letter=True)
    assert not Membership.objects.filter(user=user).exists()


@pytest.mark.parametrize(
    "actor", ["visitor", "member", "editor", "director", "other_steward", "steward", "administrator"]
)
def test_only_a_steward_decides_a_claim(actor: str) -> None:
    one = made.service()
    claim = claims.ask_claim(actor=person(), organisation=one.organisation, words="Moi.")
    user = made.an_actor(actor, one.organisation)
    if actor in {"steward", "administrator"}:
        claims.decide_claim(actor=user, claim=claim, is_granted=True)
        assert (
            Membership.objects.filter(role=Role.DIRECTORY_EDITOR, organisation=one.organisation).count() == 1
        )
        with pytest.raises(ValidationError):
            claims.decide_claim(actor=user, claim=claim, is_granted=True)
    else:
        with pytest.raises(PermissionDenied):
            claims.decide_claim(actor=user, claim=claim, is_granted=True)


def test_asking_twice_is_asking_once_and_too_many_claims_wait() -> None:
    user = person()
    organisations = [made.service().organisation for _number in range(6)]
    first = claims.ask_claim(actor=user, organisation=organisations[0], words="Moi.")
    assert claims.ask_claim(actor=user, organisation=organisations[0], words="Encore.") == first
    for one in organisations[1:5]:
        claims.ask_claim(actor=user, organisation=one, words="Moi.")
    with pytest.raises(ValidationError):
        claims.ask_claim(actor=user, organisation=organisations[5], words="Moi.")


def test_corrections_of_someone_not_verified_wait_for_the_steward() -> None:
    one = made.service(phone="05 53 00 00 00")
    user = person()
    with pytest.raises(PermissionDenied):
        proposals.propose_changes(actor=user, service=one, values={"phone": "05 53 11 11 11"})
    claims.ask_claim(actor=user, organisation=one.organisation, words="Moi.")
    proposal = proposals.propose_changes(
        actor=user, service=one, values={"phone": "05 53 11 11 11", "name": one.name}
    )
    one.refresh_from_db()
    assert (one.phone, proposal.values) == ("05 53 00 00 00", {"phone": "05 53 11 11 11"})
    with pytest.raises(PermissionDenied):
        proposals.decide_proposal(actor=made.editor_of(one.organisation), proposal=proposal, is_accepted=True)
    proposals.decide_proposal(
        actor=made.steward_of(one.organisation.territory), proposal=proposal, is_accepted=True
    )
    one.refresh_from_db()
    assert (one.phone, Proposal.objects.get().state) == ("05 53 11 11 11", "accepted")


@pytest.mark.parametrize("values", [{"link": "javascript:alert(1)"}, {"phone": "moi"}, {"name": ""}, {}])
def test_a_bad_correction_is_refused_before_anyone_reads_it(values: dict[str, str]) -> None:
    one = made.service()
    user = person()
    claims.ask_claim(actor=user, organisation=one.organisation, words="Moi.")
    with pytest.raises(ValidationError):
        proposals.propose_changes(actor=user, service=one, values=values)
    assert not Proposal.objects.exists()


def test_keepers_are_reminded_at_the_rhythm_of_the_record_once_a_month() -> None:
    late = made.service(review_due_on=TODAY())
    made.service(late.organisation, review_due_on=TODAY() + datetime.timedelta(days=1))
    made.service(late.organisation, review_due_on=TODAY(), published=False)
    editor = made.editor_of(late.organisation)
    assert reviews.remind_keepers() == 1
    assert reviews.remind_keepers() == 0
    (letter,) = mail.outbox
    assert letter.to == [editor.email] and late.name in letter.body
    records.confirm_record(actor=editor, service=late)
    late.refresh_from_db()
    assert late.reminded_on is None and late.review_due_on > TODAY()


def test_a_campaign_asks_many_and_follows_the_answers(django_capture_on_commit_callbacks: Any) -> None:
    one = made.service()
    two = made.service(one.organisation, checked_on=datetime.date(2025, 1, 1))
    made.service()
    made.editor_of(one.organisation)
    steward = made.steward_of(one.organisation.territory)
    type(one).objects.filter(pk=one.pk).update(checked_on=datetime.date(2025, 1, 1))
    with django_capture_on_commit_callbacks(execute=True):
        campaign = reviews.start_campaign(
            actor=steward,
            name="Vérification de printemps",
            words="Bonjour",
            territory=one.organisation.territory,
            due_on=TODAY() + datetime.timedelta(days=5),
        )
    assert len(mail.outbox) == 1
    records.confirm_record(actor=steward, service=two)
    progress = campaign_progress(campaign)
    assert (progress.total, progress.answered, progress.missing) == (2, 1, [one])
    type(campaign).objects.update(starts_on=TODAY() - datetime.timedelta(days=9))
    with django_capture_on_commit_callbacks(execute=True):
        assert (reviews.remind_campaigns(), reviews.remind_campaigns()) == (1, 0)
    first, second = mail.outbox
    assert (first.subject, second.subject) == (campaign.name, f"Rappel : {campaign.name}")
    assert "pas encore de réponse" in second.body and "pas encore de réponse" not in first.body


@pytest.mark.parametrize(
    ("actor", "days", "error"),
    [
        ("editor", 5, PermissionDenied),
        ("other_steward", 5, PermissionDenied),
        ("steward", 0, ValidationError),
    ],
)
def test_a_campaign_is_the_stewards_and_leaves_time(actor: str, days: int, error: type[Exception]) -> None:
    one = made.service()
    with pytest.raises(error):
        reviews.start_campaign(
            actor=made.an_actor(actor, one.organisation),
            name="Vérification",
            words="",
            territory=one.organisation.territory,
            due_on=TODAY() + datetime.timedelta(days=days),
        )


def test_what_users_say_shows_from_eleven_people_and_never_this_month(client: Client) -> None:
    one = made.service()
    last_month = (TODAY().replace(day=1) - datetime.timedelta(days=1)).replace(day=1)
    for mark in (4, 4, 4, 4, 4, 4, 4, 3, 3, 1):
        Experience.objects.create(service=one, month=last_month, welcome=mark, waiting=2)
    experiences.tell_experience(service=one, marks={"welcome": 4, "waiting": None, "access": None})
    assert experience_of(one) == []
    assert [shown.share.people for shown in experience_of(one, 5)] == [10, 10]
    Experience.objects.create(service=one, month=last_month, welcome=2)
    (welcome,) = experience_of(one)
    assert (welcome.share.people, welcome.share.percent) == (11, 80)


@given(st.lists(st.lists(st.integers(1, 4), max_size=9), max_size=12))
def test_no_two_publications_differ_by_fewer_than_the_minimum(months: list[list[int]]) -> None:
    counts = []
    for length in range(len(months) + 1):
        found = share({f"2026-{number:02}": marks for number, marks in enumerate(months[:length])})
        counts.append(found.people if found else 0)
    steps = [after - before for before, after in itertools.pairwise(counts)]
    assert all(step == 0 or step >= 11 for step in steps)


@pytest.mark.parametrize(
    ("data", "status"),
    [({}, 422), ({"waiting": "5"}, 422), ({"waiting": "4", "site_web": "x"}, 400), ({"waiting": "4"}, 302)],
)
def test_telling_how_it_went_needs_no_account(client: Client, data: dict[str, str], status: int) -> None:
    one = made.service()
    assert client.post(reverse("directory:tell", args=[one.slug]), data).status_code == status
    assert Experience.objects.count() == (status == 302)


def test_the_service_answers_and_anyone_reads_it(client: Client) -> None:
    one = made.service()
    with pytest.raises(PermissionDenied):
        experiences.answer_experience(actor=person(), service=one, words="Merci.")
    experiences.answer_experience(
        actor=made.editor_of(one.organisation), service=one, words="Nous ouvrons plus tôt."
    )
    assert (
        "Nous ouvrons plus tôt." in client.get(reverse("directory:service", args=[one.slug])).content.decode()
    )
    assert not Claim.objects.exists()


@pytest.mark.parametrize("decision", ["", "zzz", "YES"])
def test_an_answer_that_is_neither_yes_nor_no_refuses_nobody(client: Client, decision: str) -> None:
    one = made.service()
    known_mailbox(one.organisation)
    claim = claims.ask_claim(actor=person(), organisation=one.organisation, words="Moi.")
    address = reverse("directory:claim_letter", args=[claims.token_of(claim)])
    page = client.post(address, {"decision": decision})
    assert page.status_code == 422 and "error-summary" in page.text
    claim.refresh_from_db()
    assert claim.state == "asked"


def test_who_proposed_a_correction_reads_why_it_was_refused(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    one, user = made.service(), person()
    claims.ask_claim(actor=user, organisation=one.organisation, words="Moi.")
    proposal = proposals.propose_changes(actor=user, service=one, values={"phone": "05 53 11 11 11"})
    steward = made.steward_of(one.organisation.territory)
    client.force_login(steward)
    decide = reverse("directory_desk:proposal_decide", args=[proposal.pk])
    given = {f"{proposal.pk}-decision": "no", f"{proposal.pk}-reason": "Ce numéro ne répond pas."}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(decide, given)
    assert mail.outbox[-1].to == [user.email] and "Ce numéro ne répond pas." in mail.outbox[-1].body
    assert client.post(decide, given)["Location"] == reverse("directory_desk:proposals")
    client.force_login(user)
    page = client.get(reverse("directory:claim", args=[one.organisation.slug]))
    assert "Ce numéro ne répond pas." in page.text


def test_letters_leave_whatever_the_name_of_the_campaign_and_who_cannot_be_told_is_named(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    one = made.service()
    silent = made.service(body(one.organisation.territory), checked_on=None, phone="05 53 22 22 22")
    type(one).objects.update(checked_on=None)
    known_mailbox(one.organisation)
    steward = made.steward_of(one.organisation.territory)
    with django_capture_on_commit_callbacks(execute=True):
        campaign = reviews.start_campaign(
            actor=steward,
            name="Relisez\r\nBcc: pirate@example.org",
            words="",
            territory=one.organisation.territory,
            due_on=TODAY() + datetime.timedelta(days=20),
        )
    (letter,) = mail.outbox
    assert letter.to == ["accueil@example.org"] and letter.subject == "Relisez Bcc: pirate@example.org"
    assert campaign_progress(campaign).unreachable == {silent.pk}
    client.force_login(steward)
    assert "05 53 22 22 22" in client.get(reverse("directory_desk:campaign", args=[campaign.pk])).text


def test_the_letter_itself_answers_without_an_account_and_once(client: Client) -> None:
    one = made.service(
        email="equipe@example.org", review_due_on=TODAY(), checked_on=datetime.date(2025, 1, 1)
    )
    reviews.remind_keepers()
    (letter,) = mail.outbox
    assert letter.to == ["equipe@example.org"]  # no other address is known
    address = re.search(r"https?://[^/]+(/\S*/verifier/\S+)", letter.body)
    assert address and one.name in client.get(address[1]).text
    one.refresh_from_db()
    assert one.checked_on == datetime.date(2025, 1, 1)
    assert client.post(address[1]).status_code == 200
    one.refresh_from_db()
    assert one.checked_on == TODAY() and one.checked_by is None
    assert [client.post(address[1]).status_code, client.get(address[1]).status_code] == [410, 410]


@pytest.mark.parametrize("token", ["forged", "WzEsIjIwMjUtMDEtMDEiXQ:1x:abc", "x" * 4000])
def test_a_forged_check_says_nothing(client: Client, token: str) -> None:
    made.service()
    assert client.post(reverse("directory:check_letter", args=[token])).status_code == 410
