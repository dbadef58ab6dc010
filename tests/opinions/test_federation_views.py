"""Pages of the way up: the council's decision, what a federation received, joining, what anyone reads."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from consultations.meetings.models import Meeting
from consultations.opinions.federation_panels import calendar_of_members, waiting_received
from consultations.opinions.models import Opinion
from consultations.opinions.services import answering, life
from tests.factories.accounts import SignedInClient
from tests.factories.councils import member_of, secretary_of
from tests.factories.federations import Joined, joined
from tests.factories.opinions import FOR, given, sent
from tests.factories.process import body, person

pytestmark = pytest.mark.django_db


def as_user(user: User) -> SignedInClient:
    client = SignedInClient()
    client.force_login(user)
    return client


def way(opinion: Opinion) -> str:
    return reverse("federations:way", args=[opinion.pk])


def merged(made: Joined) -> Opinion:
    """Three councils joined, voted by the federation and sent."""
    joint = made.merge(*(made.passed(number) for number in range(3)), title="Dîner plus tard partout")
    today = timezone.localdate()
    life.record_vote(actor=None, opinion=joint, on=today, votes=FOR, note="Relevé")
    to = body(made.federation.territory, "Département")
    return life.send_opinion(actor=None, opinion=joint, sent_to=to, on=today)


def test_the_secretary_records_the_decision_and_the_opinion_goes_up() -> None:
    made = joined()
    opinion = made.opinion()
    client = as_user(secretary_of(opinion.council))
    assert made.federation.name in client.get(way(opinion)).content.decode()
    slug, today = made.federation.slug, timezone.localdate().isoformat()
    refused = client.post(way(opinion), {"federation": slug, "note": "", "decided_on": today})
    assert refused.status_code == 422
    wrong = client.post(way(opinion), {"federation": "ailleurs", "note": "Relevé", "decided_on": today})
    assert wrong.status_code == 422
    done = client.post(way(opinion), {"federation": slug, "note": "Relevé du 12 mars", "decided_on": today})
    assert done.status_code == 302
    assert "Relevé du 12 mars" in client.get(way(opinion)).content.decode()
    permission = opinion.forward_permissions.get()
    back = client.post(reverse("federations:take_back", args=[opinion.pk, permission.pk]))
    assert back.status_code == 302
    permission.refresh_from_db()
    assert permission.withdrawn_on is not None


def test_a_member_reads_the_way_and_does_not_decide() -> None:
    made = joined()
    opinion = made.opinion()
    member = as_user(member_of(opinion.council))
    page = member.get(way(opinion))
    assert (
        page.status_code == 200 and "note" not in page.content.decode().split("<main")[1].split("</main")[0]
    )
    data = {"federation": made.federation.slug, "note": "x", "decided_on": timezone.localdate().isoformat()}
    assert member.post(way(opinion), data).status_code == 403
    assert as_user(person()).get(way(opinion)).status_code == 403


def test_the_federation_reads_what_it_received_and_joins_it() -> None:
    made = joined()
    opinions = [made.passed(number) for number in range(3)]
    client = as_user(made.president)
    desk = reverse("federations:desk", args=[made.federation.slug])
    page = client.get(desk).content.decode()
    assert all(one.council.name in page for one in opinions)
    join = reverse("federations:join", args=[made.federation.slug])
    assert client.get(join).status_code == 302
    keys = [str(one.pk) for one in opinions]
    chosen = client.get(join, {"avis": keys}).content.decode()
    assert chosen.count("avis") > 3
    assert client.post(join, {"avis": keys, "title": "", "text": ""}).status_code == 422
    done = client.post(
        join, {"avis": keys, "title": "Dîner partout", "text": "Plus tard.", "theme": "daily_life"}
    )
    joint = Opinion.objects.get(council=made.federation)
    assert done.status_code == 302 and done["Location"] == reverse("opinion_desk:detail", args=[joint.pk])
    shown = client.get(done["Location"]).content.decode()
    assert all(one.council.name in shown for one in opinions)
    assert "Dîner partout" in client.get(desk).content.decode()


def test_what_waits_to_be_joined_waits_for_those_who_keep_the_federation() -> None:
    made = joined()
    made.passed(0)
    assert [one.label for one in waiting_received(made.president)] == [made.federation.name]
    assert waiting_received(member_of(made.federation)) == []
    made.merge(made.passed(1), Opinion.objects.get(council=made.members[0]))
    assert waiting_received(made.president) == []


def test_one_more_council_into_a_joint_opinion() -> None:
    made = joined()
    joint = made.merge(made.passed(0), made.passed(1))
    late = made.passed(2)
    join = reverse("federations:join", args=[made.federation.slug])
    client = as_user(made.president)
    assert client.post(join, {"avis": [str(late.pk)], "into": str(joint.pk)}).status_code == 302
    assert joint.joined.count() == 3


def test_a_delegate_reads_and_does_not_join_and_strangers_see_nothing() -> None:
    made = joined()
    opinion = made.passed()
    desk = reverse("federations:desk", args=[made.federation.slug])
    join = reverse("federations:join", args=[made.federation.slug])
    delegate = as_user(member_of(made.federation))
    assert delegate.get(desk).status_code == 200
    assert delegate.get(join, {"avis": [str(opinion.pk)]}).status_code == 403
    assert as_user(secretary_of(made.members[0])).get(desk).status_code == 403
    other = reverse("federations:desk", args=[made.members[0].slug])
    assert as_user(made.president).get(other).status_code == 404


def test_anyone_reads_the_votes_of_a_joint_opinion_and_its_councils() -> None:
    made = joined()
    joint = merged(made)
    page = Client().get(reverse("opinions:detail", args=[joint.pk])).content.decode()
    assert all(one.name in page for one in made.members)
    answering.answer_opinion(actor=None, opinion=joint, given=given())
    answer = Opinion.objects.filter(council=made.members[0]).get().answers.get()
    answering.mark_read_back(actor=None, answer=answer, on=timezone.localdate())
    again = Client().get(reverse("opinions:detail", args=[joint.pk])).content.decode()
    assert "réponse lue au conseil" in again


def test_the_federation_s_page_for_anyone_and_for_its_delegates() -> None:
    made = joined()
    for number in range(2):
        sent(made.members[number], title="Le dîner plus tard")
    joint = merged(made)
    page = Client().get(f"/conseils/{made.federation.slug}/").content.decode()
    assert "Le dîner plus tard" in page and joint.title in page
    assert all(one.name in page for one in made.members)
    inside = as_user(made.secretary).get(f"/espace/conseils/{made.federation.pk}/").content.decode()
    assert reverse("federations:desk", args=[made.federation.slug]) in inside


def test_the_federation_s_page_asks_a_fixed_number_of_questions(
    django_assert_max_num_queries: object,
) -> None:
    made = joined()
    merged(made)
    client = Client()
    client.get(f"/conseils/{made.federation.slug}/")
    with django_assert_max_num_queries(75):  # type: ignore[operator]
        client.get(f"/conseils/{made.federation.slug}/")


def test_a_federation_s_calendar_holds_the_public_meetings_of_its_councils() -> None:
    made = joined(2)
    at = timezone.now() + datetime.timedelta(days=9)
    for number, one in enumerate(made.members):
        Meeting.objects.create(council=one, number=1, held_at=at, state="convened" if number else "draft")
    assert [one.title for one in calendar_of_members(made.federation)] == [
        f"{made.members[1].name} – {made.members[1].meetings.get()}"
    ]
    assert calendar_of_members(made.members[1]) == []
    made.members[1].is_public = False
    made.members[1].save()
    assert calendar_of_members(made.federation) == []
