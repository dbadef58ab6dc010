"""No closing without saying what became of it: who may, in which state, what is shown, and the remedy."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from consultations.process import services
from consultations.process.models import Consultation
from tests.factories.process import ConsultationFactory, an_actor, person

pytestmark = pytest.mark.django_db
LAST_MONTH = datetime.timedelta(days=30)


def over(**fields: object) -> Consultation:
    today = timezone.localdate()
    return ConsultationFactory(
        status="published", starts_on=today - 2 * LAST_MONTH, ends_on=today - LAST_MONTH, **fields
    )


def close(actor: object, consultation: Consultation, restitution: str) -> str:
    """What the service answers, in a word."""
    try:
        services.close_consultation(actor=actor, consultation=consultation, restitution=restitution)
    except PermissionDenied:
        return "refused"
    except ValidationError as error:
        return "told" if "restitution" in error.message_dict else "other"
    return "closed"


ACTORS = ["visitor", "organiser elsewhere", "former organiser", "analyst", "editor", "organiser"]


@pytest.mark.parametrize("name", ACTORS)
@pytest.mark.parametrize("status", ["draft", "published", "closed"])
@pytest.mark.parametrize("restitution", ["", "   \n", "Une navette circule."])
def test_who_closes_what_and_when(name: str, status: str, restitution: str) -> None:
    consultation = ConsultationFactory(status=status)
    may = name == "organiser" and status == "published"
    expected = "refused" if not may else "closed" if restitution.strip() else "told"
    assert close(an_actor(name, consultation), consultation, restitution) == expected
    consultation.refresh_from_db()
    assert (consultation.status == "closed") is (expected == "closed" or status == "closed")


@pytest.mark.parametrize(
    ("fields", "owes"),
    [
        ({}, True),
        ({"restitution": "Une navette."}, False),
        ({"status": "closed"}, False),
        ({"ends_on": None}, False),
        ({"status": "draft"}, False),
    ],
)
def test_which_consultations_owe_an_account(fields: dict[str, object], owes: bool) -> None:
    consultation = over()
    Consultation.objects.filter(pk=consultation.pk).update(**fields)
    consultation.refresh_from_db()
    assert consultation.owes_restitution is owes
    assert Consultation.objects.owing_on(timezone.localdate()).exists() is owes


def test_the_organiser_sees_them_listed_badged_and_is_led_to_the_remedy(client: Client) -> None:
    late, told = over(title="En retard"), over(title="Dite", restitution="Une navette.")
    Consultation.objects.filter(pk=told.pk).update(territory=late.territory)
    client.force_login(person(Role.ORGANISER, on=late.territory))
    whole = client.get(reverse("process:workspace_consultations")).content.decode()
    assert whole.count("n’a pas rendu compte") == 1
    assert "1 démarche est terminée" in whole
    page = client.get(reverse("process:workspace_consultations"), {"status": "owing"}).content.decode()
    assert "En retard" in page and "Dite" not in page
    remedy = reverse("process:consultation_close", args=[late.pk])
    assert remedy in client.get(reverse("process:consultation_dashboard", args=[late.pk])).content.decode()
    asked = client.get(remedy).content.decode()
    assert "Avant de pouvoir la clore" in asked
    assert reverse("process:consultation_detail", args=[late.slug]) + "suites/" in asked
    refused = client.post(remedy, {"restitution": " "})
    assert refused.status_code == 422
    assert client.post(remedy, {"restitution": "Une navette circule."}).status_code == 302
    late.refresh_from_db()
    assert late.status == "closed"
    public = client.get(reverse("process:consultation_detail", args=[late.slug])).content.decode()
    assert "Une navette circule." in public


def test_anyone_reads_that_it_has_not_reported_back(client: Client) -> None:
    late = over()
    page = client.get(reverse("process:consultation_detail", args=[late.slug]) + "suites/").content.decode()
    assert "n’a pas encore dit ce que c’est devenu" in page.replace("'", "’").replace("&#x27;", "’")
