"""Words made public: by whom, when, worded, tied to needs and to no answer; taken back at once."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from consultations.bank.models import Quotation
from consultations.bank.services import publish_quotation, replace_verbatims, withdraw_quotation
from consultations.lineage.models import Link
from consultations.lineage.selectors import dead_links, gaps, thread_of
from consultations.process.models import Consultation
from needs.models import Need
from tests.factories.days import days_ago
from tests.factories.process import ConsultationFactory, an_actor, person

pytestmark = pytest.mark.django_db
NEED, WORDS = "1.1.2", "On mange seul tous les soirs"


@pytest.fixture
def consultation() -> Consultation:
    Need.objects.create(code=NEED, family="need", official_label="x", plain_label="Manger")
    return ConsultationFactory(status="published")


def write(consultation: Consultation, count: int, *, codes: tuple[str, ...] = (NEED,)) -> None:
    for number in range(count):
        replace_verbatims(
            consultation_id=consultation.pk, origin=("response", f"{codes}{number}"), territory_id=None,
            given_on=days_ago(1), texts={"mots": (f"Secret {number}", codes)},
        )  # fmt: skip


def quote(consultation: Consultation, **changes: Any) -> Quotation:
    values = {
        "actor": person(Role.ORGANISER, on=consultation.territory), "text": WORDS, "codes": [NEED],
        "nobody_recognised": True, **changes,
    }  # fmt: skip
    return publish_quotation(consultation=consultation, **values)


WHO = [
    ("organiser", True), ("analyst", True), ("visitor", False), ("editor", False), ("former organiser", False),
    ("organiser elsewhere", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "may"), WHO)
def test_who_makes_words_public(consultation: Consultation, name: str, may: bool) -> None:
    write(consultation, 11)
    if may:
        assert quote(consultation, actor=an_actor(name, consultation)).text == WORDS
    else:
        with pytest.raises(PermissionDenied):
            quote(consultation, actor=an_actor(name, consultation))


@pytest.mark.parametrize("changes", [{"nobody_recognised": False}, {"text": "  "}, {"text": "x" * 401}])
def test_words_not_checked_empty_or_endless_are_refused(
    consultation: Consultation, changes: dict[str, Any]
) -> None:
    write(consultation, 11)
    with pytest.raises(ValidationError):
        quote(consultation, **changes)


def test_nothing_is_public_under_eleven_and_never_twice(consultation: Consultation) -> None:
    write(consultation, 10)
    with pytest.raises(ValidationError):
        quote(consultation)
    write(consultation, 11)
    quote(consultation)
    with pytest.raises(ValidationError):
        quote(consultation)


def test_the_words_lead_to_needs_and_to_no_answer_and_can_be_taken_back(consultation: Consultation) -> None:
    write(consultation, 11)
    made = quote(consultation)
    assert sorted(Link.objects.values_list("relation", "target_kind")) == [
        ("coded_as", "need"), ("raised_in", "consultation"),
    ]  # fmt: skip
    found = thread_of("verbatim", str(made.pk))
    assert found is not None
    assert "Secret" not in repr(found)
    assert (list(dead_links()), list(gaps())) == ([], [])
    withdraw_quotation(actor=person(Role.ORGANISER, on=consultation.territory), quotation=made)
    assert not Link.objects.exists()
    assert thread_of("verbatim", str(made.pk)) is None


def test_the_page_shows_five_words_of_a_need_at_least(consultation: Consultation, client: Client) -> None:
    write(consultation, 4)
    address = reverse("outcomes:words", args=[consultation.pk])
    assert client.get(address).status_code == 302
    client.force_login(person(Role.FACILITATOR, on=consultation.territory))
    assert client.get(address).status_code == 403
    client.force_login(person(Role.ORGANISER, on=consultation.territory))
    assert "Secret" not in client.get(address).content.decode()
    write(consultation, 11)
    assert "Secret 3" in client.get(address).content.decode()
    assert client.post(address, {"text": WORDS, "code": NEED}).status_code == 422
    asked = {"text": WORDS, "code": NEED, "nobody_recognised": "on"}
    assert client.post(address, asked).status_code == 302
    public = client.get(reverse("outcomes:consultation", args=[consultation.slug])).content.decode()
    assert WORDS in public and "Secret" not in public
    made = Quotation.objects.get()
    gone = reverse("outcomes:words_withdraw", args=[consultation.pk, made.pk])
    assert client.get(gone).status_code == 405
    assert client.post(gone).status_code == 302
    assert client.post(gone).status_code == 404
