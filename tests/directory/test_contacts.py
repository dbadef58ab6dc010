"""Contacts are desks, numbers are one record's; who may write them, and what is refused in words."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from core.models import AuditEntry
from directory.desks import refuse_person, refuse_personal_mailbox
from directory.models import Change, Contact
from directory.numbers import check_number
from directory.services.contacts import Desk, set_contacts, set_numbers
from directory.services.records import save_service
from tests.directory.test_permissions import ACTORS, KEEPERS, STATES, in_state
from tests.factories import directory as made
from tests.factories.accounts import SignedInClient
from tests.factories.process import body, place

pytestmark = pytest.mark.django_db
RECEPTION = Desk("Accueil", "05 53 00 00 00")
SIRET, OTHER_SIRET, FINESS = "73282932000074", "35600000000048", "750712184"


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("actor", ACTORS)
def test_who_may_write_contacts_and_numbers(actor: str, state: str) -> None:
    one = in_state(state)
    user = made.an_actor(actor, one.organisation)
    for record, may in (
        (one, state != "merged" and actor in KEEPERS),
        (made.location(one.organisation), actor in KEEPERS),
        (one.organisation, actor in KEEPERS),
    ):
        if user is None:
            continue
        if may:
            set_contacts(actor=user, record=record, desks=[RECEPTION])
            set_numbers(actor=user, record=record, numbers={"data-inclusion": "dora--1"})
            record.identifiers.all().delete()
        else:
            with pytest.raises(PermissionDenied):
                set_contacts(actor=user, record=record, desks=[RECEPTION])
            with pytest.raises(PermissionDenied):
                set_numbers(actor=user, record=record, numbers={})


def test_what_changes_is_in_the_history_and_the_journal_once() -> None:
    one = made.service()
    for _twice in range(2):
        set_contacts(actor=None, record=one, desks=[RECEPTION])
        set_contacts(actor=None, record=one.organisation, desks=[RECEPTION])
        set_numbers(actor=None, record=one.organisation, numbers={"siret": SIRET})
    assert list(Change.objects.filter(target_uid=one.uid).values_list("field", flat=True)) == ["contacts"]
    verbs = AuditEntry.objects.filter(verb__in=("contacts_changed", "identifiers_changed"))
    assert sorted(verbs.values_list("verb", flat=True)) == ["contacts_changed"] * 2 + ["identifiers_changed"]
    assert one.organisation.record.uid in set(Change.objects.values_list("target_uid", flat=True))


@pytest.mark.parametrize(
    ("scheme", "value", "kept"),
    [
        ("siret", "732 829 320 00074", SIRET),
        ("siret", OTHER_SIRET, OTHER_SIRET),
        ("siren", "732 829 320", "732829320"),
        ("finess", "75 071 218 4", FINESS),
        ("finess", "2A0000014", "2A0000014"),
        ("rna", "w471234567", "W471234567"),
        ("data-inclusion", "dora--a-1", "dora--a-1"),
        ("ours", " 12 ", "12"),
    ],
)
def test_a_number_is_kept_without_its_spaces(scheme: str, value: str, kept: str) -> None:
    assert check_number(scheme, value) == kept


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("siret", "73282932000075"),
        ("siret", "7328293200007"),
        ("siret", "732829320000٧٤"),
        ("siret", "javascript:alert"),
        ("siren", "732829321"),
        ("finess", "750712185"),
        ("finess", "2C0000014"),
        ("rna", "471234567"),
        ("data-inclusion", "dora-1"),
    ],
)
def test_a_number_that_cannot_be_is_refused(scheme: str, value: str) -> None:
    with pytest.raises(ValidationError):
        check_number(scheme, value)


@pytest.mark.parametrize("text", ["Mme Durand", "Accueil (M. Petit)", "madame Durand, le matin"])
def test_a_contact_never_names_a_person(text: str) -> None:
    with pytest.raises(ValidationError):
        refuse_person(text)


@pytest.mark.parametrize(
    "address", ["j.durand@exemple.fr", "marie.durand@exemple.fr", "Jean-Paul.Du@exemple.fr"]
)
def test_a_mailbox_is_not_one_persons(address: str) -> None:
    with pytest.raises(ValidationError):
        refuse_personal_mailbox(address)


@pytest.mark.parametrize(
    "text", ["Accueil", "Service social", "Mémoire et mobilité", "Point d’accueil M2", "Les amis de Monségur"]
)
def test_a_desk_keeps_its_name(text: str) -> None:
    refuse_person(text)
    refuse_personal_mailbox("accueil.agen@exemple.fr")
    refuse_personal_mailbox("contact@exemple.fr")


def test_a_number_another_record_has_is_refused_naming_it() -> None:
    one, other = made.service(), made.service(name="L’autre service")
    set_numbers(actor=None, record=other, numbers={"data-inclusion": "dora--1"})
    set_numbers(actor=None, record=other.organisation, numbers={"siret": SIRET})
    with pytest.raises(ValidationError, match="L’autre service"):
        set_numbers(actor=None, record=one, numbers={"data-inclusion": "dora--1"})
    with pytest.raises(ValidationError, match="L’autre service"):
        save_service(actor=None, organisation=one.organisation, service=one, values={}, identifiers={"data-inclusion": "dora--1"})  # fmt: skip
    with pytest.raises(ValidationError, match=other.organisation.name):
        set_numbers(actor=None, record=one.organisation, numbers={"siret": SIRET})


def sent(contacts: list[dict[str, str]], numbers: list[dict[str, str]]) -> dict[str, str]:
    """The formsets of the page as a browser posts them."""
    data: dict[str, str] = {}
    for prefix, lines in (("contacts", contacts), ("numeros", numbers)):
        data |= {f"{prefix}-TOTAL_FORMS": str(len(lines)), f"{prefix}-INITIAL_FORMS": "0"}
        for number, line in enumerate(lines):
            data |= {f"{prefix}-{number}-{name}": value for name, value in line.items()}
    return data


def pages() -> list[tuple[str, Any]]:
    one = made.service()
    where = made.location(one.organisation)
    return [
        (reverse("directory_desk:contacts", args=[one.slug]), one),
        (reverse("directory_desk:location_contacts", args=[where.uid]), where),
        (reverse("directory_desk:organisation_contacts", args=[one.organisation.slug]), one.organisation),
    ]


def test_the_page_of_each_record_saves_and_shows_in_public() -> None:
    for address, record in pages():
        client = SignedInClient()
        client.force_login(made.editor_of(getattr(record, "organisation", record)))
        assert client.get(address).status_code == 200
        data = sent(
            [{"label": "Accueil de jour", "phone": "05 53 11 22 33"}, {}],
            [{"scheme": "finess", "value": FINESS}],
        )
        assert client.post(address, data).status_code == 302
        assert record.contacts.get().label == "Accueil de jour"
        assert record.identifiers.get().value == FINESS
        record.identifiers.all().delete()


@pytest.mark.parametrize(
    ("contacts", "numbers", "words"),
    [
        ([{"label": "Mme Durand", "phone": "05 53 11 22 33"}], [], "jamais le nom d’une personne"),
        ([{"label": "Accueil"}], [], "Donnez un numéro de téléphone"),
        ([{"label": "Accueil", "phone": "<script>"}], [], "Écrivez le numéro avec des chiffres"),
        ([{"label": "Accueil", "email": "marie.durand@exemple.fr"}], [], "celle d’une seule personne"),
        ([{"phone": "05 53 11 22 33"}], [], "Écrivez le nom du bureau"),
        ([{"label": "Accueil", "phone": "05 53 11 22 33"}] * 2, [], "deux fois"),
        ([{"label": "é" * 121, "phone": "05 53 11 22 33"}], [], "120"),
        ([], [{"scheme": "siret", "value": "123"}], "14 chiffres"),
        ([], [{"scheme": "", "value": SIRET}], "de quel numéro"),
        ([], [{"scheme": "siret", "value": SIRET}, {"scheme": "siret", "value": OTHER_SIRET}], "deux fois"),
        ([], [{"scheme": "owner", "value": "1"}], "owner"),
    ],
)
def test_bad_lines_are_refused_in_words_and_kept(
    contacts: list[dict[str, str]], numbers: list[dict[str, str]], words: str
) -> None:
    address, record = pages()[2]
    client = SignedInClient()
    client.force_login(made.editor_of(record))
    response = client.post(address, sent([*contacts, {"label": "Gardée", "phone": "3977"}], numbers))
    text = response.content.decode()
    assert response.status_code == 422 and words in text and 'value="Gardée"' in text
    assert "<script>" not in text.partition("<main")[2].partition("</main>")[0]
    assert not Contact.objects.exists() and not record.identifiers.exists()


def test_a_number_of_another_organisation_is_named_on_the_page_and_nothing_is_lost() -> None:
    other = body(place("Ailleurs"))
    set_numbers(actor=None, record=other, numbers={"siret": SIRET})
    address, record = pages()[2]
    client = SignedInClient()
    client.force_login(made.editor_of(record))
    response = client.post(address, sent([{"label": "Accueil", "phone": "3977"}], [{"scheme": "siret", "value": SIRET}]))  # fmt: skip
    text = response.content.decode()
    assert response.status_code == 422 and other.name in text and 'value="Accueil"' in text
    assert not record.contacts.exists()


def test_a_name_given_by_an_import_is_kept_when_the_rest_is_saved() -> None:
    one = made.service()
    one.identifiers.create(scheme="soliguide", value="77")
    one.contacts.create(label="Mme Durand", phone="3977")
    address = reverse("directory_desk:contacts", args=[one.slug])
    client = SignedInClient()
    client.force_login(made.editor_of(one.organisation))
    data = sent([{"label": "Mme Durand", "phone": "3977"}], [{"scheme": "soliguide", "value": "77"}])
    assert client.post(address, data).status_code == 302
    assert one.identifiers.get().scheme == "soliguide"
    assert client.post(address, sent([{}, {}], [{"scheme": "soliguide", "value": ""}])).status_code == 302
    assert not one.identifiers.exists() and not one.contacts.exists()


def test_a_formset_that_lies_about_its_size_is_refused() -> None:
    address, record = pages()[0]
    client = SignedInClient()
    client.force_login(made.editor_of(record.organisation))
    for data in ({}, {"contacts-TOTAL_FORMS": "x", "numeros-TOTAL_FORMS": "1" * 30}):
        assert client.post(address, data).status_code == 422
