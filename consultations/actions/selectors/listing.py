"""Lists of sheets: for anyone, and for those who work on them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from accounts.models import Role, User
from accounts.permissions import has_role, is_administrator
from consultations.actions.models import ActionSheet, Funding, Partner
from consultations.actions.permissions import WRITING_ROLES, covered, organisations_held
from consultations.process.permissions import ORGANISING
from core.text import fold

READING_ROLES = (*ORGANISING, Role.OFFICIAL, Role.FUNDER, Role.FACILITATOR, Role.ANALYST)
NUMBER_THEN_TITLE = (
    F("programme__title").asc(nulls_last=True),
    F("number").asc(nulls_last=True),
    "title",
    "pk",
)


@dataclass(frozen=True)
class Asked:
    """What narrows a list: nothing by default."""

    words: str = ""
    state: str = ""
    programme: Any = None
    axis: Any = None
    territory: Any = None
    need: Any = None


def narrow(found: QuerySet[ActionSheet], asked: Asked) -> QuerySet[ActionSheet]:
    """The sheets that match everything asked."""
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.programme:
        found = found.filter(programme=asked.programme)
    if asked.axis:
        found = found.filter(axis=asked.axis)
    if asked.territory:
        found = found.filter(Q(territory=asked.territory) | Q(places=asked.territory))
    if asked.need:
        found = found.filter(needs__code=asked.need)
    if words := fold(asked.words).split():
        found = found.filter(pk__in=_matching(found, words))
    return found.order_by(*NUMBER_THEN_TITLE).distinct()


def _matching(found: QuerySet[ActionSheet], words: list[str]) -> list[Any]:
    """Accents and capitals aside: read from the few columns that hold words."""
    rows = found.order_by().values_list("pk", "title", "lead__name", "number").distinct()
    return [
        pk
        for pk, title, lead, number in rows.iterator()
        if all(word in fold(f"{number or ''} {title} {lead or ''}") for word in words)
    ]


def public_list(asked: Asked) -> QuerySet[ActionSheet]:
    """Announced sheets, with what a line of the list shows."""
    found = narrow(ActionSheet.objects.public(), asked)
    return found.select_related("lead", "programme", "axis", "territory")


def visible_to(user: User) -> QuerySet[ActionSheet]:
    """Every sheet whose whole content the person may read."""
    found = ActionSheet.objects.all()
    if is_administrator(user):
        return found
    mine = organisations_held(user, *WRITING_ROLES)
    paying = organisations_held(user, Role.FUNDER)
    places = covered(user, *ORGANISING) | covered(user, Role.OFFICIAL) | covered(user, Role.FUNDER)
    theirs = Q(lead_user=user) | Q(territory__in=places)
    if mine:
        partner = Partner.objects.filter(organisation__in=mine).order_by().values("sheet")
        theirs |= Q(lead__in=mine) | Q(co_lead__in=mine) | Q(pk__in=partner)
    if paying:
        theirs |= Q(pk__in=Funding.objects.filter(funder__in=paying).order_by().values("sheet"))
    return found.filter(theirs)


def mine_to_carry(user: User) -> QuerySet[ActionSheet]:
    """Sheets the person leads or looks after, still open, the oldest change first."""
    mine = organisations_held(user, *WRITING_ROLES)
    led = Q(lead_user=user) | Q(lead__in=mine) | Q(co_lead__in=mine)
    if is_administrator(user) or has_role(user, *ORGANISING):
        led |= Q(territory__in=covered(user, *ORGANISING))
    found = ActionSheet.objects.filter(led).exclude(state__in=["done", "abandoned", "evaluated"])
    return (
        found.select_related("programme").prefetch_related("steps").order_by("state_since", "pk").distinct()
    )


def with_people(found: QuerySet[ActionSheet]) -> QuerySet[ActionSheet]:
    """With what permissions read, so that a page asks once."""
    return found.select_related(
        "lead", "co_lead", "lead_user", "programme", "axis", "territory__level", "consultation"
    ).prefetch_related(
        Prefetch("partners", Partner.objects.select_related("organisation", "agreement")), "funding"
    )
