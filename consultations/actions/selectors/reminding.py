"""What people are to be reminded of today, and who is written to. What was already reminded is left out."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from accounts.models import Membership, Role, User
from consultations.actions.lateness import RUNNING
from consultations.actions.models import ActionSheet, Agreement, Funding, Reminder, State, Step
from consultations.actions.permissions import WRITING_ROLES
from consultations.actions.selectors.standing import heard_on, late_steps, silent_sheets
from consultations.process.permissions import ORGANISING
from organisations.models import Organisation
from territories.models import Territory
from territories.selectors import ancestors

SPONSOR_AFTER = 15  # days between the reminder to those who lead and the one to the sponsor
AGREEMENT_BEFORE = 60  # days before the end of an agreement
MONEY_BEFORE = 90  # days before the end of the last year that has money
SPONSORING = (*WRITING_ROLES, Role.OFFICIAL, Role.ADMINISTRATOR)
About, Rung = Reminder.About, Reminder.Rung


@dataclass(frozen=True)
class Due:
    """One thing to remind of; `since` is the day it counts from, `days` how many have passed (or remain)."""

    about: str
    rung: str
    since: datetime.date
    days: int
    subject: ActionSheet | Agreement
    step: Step | None = None

    @property
    def sheet(self) -> ActionSheet | None:
        return self.subject if isinstance(self.subject, ActionSheet) else None

    @property
    def agreement(self) -> Agreement | None:
        return self.subject if isinstance(self.subject, Agreement) else None


def due_today(today: datetime.date, most: int) -> list[Due]:
    """At most `most`, the oldest first; the rest waits for the next tick. At most nine queries."""
    found: list[Due] = []
    for rung in (Rung.LEAD, Rung.SPONSOR):
        found += [
            Due(About.LATE, rung, one.ends_on, (today - one.ends_on).days, one.sheet, one)
            for one in _late(rung, today)[:most]
        ]
        found += [
            Due(About.SILENT, rung, _heard(one), (today - _heard(one)).days, one)
            for one in _silent(rung, today)[:most]
        ]
        found += [
            Due(About.MONEY, rung, day, (day - today).days, one) for one, day in _unfunded(rung, today)[:most]
        ]
    found += [
        Due(About.ENDING, Rung.LEAD, one.ends_on, (one.ends_on - today).days, one)
        for one in _ending(today)[:most]
        if one.ends_on is not None
    ]
    return sorted(found, key=lambda due: (due.since, due.about, due.rung))[:most]


def _heard(sheet: ActionSheet) -> datetime.date:
    return sheet.last_news_on or sheet.state_since


def _late(rung: str, today: datetime.date) -> QuerySet[Step]:
    told = Reminder.objects.filter(about=About.LATE, step=OuterRef("pk"), since=OuterRef("ends_on"))
    found = late_steps(today).filter(~Exists(told.filter(rung=rung)))
    if rung == Rung.SPONSOR:
        found = found.filter(Exists(told.filter(rung=Rung.LEAD, sent_on__lte=_lead_told_by(today))))
    return found.select_related(
        "sheet__programme__sponsor", "sheet__territory__level", "sheet__lead_user"
    ).order_by("ends_on", "pk")


def _silent(rung: str, today: datetime.date) -> QuerySet[ActionSheet]:
    told = Reminder.objects.filter(about=About.SILENT, sheet=OuterRef("pk"), since=OuterRef("heard"))
    found = silent_sheets(ActionSheet.objects.annotate(heard=heard_on()), today)
    found = found.filter(~Exists(told.filter(rung=rung)))
    if rung == Rung.SPONSOR:
        found = found.filter(Exists(told.filter(rung=Rung.LEAD, sent_on__lte=_lead_told_by(today))))
    return found.select_related("programme__sponsor", "territory__level", "lead_user").order_by(
        "last_news_on", "state_since", "pk"
    )


def _unfunded(rung: str, today: datetime.date) -> list[tuple[ActionSheet, datetime.date]]:
    """Sheets that go on after the last year somebody pays for, with its last day; lead and sponsor know at once."""
    told = Reminder.objects.filter(
        about=About.MONEY, rung=rung, sheet=OuterRef("pk"), since__year=OuterRef("paid_until")
    )
    paid = Funding.objects.filter(sheet=OuterRef("pk"), secured__gt=0)
    horizon = today + datetime.timedelta(days=MONEY_BEFORE)
    found = (
        ActionSheet.objects.filter(state__in=[State.ADOPTED, State.UNDER_WAY])
        .annotate(paid_until=Subquery(paid.order_by("-year").values("year")[:1]))
        .filter(paid_until__lt=horizon.year)
        .exclude(programme__ends_on__year__lte=F("paid_until"))
        .filter(~Exists(told))
        .select_related("programme__sponsor", "territory__level", "lead_user")
        .order_by("paid_until", "pk")
    )
    return [(one, datetime.date(one.paid_until, 12, 31)) for one in found]


def _lead_told_by(today: datetime.date) -> datetime.date:
    return today - datetime.timedelta(days=SPONSOR_AFTER)


def _ending(today: datetime.date) -> QuerySet[Agreement]:
    told = Reminder.objects.filter(about=About.ENDING, agreement=OuterRef("pk"), since=OuterRef("ends_on"))
    horizon = today + datetime.timedelta(days=AGREEMENT_BEFORE)
    found = Agreement.objects.filter(ends_on__gte=today, ends_on__lte=horizon).filter(~Exists(told))
    return found.select_related("territory__level").order_by(F("ends_on"), "pk")


def readers_of(due: Due, today: datetime.date) -> list[User]:
    """Who is written to: never nobody while the place has an organiser."""
    subject = due.subject
    if isinstance(subject, Agreement):
        found = _people(subject.parties.all(), WRITING_ROLES, today)
    elif due.rung == Rung.SPONSOR:
        found = sponsors_of(subject, today)
    else:
        found = leads_of(subject, today)
    return found or stewards_of(subject.territory, today)


def leads_of(sheet: ActionSheet, today: datetime.date) -> list[User]:
    """The person in charge; without one (never chosen, or an account that was erased), those of the lead and co-lead."""
    if has_someone(sheet) and sheet.lead_user is not None and sheet.lead_user.email:
        return [sheet.lead_user]
    return _people([one for one in (sheet.lead, sheet.co_lead) if one], WRITING_ROLES, today)


def sponsors_of(sheet: ActionSheet, today: datetime.date) -> list[User]:
    """Those who speak for the organisation that carries the programme."""
    return _people([sheet.programme.sponsor], SPONSORING, today) if sheet.programme else []


def stewards_of(territory: Territory, today: datetime.date) -> list[User]:
    """Those who organise on the territory, or on one that wholly holds it."""
    places = [territory.pk, *(kin.territory.pk for kin in ancestors(territory, on=today) if kin.is_full)]
    held = Membership.objects.active_on(today).filter(role__in=ORGANISING, territory__in=places)
    return _users(held)


def has_someone(sheet: ActionSheet) -> bool:
    """False when nobody is in charge: never chosen, or the account was erased or closed."""
    return sheet.lead_user is not None and sheet.lead_user.is_active


def lacks_someone(sheet: ActionSheet) -> bool:
    """True when a sheet that runs has nobody in charge: its page says so."""
    return sheet.state in RUNNING and not has_someone(sheet)


def _people(bodies: Iterable[Organisation], roles: tuple[Role, ...], today: datetime.date) -> list[User]:
    places = [body.pk for body in bodies]
    return _users(Membership.objects.active_on(today).filter(role__in=roles, organisation__in=places))


def _users(held: QuerySet[Membership]) -> list[User]:
    found = User.objects.filter(memberships__in=held, is_active=True).distinct().order_by("pk")
    return [one for one in found if one.email]


def sent_about(sheet: ActionSheet) -> list[Reminder]:
    """The last reminders of a sheet, the latest first."""
    return list(sheet.reminders.select_related("step")[:10])
