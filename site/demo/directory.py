"""The services and counters of the demo story: fictional, at real communes, numbers that ring nowhere."""

import datetime
import json
import re
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from demo.roles import BY_KEY
from directory.models import (
    Campaign,
    CampaignAsk,
    Claim,
    Experience,
    ExperienceAnswer,
    Location,
    OrganisationRecord,
    Scheme,
    Service,
)
from directory.services import capacity as places_left
from directory.services import hours, places, records
from directory.services.claims import ask_claim
from directory.services.duplicates import find_duplicates
from directory.services.proposals import propose_changes
from directory.services.reports import report_mistake
from needs.models import Need
from organisations.models import Organisation
from organisations.services import save_organisation
from territories.models import Territory

STORY = Path(__file__).parent / "data" / "directory.json"
CAMPAIGN = datetime.timedelta(days=40), datetime.timedelta(days=20)
"""Since when it runs, and how long is left."""
DAYS = ("lu", "ma", "me", "je", "ve", "sa", "di")
PLAIN = [
    "situations",
    "name",
    "description",
    "easy_read",
    "kind",
    "modes",
    "audiences",
    "age_min",
    "age_max",
    "eligibility",
    "fee",
    "amount_min",
    "amount_max",
    "fee_words",
    "remaining_words",
    "documents",
    "languages",
    "reach",
    "reached_by",
    "phone",
    "email",
    "link",
    "takes_requests",
    "holidays",
]
PLACE = [
    "name",
    "address_1",
    "postal_code",
    "latitude",
    "longitude",
    "access",
    "access_words",
    "accessibility_url",
    "transport",
    "address_hidden",
    "hidden_reason",
]
MARKS = (
    (1, 4, 4),
    (2, 4, 4),
    (1, 3, 4),
    (2, 4, 3),
    (1, 4, 4),
    (3, 4, 4),
    (2, 4, 4),
    (1, 2, 4),
    (2, 4, 3),
    (4, 4, 4),
    (2, 3, 4),
    (1, 4, 2),
    (2, 4, 4),
)
LINE = re.compile(r"(?P<nth>[1-5])?(?P<days>[a-z,-]+) (?P<spans>.+)")


@transaction.atomic
def load() -> None:
    """Create what is missing; what was changed by hand since is left as it is."""
    story = json.loads(STORY.read_text(encoding="utf-8"))
    territories = {f"{one.level_id}:{one.code}": one for one in Territory.objects.current()}
    for one in story["organisations"]:
        save_organisation(
            actor=None,
            slug=one["slug"],
            name=f"{one['name']} (démo)",
            kind=one["kind"],
            territory=territories[one["place"]],
            is_demo=True,
        )
    bodies = {one.slug: one for one in Organisation.objects.all()}
    _load_organisations(story["records"], bodies)
    needs = {one.code: one for one in Need.objects.current()}
    for one in story["schemes"]:
        _load_scheme(one, needs)
    for one in story["services"]:
        if not Service.objects.filter(slug=one["slug"]).exists():
            _load_service(one, bodies[one["org"]], needs, territories)
    _load_voices()
    _load_keeping(territories["departement:47"])
    find_duplicates()


def _load_voices() -> None:
    """One mistake reported, and what users of one service say, with its answer."""
    told = Service.objects.get(slug="gem-agen-accueil")
    if not told.reports.exists():
        report_mistake(service=told, kind="hours", words="Le vendredi soir, c’est fermé depuis septembre.")
    lived = Service.objects.get(slug="mdph-47-accueil")
    if lived.experiences.exists():
        return
    month = (timezone.localdate().replace(day=1) - datetime.timedelta(days=1)).replace(day=1)
    Experience.objects.bulk_create(
        Experience(service=lived, month=month, waiting=waiting, access=access, welcome=welcome)
        for waiting, access, welcome in MARKS
    )
    ExperienceAnswer.objects.create(
        service=lived,
        words="Vous trouvez l’attente trop longue. Nous ouvrons un créneau sans rendez-vous le jeudi.",
        answered_on=timezone.localdate(),
    )


def _load_keeping(department: Territory) -> None:
    """A campaign under way; somebody who asks to keep records, and the correction they propose meanwhile."""
    today = timezone.localdate()
    if not Campaign.objects.exists():
        starts_on, due_on = today - CAMPAIGN[0], today + CAMPAIGN[1]
        campaign = Campaign.objects.create(
            name="Relire les fiches avant l’hiver",
            words="Merci de vérifier surtout vos horaires et vos places libres.",
            territory=department,
            starts_on=starts_on,
            due_on=due_on,
        )
        CampaignAsk.objects.bulk_create(
            CampaignAsk(campaign=campaign, service=one, asked_on=starts_on)
            for one in Service.objects.public()
        )
    asker = User.objects.filter(email=BY_KEY["enqueteur"].email).first()
    service = Service.objects.get(slug="aide-domicile-duras-lauzun")
    if asker is None or Claim.objects.exists():
        return
    words = "Je suis bénévole dans ce service et je réponds au téléphone le mardi."
    ask_claim(actor=asker, organisation=service.organisation, words=words)
    propose_changes(
        actor=asker, service=service, values={"fee_words": "26 € de l’heure, avant les aides du département."}
    )


def _load_organisations(told: dict[str, Any], bodies: dict[str, Organisation]) -> None:
    known = set(OrganisationRecord.objects.values_list("organisation__slug", flat=True))
    for slug, values in told.items():
        if slug not in known:
            parent = bodies.get(values.pop("parent", ""))
            places.save_organisation_record(
                actor=None, organisation=bodies[slug], values={**values, "parent": parent}
            )


def _load_scheme(one: dict[str, Any], needs: dict[str, Need]) -> None:
    if not Scheme.objects.filter(slug=one["slug"]).exists():
        values = {name: one[name] for name in ("name", "description", "easy_read", "url")}
        wanted = [needs[code] for code in one["needs"]]
        places.save_scheme(actor=None, slug=one["slug"], values={**values, "needs": wanted})


def _load_service(
    one: dict[str, Any],
    body: Organisation,
    needs: dict[str, Need],
    territories: dict[str, Territory],
) -> None:
    values = {name: one[name] for name in PLAIN if name in one}
    values |= {
        "name": f"{one['name']} (démo)",
        "average_delay_days": one.get("delay"),
        "is_demo": True,
        "needs": [needs[code] for code in one["needs"]],
        "schemes": list(Scheme.objects.filter(slug__in=one.get("schemes", ()))),
        "coverage": [territories[code] for code in one["coverage"]],
        "eligible_territories": [territories[code] for code in one.get("eligible", ())],
        "locations": _places(one, body, territories),
    }
    service = records.save_service(actor=None, organisation=body, slug=one["slug"], values=values)
    hours.set_hours(actor=None, record=service, openings=read_hours(one.get("hours", "")))
    closings = [
        hours.Closing(datetime.date.fromisoformat(first), datetime.date.fromisoformat(last), why)
        for first, last, why in one.get("closed", ())
    ]
    hours.set_closed_days(actor=None, record=service, closings=closings)
    _keep(service, one)


def _places(one: dict[str, Any], body: Organisation, territories: dict[str, Territory]) -> list[Location]:
    if "same_place" in one:
        return list(Location.objects.filter(organisation=body, name=one["same_place"]))
    if "place" not in one:
        return []
    told = one["place"]
    values = {name: told[name] for name in PLACE if name in told}
    values["commune"] = territories[f"commune:{told['commune']}"]
    return [places.save_location(actor=None, organisation=body, values=values)]


def _keep(service: Service, one: dict[str, Any]) -> None:
    """Who checked it and when, the places left, the closing."""
    today = timezone.localdate()
    if capacity := one.get("capacity"):
        places_left.set_capacity(actor=None, service=service, unit=capacity["unit"], values=capacity)
    records.confirm_record(
        actor=None, service=service, on=today - datetime.timedelta(days=one["checked_days"])
    )
    if close := one.get("close"):
        until = today + datetime.timedelta(days=close["days"])
        records.close_service(actor=None, service=service, until=until, reason=close["reason"])


def read_hours(text: str) -> list[hours.Opening]:
    """From `lu-ve 09:00-12:00 13:30-17:00;2ma 14:00-17:00` (the second Tuesday of the month) to openings."""
    openings = []
    for line in filter(None, text.split(";")):
        found = LINE.fullmatch(line)
        if found is None:
            raise ValueError(line)
        nth = int(found["nth"]) if found["nth"] else None
        for day in _days(found["days"]):
            for span in found["spans"].split():
                first, _dash, last = span.partition("-")
                start, end = datetime.time.fromisoformat(first), datetime.time.fromisoformat(last)
                openings.append(hours.Opening(day, start, end, nth))
    return openings


def _days(text: str) -> list[int]:
    days: list[int] = []
    for part in text.split(","):
        first, _dash, last = part.partition("-")
        days += range(DAYS.index(first), DAYS.index(last or first) + 1)
    return days
