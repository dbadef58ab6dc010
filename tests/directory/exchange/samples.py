"""A small directory with everything a record can say."""

import datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from directory.models import (
    Capacity,
    ClosedDays,
    Contact,
    Location,
    OrganisationRecord,
    RecordIdentifier,
    Scheme,
    Service,
    Source,
)
from organisations.models import Organisation, OrganisationIdentifier
from territories.models import Territory, TerritoryAlias, TerritoryRelation
from tests.factories import directory as made
from tests.factories.territories import territory

TEXTS: dict[str, Any] = {
    "slug": "repas-a-domicile",
    "name": "Repas à domicile",
    "easy_read": "On apporte le repas.",
    "kind": "aide-materielle",
    "status": "temporarily_closed",
    "closed_until": datetime.date(2027, 1, 3),
    "closed_reason": "Travaux",
    "modes": ["home", "on_site"],
    "audiences": ["seniors", "personnes-en-situation-de-handicap"],
    "age_min": 60,
    "age_max": 110,
    "situations": "Vivre seul.",
    "eligibility": "Habiter la commune.",
    "fee": "means_tested",
    "amount_min": Decimal("2.50"),
}
CODES: dict[str, Any] = {
    "amount_max": Decimal("9.10"),
    "fee_words": "Selon le revenu.",
    "remaining_words": "Environ 3 € par repas.",
    "documents": ["Carte d’identité", "Avis d’impôt"],
    "languages": ["fr", "fsl"],
    "reach": ["phone", "link", "visit"],
    "reached_by": ["users"],
    "email": "repas@example.org",
    "phone": "05 00 00 00 04",
    "link": "https://example.org/repas?a=1&b=2",
    "takes_requests": True,
    "average_delay_days": 15,
    "holidays": "as_usual",
    "checked_words": "le CCAS",
    "review_months": 3,
}
SECRET = "rue du Refuge-Caché"


def full_directory() -> SimpleNamespace:
    """One organisation within another, a whole service at two places, one of them hidden."""
    department = territory("Lot-et-Garonne", "departement", code="47")
    duras = territory("Duras", code="47086")
    TerritoryRelation.objects.create(parent=department, child=duras)
    TerritoryAlias.objects.create(territory=duras, kind="postal", value="47120", search_value="47120")
    federation = Organisation.objects.create(name="Département", slug="departement-47", territory=department)
    OrganisationRecord.objects.create(organisation=federation, description="Le département agit.")
    body = _body(duras, federation)
    town_hall, shelter = _town_hall(body), _shelter(body)
    service = _service(body, duras, department)
    link = made.at(service, town_hall)
    made.at(service, shelter)
    made.opening(2, "14:00", "16:30", service_at_location=link)
    ClosedDays.objects.create(
        service=service,
        starts_on=datetime.date(2026, 12, 24),
        ends_on=datetime.date(2027, 1, 2),
        reason="Fêtes",
    )
    return SimpleNamespace(
        department=department,
        duras=duras,
        body=body,
        federation=federation,
        record=body.record,
        town_hall=town_hall,
        shelter=shelter,
        service=service,
        link=link,
    )


def _body(duras: Territory, federation: Organisation) -> Organisation:
    body = Organisation.objects.create(
        name="CCAS de Duras", slug="ccas-duras", kind="authority", territory=duras
    )
    OrganisationIdentifier.objects.create(organisation=body, scheme="siret", value="21470086300014")
    OrganisationRecord.objects.create(
        organisation=body,
        description="Le centre communal.",
        easy_read="La mairie aide.",
        email="ccas@example.org",
        phone="05 00 00 00 01",
        website="https://example.org/ccas",
        networks=["ccas-cias"],
        parent=federation,
    )
    Contact.objects.create(organisation=body, label="Accueil", phone="05 00 00 00 02", hours="le matin")
    return body


def _town_hall(body: Organisation) -> Location:
    town_hall = made.location(
        body,
        name="Mairie",
        address_2="Rez-de-chaussée",
        access={"step_free": True, "parking": False},
        access_words="Sonnez.",
        accessibility_url="https://acceslibre.beta.gouv.fr/app/47-duras/",
        transport="Bus 1",
        phone="05 00 00 00 03",
        holidays="closed",
    )
    made.opening(0, location=town_hall)
    made.opening(4, "22:00", "02:00", location=town_hall)
    return town_hall


def _shelter(body: Organisation) -> Location:
    return made.location(
        body,
        name="Accueil de nuit",
        address_1=SECRET,
        latitude=44.6789,
        address_hidden=True,
        hidden_reason="Lieu protégé : téléphonez.",
        transport=f"Descendre {SECRET}",
        accessibility_url="https://acceslibre.beta.gouv.fr/app/refuge-cache/",
        access_words=f"Entrée {SECRET}",
    )


def _service(body: Organisation, duras: object, department: object) -> object:
    scheme = Scheme.objects.create(
        slug="apa", name="APA", description="Allocation.", easy_read="De l’argent."
    )
    service = _told(body)
    made.need("1.3.2")
    service.needs.add(made.need("1.3.2.2"), made.need("1.E.1"))
    service.schemes.add(scheme)
    scheme.needs.add(made.need("1.3.2.2"))
    service.coverage.add(duras, department)
    service.eligible_territories.add(duras)
    Contact.objects.create(service=service, label="Le bureau", email="bureau@example.org")
    day = datetime.date(2026, 11, 1)
    Capacity.objects.create(
        service=service, unit="tournée", places=30, available=0, waiting=4, state="full", updated_on=day
    )
    Capacity.objects.create(service=service, unit="pain", state="waiting", updated_on=day)
    RecordIdentifier.objects.create(service=service, scheme="finess", value="470000001")
    made.opening(1, service=service, frequency="monthly", nth=-1, note="sur rendez-vous")
    return service


def _told(body: Organisation) -> Service:
    """Every plain field of a service."""
    return made.service(body, **TEXTS, **CODES, source=Source.objects.create(slug="ccas", name="CCAS"))
