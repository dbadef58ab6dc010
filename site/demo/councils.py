"""Councils of the demo: acts, mandates, one promotion, one vacancy, the federation. Idempotent."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from consultations.councils import services
from consultations.councils.models import Council, Mandate
from consultations.councils.rules.seating import SeatCount, add_months
from consultations.councils.writing import Paper, Section, write_pdf
from demo.councils_story import (
    ACCOUNTS,
    COUNCILS,
    CREATED,
    FEDERATED_SLUGS,
    PAPER,
    PEOPLE,
    SEATED,
    DemoCouncil,
)
from demo.roles import BY_KEY
from organisations.models import Organisation
from territories.models import Territory

ENDING_SOON = "cvs-esat-villeneuve"
LEAVING = ("cvs-ehpad-agen", "supported_persons", "full", 3)  # the demo's open election is for this seat
FEDERATION = "federation-cvs-47"
DOCUMENTED = "cvs-ehpad-agen"
DOCUMENTS = (
    (
        "Règlement intérieur du conseil",
        True,
        (
            Section(
                "Réunions",
                ("Le conseil se réunit quatre fois par an.", "La convocation part quinze jours avant."),
            ),
            Section(
                "Relevé de conclusions",
                ("Il est affiché dans le hall et lu aux personnes qui le demandent.",),
            ),
        ),
    ),
    (
        "Mémo des membres : préparer une réunion",
        False,
        (
            Section("Avant", ("Demandez aux résidents de votre étage ce qu’ils veulent dire.",)),
            Section("Après", ("Dites-leur ce que le conseil a décidé, et ce que la direction a répondu.",)),
        ),
    ),
)
ONE_DAY = datetime.timedelta(days=1)


@transaction.atomic
def load() -> None:
    """Create what is missing; what was changed by hand since is left as it is."""
    for one in COUNCILS:
        if not Council.objects.filter(slug=one.slug).exists():
            _load_council(one)
    _join_federation()
    _promote_substitute()
    _add_documents()


def _load_council(one: DemoCouncil) -> None:
    level, _colon, code = one.place.partition(":")
    council = services.create_council(
        actor=None,
        slug=one.slug,
        name=f"{one.name} (démo)",
        kind=one.kind,
        territory=Territory.objects.current().get(level_id=level, code=code),
        organisations=list(Organisation.objects.filter(slug=one.establishment)) if one.establishment else [],
        created_on=CREATED,
        summary=one.summary,
        easy_read_summary=one.easy_read,
        contact="05 53 00 00 00 (numéro inventé)",
        is_demo=True,
    )
    services.record_founding_act(
        actor=None,
        council=council,
        signed_on=CREATED,
        signed_by_title="La présidence de l’organisme gestionnaire",
        sent_to_authority_on=CREATED + datetime.timedelta(days=15),
        seats={code: SeatCount(*counts) for code, counts in one.seats.items()},
    )
    # In one write: a hundred mandates through their service would cost seconds at each start of the demo.
    Mandate.objects.bulk_create(_mandates(one, council))
    for constituency in one.empty:
        _record_vacancy(council, constituency)
    _set_rules(council)
    _give_offices(council)


def _seats(one: DemoCouncil) -> Iterator[tuple[str, str, int]]:
    for constituency, (full, substitutes) in one.seats.items():
        yield from ((constituency, "full", number) for number in range(1, full + 1))
        yield from ((constituency, "substitute", number) for number in range(1, substitutes + 1))


def _mandates(one: DemoCouncil, council: Council) -> list[Mandate]:
    """Every seat held, unless its constituency is empty here or in the council that would send a delegate."""
    return [
        _mandate(council, constituency, rank, number)
        for constituency, rank, number in _seats(one)
        if constituency not in one.empty and (not council.is_federation or _delegating(constituency, number))
    ]


def _mandate(council: Council, constituency: str, rank: str, number: int) -> Mandate:
    label = PEOPLE[constituency] + (" suppléante" if rank == "substitute" else "")
    key = ACCOUNTS.get((council.slug, constituency, rank, number), "")
    details: dict[str, Any] = {}
    if key:
        details["user"] = User.objects.get(email=BY_KEY[key].email)
        label = BY_KEY[key].label
    if council.slug == "cvs-foyer-jeunes" and constituency == "supported_persons":
        details |= {"born_on": datetime.date(2009 + number % 3, 5, 12), "guardian_name": f"Parent {number}"}
        details["guardian_consented_on"] = SEATED - ONE_DAY * 20
    if constituency == "staff":
        details["seniority_from"] = datetime.date(2019 + number, 9, 1)
    if council.is_federation:
        details["delegated_by"] = Council.objects.get(slug=_delegating(constituency, number))
    if council.slug == ENDING_SOON or (council.slug, constituency, rank, number) == LEAVING:
        details["ends_on"] = min(
            timezone.localdate() + datetime.timedelta(days=60), add_months(SEATED, 36) - ONE_DAY
        )
    return Mandate(
        council=council,
        constituency=constituency,
        person_name=label if key else f"{label} {number}",
        rank=rank,
        starts_on=SEATED,
        late_reason=PAPER,
        designation="election"
        if constituency in {"supported_persons", "families", "staff"}
        else "designation",
        **{"ends_on": add_months(SEATED, 36) - ONE_DAY, **details},
    )


def _delegating(constituency: str, number: int) -> str:
    """The council a delegate comes from; none where the constituency is vacant there or does not exist."""
    slug = FEDERATED_SLUGS[number - 1]
    of = next(one for one in COUNCILS if one.slug == slug)
    return slug if constituency in of.seats and constituency not in of.empty else ""


def _record_vacancy(council: Council, constituency: str) -> None:
    services.record_vacancy(
        actor=None,
        council=council,
        constituency=constituency,
        recorded_on=SEATED,
        reason="Appel à candidatures affiché un mois, aucune réponse.",
        signed_by_title="La directrice du foyer",
    )


def _set_rules(council: Council) -> None:
    """The reference council changed two rules at its first meeting."""
    if council.slug == "cvs-ehpad-agen":
        services.set_bylaw_values(
            actor=None,
            council=council,
            values={"meetings_per_year": 4, "minutes_public": True},
            valid_from=SEATED,
            adopted_on=SEATED,
            reason="Réunion d’installation, vote du point 3.",
        )


def _give_offices(council: Council) -> None:
    held = council.mandates.full().order_by("constituency", "person_name")
    users = held.filter(constituency__in=("supported_persons", "users_group"))
    president = users.filter(user__isnull=False).first() or users.first()
    if president is None:
        return
    services.designate_office(actor=None, mandate=president, office="president", starts_on=SEATED)
    secretary = users.exclude(pk=president.pk).first()
    if secretary is not None:
        services.designate_office(actor=None, mandate=secretary, office="secretary", starts_on=SEATED)


def _join_federation() -> None:
    federation = Council.objects.get(slug=FEDERATION)
    inside = set(federation.federated.values_list("member__slug", flat=True))
    for member in Council.objects.filter(slug__in=set(FEDERATED_SLUGS) - inside).order_by("slug"):
        services.join_federation(actor=None, federation=federation, member=member, joined_on=SEATED)


def _promote_substitute() -> None:
    """At Nérac a relative moved away: her substitute sits for the remaining term."""
    council = Council.objects.get(slug="cvs-ehpad-nerac")
    if council.mandates.filter(end_reason="promoted").exists():
        return
    leaving = council.mandates.full().filter(constituency="families").order_by("person_name").first()
    substitute = (
        council.mandates.substitutes().filter(constituency="families").order_by("person_name").first()
    )
    left_on = datetime.date(2026, 2, 27)
    if isinstance(leaving, Mandate) and isinstance(substitute, Mandate):
        services.end_mandate(actor=None, mandate=leaving, ended_on=left_on, reason="left")
        services.promote_substitute(
            actor=None, substitute=substitute, replaces=leaving, starts_on=left_on + ONE_DAY
        )


def _add_documents() -> None:
    """Its rules for anyone, a list for its members only."""
    council = Council.objects.get(slug=DOCUMENTED)
    if council.documents.exists():
        return
    for title, is_public, sections in DOCUMENTS:
        paper = Paper(title, (council.name,), sections, ("Document inventé pour la démonstration.",))
        file = ContentFile(write_pdf([paper]), name=f"{slugify(title)}.pdf")
        services.add_council_document(
            actor=None, council=council, title=title, file=file, is_public=is_public
        )
