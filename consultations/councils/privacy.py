"""What councils hold about their members, and about those who keep their papers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import (
    PersonalDataSource,
    StandingProcessing,
    Trace,
    personal_data,
    standing_processings,
    traces_source,
)
from consultations.councils.models import Mandate
from consultations.councils.services.retention import forget_member


def export_mandates(user: User) -> list[dict[str, Any]]:
    """Every mandate tied to the account, with its offices."""
    held = Mandate.objects.filter(user=user).select_related("council").prefetch_related("offices")
    return [_mandate(one) for one in held.order_by("starts_on", "pk")]


def _mandate(one: Mandate) -> dict[str, Any]:
    return {
        "council": one.council.name,
        "constituency": str(one.get_constituency_display()),
        "rank": str(one.get_rank_display()),
        "name": one.person_name,
        "born_on": one.born_on.isoformat() if one.born_on else None,
        "in_the_establishment_since": one.seniority_from.isoformat() if one.seniority_from else None,
        "guardian": one.guardian_name,
        "starts_on": one.starts_on.isoformat(),
        "ends_on": one.last_day.isoformat(),
        "end_reason": str(one.get_end_reason_display()),
        "offices": [
            {
                "office": str(term.get_office_display()),
                "starts_on": term.starts_on.isoformat(),
                "ended_on": term.ended_on.isoformat() if term.ended_on else None,
            }
            for term in one.offices.all()
        ],
    }


MANDATES = PersonalDataSource(
    name="mandates",
    label=_("Your mandates in councils: your name, your seat, its dates, your offices."),
    kept=_(
        "The seat, its dates and offices are kept, since the council decided with them; your name, your date of "
        "birth and your guardian's name are erased when you leave, or six years after the mandate."
    ),
    export=export_mandates,
    erase=lambda user: forget_member(user=user),
    covers=("councils.Mandate.user",),
)
PAPERS = traces_source(
    "council_papers",
    _("The councils, acts, rules, mandates and documents you recorded."),
    _("They are kept without your name once you leave."),
    Trace("councils.Council.created_by"),
    Trace("councils.CouncilDocument.added_by"),
    Trace("councils.FederationMembership.recorded_by"),
    Trace("councils.FoundingAct.recorded_by"),
    Trace("councils.BylawVersion.changed_by"),
    Trace("councils.Mandate.recorded_by"),
    Trace("councils.OfficeTerm.recorded_by"),
    Trace("councils.VacancyRecord.recorded_by"),
)


SITTING = StandingProcessing(
    title=_("Members of councils"),
    purpose=_(
        "Know who sits in each council, for whom and until when; convene them and record their meetings."
    ),
    legal_basis=_("Legal obligation (GDPR, article 6, 1, c; CASF, articles D311-3 to D311-32-1)"),
    people=_("Members, substitutes, guardians of minor members, people invited to meetings"),
    data=_("Name, seat, dates, offices, presence; date of birth and guardian of minor members"),
    recipients=_(
        "The council and those who keep its papers; names are public only where the council says so"
    ),
    retention=_("Names six years after the mandate; seats and dates stay with the papers of the council"),
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(MANDATES.name, MANDATES)
    personal_data.register(PAPERS.name, PAPERS)
    standing_processings.register("councils", SITTING)
