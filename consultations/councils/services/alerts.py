"""Those who keep the papers of a council are told in time that mandates end. Run by the tick."""

import datetime
from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, User
from consultations.councils.models import Council, Mandate
from consultations.councils.permissions import CLERKS
from consultations.councils.selectors import bylaw
from consultations.councils.services.letters import write_about_endings

WIDEST_DAYS = 365  # the longest alert the bylaws allow


def alert_ending_mandates() -> int:
    """One letter a council, once a mandate; how many mandates were told of."""
    today = timezone.localdate()
    horizon = today + datetime.timedelta(days=WIDEST_DAYS)
    waiting = Mandate.objects.in_force(today).filter(alerted_on=None, ends_on__lte=horizon, ended_on=None)
    by_council: dict[Council, list[Mandate]] = defaultdict(list)
    for mandate in waiting.select_related("council").order_by("ends_on"):
        by_council[mandate.council].append(mandate)
    return sum(_alert(council, mandates, today) for council, mandates in by_council.items())


@transaction.atomic
def _alert(council: Council, mandates: list[Mandate], today: datetime.date) -> int:
    days = int(bylaw(council, "end_of_term_alert_days", today).value)
    last = today + datetime.timedelta(days=days)
    ending = [one for one in mandates if one.ends_on <= last]
    if not ending:
        return 0
    Mandate.objects.filter(pk__in=[one.pk for one in ending]).update(alerted_on=today)
    readers = clerks_of(council, today)
    transaction.on_commit(lambda: write_about_endings(council, ending, readers))
    return len(ending)


def clerks_of(council: Council, day: datetime.date) -> list[User]:
    """Secretaries and directors of its establishments, each once."""
    places = council.establishments.in_force(day).values("organisation")
    held = Membership.objects.active_on(day).filter(role__in=CLERKS, organisation__in=places)
    return list(User.objects.filter(memberships__in=held, is_active=True).distinct().order_by("pk"))
