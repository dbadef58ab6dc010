"""The organiser's page of invitations: who may open it, cards, lists, sendings."""

import pytest
from django.core import mail
from django.test import TestCase
from django.urls import reverse

from accounts.models import Role
from consultations.surveys.invitations import code_of
from consultations.surveys.models import Invitation
from core.receipts import format_code
from tests.factories.process import person
from tests.factories.surveys import open_survey
from tests.surveys.browsing import HOSTILE, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return open_survey()


@pytest.fixture
def page(survey):
    return reverse("survey_editor:invitations", args=[survey.pk])


@pytest.fixture
def organiser(client, survey):
    user = person(Role.ORGANISER, on=survey.consultation.territory)
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("role", "status", "expected"),
    [
        (Role.ORGANISER, "published", 200),
        (Role.ORGANISER, "closed", 403),
        (Role.INTERVIEWER, "published", 403),
        (Role.ANALYST, "published", 403),
    ],
)
def test_only_organisers_invite_until_the_survey_is_closed(client, survey, page, role, status, expected):
    survey.status = status
    survey.save()
    client.force_login(person(role, on=survey.consultation.territory))
    assert client.get(page).status_code == expected


def test_cards_show_their_codes_and_a_label_is_escaped(client, organiser, survey, page):
    made = client.post(page, {"op": "cards", "cards-count": 3, "cards-label": HOSTILE})
    cards = text(client.get(made.url))
    assert all(format_code(code_of(one.pk)) in cards for one in Invitation.objects.all())
    assert cards.count('role="img"') >= 3
    assert "<script>alert" not in cards
    assert "<script>alert" not in text(client.get(page))


@pytest.mark.parametrize("count", ["0", "501", "x", "", "99999999999999999999"])
def test_a_wrong_number_of_cards_is_explained(client, organiser, page, count):
    answer = client.post(page, {"op": "cards", "cards-count": count})
    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_a_list_is_looked_at_then_sent_once(client, organiser, page):
    seen = client.post(page, {"op": "preview", "addresses": f"une@exemple.fr\n{HOSTILE}\nune@exemple.fr"})
    assert seen.status_code == 200
    assert "1 adresse recevra" in text(seen) and "Ligne 3" in text(seen)
    assert "<script>alert" not in text(seen)
    assert not Invitation.objects.exists()
    for _click in range(2):
        with TestCase.captureOnCommitCallbacks(execute=True):
            client.post(page, {"op": "send", "addresses": "une@exemple.fr\n"})
    assert [email.to for email in mail.outbox] == [["une@exemple.fr"]]
    assert "Terminé" in text(client.get(page))


@pytest.mark.parametrize("pasted", ["", "   ", "rien d’utile\nici"])
def test_a_list_without_address_is_refused(client, organiser, page, pasted):
    assert client.post(page, {"op": "preview", "addresses": pasted}).status_code == 422


@pytest.mark.parametrize("op", ["", "x", "send", "remind"])
def test_a_strange_post_comes_back_to_the_page(client, organiser, page, op):
    assert client.post(page, {"op": op}).status_code == 302
    assert not mail.outbox


def test_the_page_costs_a_fixed_number_of_queries(client, organiser, page, django_assert_max_num_queries):
    for label in ("Un", "Deux", "Trois"):
        client.post(page, {"op": "cards", "cards-count": 2, "cards-label": label})
    client.get(page)
    with django_assert_max_num_queries(14):
        client.get(page)


def test_an_interviewer_types_the_code_of_an_invited_person(client, organiser, survey, page):
    survey.access = "invited"
    survey.save()
    client.post(page, {"op": "cards", "cards-count": 1})
    code = code_of(Invitation.objects.get().pk)
    enter = reverse("survey_editor:response_enter", args=[survey.pk])
    assert "Code de l’invitation" in text(client.get(enter))
    given = {"day": "2020-01-01", "mode": "helped", "helper": "interviewer", "q-seul": "oui"}
    given["day"] = survey.consultation.starts_on.isoformat()
    assert client.post(enter, given).status_code == 422
    assert client.post(enter, given | {"invitation": format_code(code)}).status_code == 302
    assert client.post(enter, given | {"invitation": code}).status_code == 422
    assert Invitation.objects.get().is_spent
