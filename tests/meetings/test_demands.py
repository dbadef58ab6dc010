"""A meeting demanded by members: counted on those in office, owed at the share of the bylaws, told to the president."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from consultations.councils.models import Mandate
from consultations.meetings.demand import needed_signatures
from consultations.meetings.models import Meeting, MeetingDemand
from consultations.meetings.selectors.demanding import count_of
from consultations.meetings.services import demanding
from tests.factories.councils import member_of
from tests.factories.meetings import Sitting, prepared, with_account
from tests.factories.process import person

pytestmark = pytest.mark.django_db
SUBJECTS = ("Le bruit du soir", " Les   repas ")


@pytest.mark.parametrize(
    ("share", "members", "needed"),
    [(0.6667, 9, 6), (0.6667, 10, 7), (0.6667, 3, 2), (0.5, 9, 5), (0.5, 8, 4), (0, 9, 1), (1, 9, 9), (0.3333, 9, 3)],
)  # fmt: skip
def test_two_thirds_of_nine_is_six(share: float, members: int, needed: int) -> None:
    """CASF D311-16: on demand of two thirds of the members; other councils choose their share."""
    assert needed_signatures(share, members) == needed


def started(made: Sitting) -> MeetingDemand:
    return demanding.start_demand(
        actor=made.secretary, council=made.council, mandate=made.users_side[0], subjects=SUBJECTS
    )


def test_at_the_share_a_draft_opens_and_the_president_is_told(
    mailoutbox, django_capture_on_commit_callbacks
) -> None:
    made = prepared()
    demand = started(made)
    with django_capture_on_commit_callbacks(execute=True):
        for one in [*made.users_side[1:5], made.users_side[1]]:  # one signs twice: counted once
            demand = demanding.sign_demand(actor=made.secretary, demand=demand, mandate=one)
        assert (demand.state, count_of(demand).missing) == ("open", 1)
        demand = demanding.sign_demand(actor=made.secretary, demand=demand, mandate=made.members["staff"][0])
    assert (demand.state, demand.reached_on) == ("reached", timezone.localdate())
    draft = Meeting.objects.get(pk=demand.meeting_id)
    assert (draft.state, draft.number, draft.place) == ("draft", 2, "Salle du jardin")
    assert list(draft.items.on_agenda().values_list("title", flat=True)) == ["Le bruit du soir", "Les repas"]
    assert (draft.held_on - timezone.localdate()).days >= 15
    assert mailoutbox[0].to == [made.president.email]
    assert "Les repas" in mailoutbox[0].body
    with pytest.raises(ValidationError):
        demanding.sign_demand(actor=made.secretary, demand=demand, mandate=made.users_side[5])


def test_the_managing_body_is_enough() -> None:
    made = prepared()
    demand = demanding.start_demand(
        actor=None, council=made.council, mandate=made.members["management"][0], subjects=SUBJECTS
    )
    assert demand.state == "reached"


def test_those_who_left_no_longer_count() -> None:
    made = prepared()
    demand = started(made)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Mandate.objects.filter(pk=made.users_side[0].pk).update(ended_on=yesterday, end_reason="left")
    assert (count_of(demand).signed, count_of(demand).members) == (0, 8)


def test_taking_back_the_last_signature_withdraws_the_demand() -> None:
    made = prepared()
    demand = started(made)
    demand = demanding.withdraw_signature(actor=made.secretary, demand=demand, mandate=made.users_side[0])
    assert demand.state == "withdrawn"
    assert started(made).state == "open"  # another may begin


@pytest.mark.parametrize("who", ["stranger", "for someone else", "substitute", "member of another council"])
def test_who_may_not_sign(who: str) -> None:
    made, other = prepared(), prepared()
    mandate = made.users_side[1]
    actor = {"stranger": person(), "for someone else": member_of(made.council)}.get(who, made.secretary)
    if who == "substitute":
        mandate = made.substitutes["families"][0]
    if who == "member of another council":
        mandate = other.users_side[0]
    with pytest.raises(PermissionDenied):
        demanding.start_demand(actor=actor, council=made.council, mandate=mandate, subjects=SUBJECTS)


@pytest.mark.parametrize("subjects", [(), ("  ",), ("x" * 161,), ("x",) * 11])
def test_subjects_are_named_when_wrong(subjects: tuple[str, ...]) -> None:
    made = prepared()
    with pytest.raises(ValidationError) as refused:
        demanding.start_demand(
            actor=made.secretary, council=made.council, mandate=made.users_side[0], subjects=subjects
        )
    assert list(refused.value.message_dict) == ["subjects"]


def test_two_demands_are_never_signed_at_once() -> None:
    made = prepared()
    started(made)
    with pytest.raises(ValidationError):
        started(made)


def test_the_page_from_start_to_the_meeting(client: Any) -> None:
    made = prepared()
    address = f"/espace/reunions/conseil/{made.council.slug}/demande/"
    first = with_account(made.users_side[1])
    client.force_login(person())
    assert client.get(address).status_code == 403
    client.force_login(first)
    assert "6 des 9 membres" in client.get(address).content.decode()
    typed = {"mandate": made.users_side[1].pk, "subjects": "Le bruit du soir\n\nLes repas"}
    assert client.post(address, {**typed, "subjects": ""}).status_code == 422
    page = client.post(address, typed, follow=True).content.decode()
    assert "1 signature sur les 6" in page
    client.post(f"{address}retirer/", {"mandate": made.users_side[1].pk})
    client.post(address, typed)
    client.force_login(made.secretary)
    for one in (made.users_side[0], *made.users_side[2:]):
        last = client.post(f"{address}signer/", {"mandate": one.pk}, follow=True)
    assert last.redirect_chain[-1][0].startswith("/espace/reunions/")
    assert "Le bruit du soir" in last.content.decode()
    assert "plus en cours" in client.post(f"{address}signer/", {"mandate": "x"}, follow=True).content.decode()
