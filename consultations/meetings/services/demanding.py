"""A demand for a meeting: signed by members until the share of the bylaws, then the meeting is owed.

Asked by the managing body's own representative it is owed at once (CASF D311-16). Once it is, a draft opens with
the subjects asked for, and the president is told; convening stays theirs.
"""

import datetime
from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.councils.models import Constituency, Council, Mandate, Office
from consultations.councils.permissions import is_clerk
from consultations.councils.selectors import office_holder
from consultations.meetings.models import AgendaItem, DemandSignature, Meeting, MeetingDemand
from consultations.meetings.selectors.demanding import count_of
from consultations.meetings.services.preparing import create_meeting, first_day
from consultations.meetings.states import DEMAND_LIFE
from core.qr import public_url
from core.services import record_audit

MOST_SUBJECTS, LONGEST = 10, 160
OF_RIGHT = (Constituency.MANAGEMENT, Constituency.OPERATOR)
USUAL_HOUR = datetime.time(14, 30)
State = MeetingDemand.State


@transaction.atomic
def start_demand(
    *, actor: User | None, council: Council, mandate: Mandate, subjects: Sequence[str]
) -> MeetingDemand:
    """Ask for a meeting and what for; who starts it has signed."""
    Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    _refuse_stranger(actor, council, mandate)
    if council.meeting_demands.filter(state=State.OPEN).exists():
        raise ValidationError(_("A demand is already being signed: sign it."))
    asked = [" ".join(one.split()) for one in subjects if one.strip()]
    if not asked:
        raise ValidationError({"subjects": _("Write at least one subject.")})
    if len(asked) > MOST_SUBJECTS or any(len(one) > LONGEST for one in asked):
        raise ValidationError(
            {"subjects": _("Ten subjects at most, one per line, each of 160 characters at most.")}
        )
    demand = MeetingDemand.objects.create(
        council=council, started_by=mandate, started_on=timezone.localdate(), subjects=asked
    )
    record_audit(actor=actor, verb="meeting_demanded", target=demand, changes={"council": str(council.pk)})
    return _sign(actor, demand, mandate)


@transaction.atomic
def sign_demand(*, actor: User | None, demand: MeetingDemand, mandate: Mandate) -> MeetingDemand:
    """A member joins the demand, or the secretary records a paper they signed; signing twice changes nothing."""
    demand = _lock(demand)
    _refuse_stranger(actor, demand.council, mandate)
    DEMAND_LIFE.check("sign", who=actor, subject=demand)
    return _sign(actor, demand, mandate)


def _lock(demand: MeetingDemand) -> MeetingDemand:
    rows = MeetingDemand.objects.select_for_update(of=("self",)).select_related("council")
    return rows.get(pk=demand.pk)


def _refuse_stranger(actor: User | None, council: Council, mandate: Mandate) -> None:
    is_theirs = actor is None or mandate.user_id == actor.pk or is_clerk(actor, council)
    if not is_theirs or mandate.council_id != council.pk:
        raise PermissionDenied(_("Each member signs for themselves; the secretary records papers."))
    if mandate.rank != Mandate.Rank.FULL or not mandate.is_held_on(timezone.localdate()):
        raise PermissionDenied(_("Only full members in office today demand a meeting."))


def _sign(actor: User | None, demand: MeetingDemand, mandate: Mandate) -> MeetingDemand:
    today = timezone.localdate()
    given = {"signed_on": today, "recorded_by": actor}
    DemandSignature.objects.get_or_create(demand=demand, mandate=mandate, defaults=given)
    record_audit(actor=actor, verb="meeting_demand_signed", target=demand)
    if mandate.constituency in OF_RIGHT or count_of(demand).is_reached:
        _reach(demand, today)
    return demand


def _reach(demand: MeetingDemand, today: datetime.date) -> None:
    DEMAND_LIFE.follow("reach", subject=demand)
    demand.reached_on, demand.meeting = today, _draft(demand)
    demand.save(update_fields=["state", "reached_on", "meeting"])
    record_audit(actor=None, verb="meeting_demand_reached", target=demand)
    transaction.on_commit(lambda: _tell_president(demand))


def _draft(demand: MeetingDemand) -> Meeting:
    """On the first day that leaves the notice its days, where the council met last."""
    council = demand.council
    last = Meeting.objects.of(council).exclude(state=Meeting.State.CANCELLED).first()
    hour = timezone.localtime(last.held_at).time().replace(tzinfo=None) if last else USUAL_HOUR
    day = first_day(council)
    made = create_meeting(
        actor=None,
        council=council,
        held_at=timezone.make_aware(datetime.datetime.combine(day, hour)),
        place=last.place if last else "",
        access_details=last.access_details if last else "",
    )
    accepted = AgendaItem.State.ACCEPTED
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=made, order=order, title=title, state=accepted, proposed_by=demand.started_by)
        for order, title in enumerate(demand.subjects, start=1)
    )
    return made


def _tell_president(demand: MeetingDemand) -> None:
    president = office_holder(demand.council, Office.PRESIDENT)
    user = president.user if president else None
    if user is None or not user.is_active or demand.meeting is None:
        return  # the draft waits on the page of those who keep the papers
    with translation.override(user.language or settings.LANGUAGE_CODE):
        context = {
            "demand": demand,
            "council": demand.council,
            "link": public_url(reverse("meeting_desk:detail", args=[demand.meeting.pk])),
        }
        subject = _("A meeting is demanded: %(council)s") % {"council": demand.council.name}
        send_mail(subject, render_to_string("meetings/email/demanded.txt", context), None, [user.email])


@transaction.atomic
def withdraw_signature(*, actor: User | None, demand: MeetingDemand, mandate: Mandate) -> MeetingDemand:
    """No longer ask; without any signature left, the demand is withdrawn."""
    demand = _lock(demand)
    _refuse_stranger(actor, demand.council, mandate)
    DEMAND_LIFE.check("unsign", who=actor, subject=demand)
    demand.signatures.filter(mandate=mandate).delete()
    if not demand.signatures.exists():
        DEMAND_LIFE.follow("withdraw", subject=demand)
        demand.save(update_fields=["state"])
    record_audit(actor=actor, verb="meeting_demand_unsigned", target=demand)
    return demand
