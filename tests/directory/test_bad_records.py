"""Everything a record must refuse, sent as a browser sends it: clear words, never a 500, nothing typed lost."""

import datetime
from typing import Any

import pytest
from django.urls import reverse

from directory.models import Location, Service
from tests.factories import directory as made
from tests.factories.accounts import SignedInClient
from tests.factories.process import body, place
from tests.factories.territories import territory

pytestmark = pytest.mark.django_db
HTML = "<img src=x onerror=alert(1)>"
LINKS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "//exemple.fr",
    "https://banque.fr@pirate.example/",
    "http://[::1",
    "https://" + "a" * 600 + ".fr",
    "exemple.fr",
)


def keeper_of(record: Any) -> SignedInClient:
    client = SignedInClient()
    client.force_login(made.editor_of(record.organisation))
    return client


def words_of(response: Any) -> str:
    """The page, with its spaces made plain."""
    return str(response.content.decode().replace("\u202f", " ").replace("\u00a0", " "))


@pytest.mark.parametrize("link", LINKS)
def test_hostile_links_are_refused_wherever_one_is_written(link: str) -> None:
    one = made.service()
    where = made.location(one.organisation)
    client = keeper_of(one)
    for address, field, more in (
        (reverse("directory_desk:section", args=[one.slug, "contact"]), "link", {"phone": "05 53 00 11 22"}),
        (reverse("directory_desk:organisation", args=[one.organisation.slug]), "website", {"phone": "05 53 00 11 22"}),
        (reverse("directory_desk:location", args=[where.uid]), "accessibility_url", {"name": "Ici", "kind": "physical", "phone": "05 53 00 11 22"}),
    ):  # fmt: skip
        response = client.post(address, {**more, field: link})
        text = words_of(response)
        assert response.status_code == 422 and 'value="05 53 00 11 22"' in text
        assert f'href="{link}"' not in text
    one.refresh_from_db()
    assert (one.link, Location.objects.get().accessibility_url) == ("", "")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"latitude": "95", "longitude": "0.6"}, "90"),
        ({"latitude": "44.2", "longitude": "200"}, "180"),
        ({"latitude": "44.2", "longitude": ""}, "la latitude et la longitude"),
        ({"latitude": "44,2,1", "longitude": "0.6"}, "nombre"),
        ({"latitude": "nan", "longitude": "inf"}, "nombre"),
        ({"latitude": "1e400", "longitude": "0"}, "nombre"),
        ({"latitude": "0.6", "longitude": "44.2"}, "inversé"),
        ({"latitude": "48.85", "longitude": "2.35"}, "km"),
        ({"commune": "Atlantide"}, "Atlantide"),
        ({"commune": "Le grand pays"}, "commune"),
        ({"commune": "Ancienne-Ville"}, "Ancienne-Ville"),
        ({"postal_code": "4700"}, "cinq chiffres"),
        ({"postal_code": "2A000"}, "cinq chiffres"),
        ({"address_hidden": "on"}, "Dites pourquoi"),
        ({"kind": "palace"}, "palace"),
        ({"access_step_free": "maybe"}, "maybe"),
        ({"phone": "appelez-moi"}, "chiffres"),
        ({"access_words": "a" * 1001}, "1000"),
        ({"transport": "a\u202eb"}, "invisibles"),
    ],
)  # fmt: skip
def test_a_place_that_cannot_be_is_refused_and_kept_as_typed(
    sent: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = made.location(body(place()))
    centres = {where.organisation.territory.code: (44.67, 0.18)}
    monkeypatch.setattr("directory.services.places.centres", lambda level: centres)
    territory(name="Le grand pays", code="99", level="departement")
    territory(name="Ancienne-Ville", code="47999", level="commune", until=datetime.date(2019, 1, 1))
    client = keeper_of(where)
    commune = where.organisation.territory.name
    whole = {
        "name": "Nom gardé",
        "kind": "physical",
        "commune": commune,
        "latitude": "44.67",
        "longitude": "0.18",
    }
    response = client.post(reverse("directory_desk:location", args=[where.uid]), {**whole, **sent})
    text = words_of(response)
    assert response.status_code == 422, text
    assert words in text and 'value="Nom gardé"' in text
    assert Location.objects.get().name != "Nom gardé"


@pytest.mark.parametrize(
    ("section", "sent", "words"),
    [
        ("essentiel", {"description": "a" * 10_001}, "10000"),
        ("essentiel", {"description": "a" * 1_000_000}, "10000"),
        ("essentiel", {"name": "a" * 151}, "150"),
        ("essentiel", {"name": ""}, "Remplissez"),
        ("essentiel", {"easy_read": "caché\u200b"}, "invisibles"),
        ("essentiel", {"kind": "magie"}, "magie"),
        ("essentiel", {"modes": ["home", "moon"]}, "moon"),
        ("besoins", {"needs": ["0", "9" * 40, "x"]}, "n’est pas"),
        ("besoins", {"schemes": ["99999"]}, "n’est pas"),
        ("public", {"age_min": "80", "age_max": "60"}, "âge"),
        ("public", {"age_min": "-1"}, "0"),
        ("public", {"age_min": "999"}, "120"),
        ("public", {"audiences": ["tous-publics", "seniors"]}, "Tout le monde"),
        ("public", {"coverage": "Atlantide"}, "Ligne 1"),
        ("public", {"coverage": "Ancienne-Ville"}, "Ligne 1"),
        ("public", {"eligible_territories": "x\n" * 500}, "400"),
        ("public", {"coverage": "commune:47001 (ailleurs)"}, "Ligne 1"),
        ("contact", {"email": "marie.durand@exemple.fr"}, "celle d’une seule personne"),
        ("contact", {"email": "pas une adresse"}, "adresse"),
        ("contact", {"phone": "0" * 31}, "30"),
        ("prix", {"fee": "free", "amount_min": "10"}, "gratuit"),
        ("prix", {"amount_min": "30", "amount_max": "10"}, "prix"),
        ("prix", {"amount_min": "1e5000"}, "chiffres"),
        ("prix", {"amount_min": "-3"}, "0"),
        ("prix", {"documents": "\n".join(["x"] * 31)}, "30"),
        ("prix", {"documents": "x" * 300}, "200"),
        ("prix", {"average_delay_days": "100000"}, "1000"),
        ("lieux", {"locations": ["99999"]}, "n’est pas"),
        ("lieux", {"review_months": "7"}, "7"),
    ],
)  # fmt: skip
def test_a_section_that_cannot_be_is_refused_in_words(section: str, sent: dict[str, Any], words: str) -> None:
    territory(name="Ancienne-Ville", code="47999", level="commune", until=datetime.date(2019, 1, 1))
    one = made.service()
    before = Service.objects.filter(pk=one.pk).values().get()
    whole = {"name": one.name, "description": one.description, "kind": "accompagnement", "fee": "unknown"}
    whole |= {"holidays": "unknown", "review_months": "6"}
    response = keeper_of(one).post(
        reverse("directory_desk:section", args=[one.slug, section]), {**whole, **sent}
    )
    text = words_of(response)
    assert response.status_code == 422 and words.lower() in text.lower()
    assert Service.objects.filter(pk=one.pk).values().get() == before


def test_html_is_shown_as_it_was_written_and_never_run() -> None:
    one = made.service()
    where = made.location(one.organisation)
    made.at(one, where)
    client = keeper_of(one)
    essential = {"name": HTML, "description": HTML * 3, "kind": "accompagnement", "published": "on"}
    assert (
        client.post(reverse("directory_desk:section", args=[one.slug, "essentiel"]), essential).status_code
        == 302
    )
    assert (
        client.post(
            reverse("directory_desk:organisation", args=[one.organisation.slug]), {"description": HTML}
        ).status_code
        == 302
    )
    spot = {"name": HTML, "kind": "physical", "transport": HTML}
    assert client.post(reverse("directory_desk:location", args=[where.uid]), spot).status_code == 302
    for address in (
        reverse("directory:service", args=[one.slug]),
        reverse("directory:organisation", args=[one.organisation.slug]),
        reverse("directory:location", args=[where.uid]),
        reverse("directory_desk:history", args=[one.slug]),
        reverse("directory_desk:service", args=[one.slug]),
    ):
        text = client.get(address).content.decode()
        assert "<img src=x" not in text and "onerror" in text


@pytest.mark.parametrize("name", ["service", "contacts", "hours", "capacity", "history"])
@pytest.mark.parametrize("slug", ["inconnu", "a" * 300])
def test_a_record_that_is_not_there_is_not_found(name: str, slug: str) -> None:
    client = keeper_of(made.service())
    assert client.get(reverse(f"directory_desk:{name}", args=[slug])).status_code == 404


def test_a_merged_record_is_edited_nowhere() -> None:
    kept = made.service()
    gone = made.service(kept.organisation, merged_into=kept)
    client = keeper_of(kept)
    for name in ("service", "contacts", "hours", "capacity"):
        assert client.get(reverse(f"directory_desk:{name}", args=[gone.slug])).status_code == 403
