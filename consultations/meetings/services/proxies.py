"""Votes given to someone else for one meeting: only where the bylaws allow it, never more than they say."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from consultations.councils.models import Mandate
from consultations.councils.selectors import bylaw
from consultations.meetings.models import Attendance, Meeting, Proxy
from consultations.meetings.services.acting import audit, check, lock
from consultations.meetings.services.attending import after_presence


def most_proxies(meeting: Meeting) -> int:
    """How many absent members one may vote for, under the bylaws of the day; none unless the council decided it."""
    return int(bylaw(meeting.council, "proxies_per_member", meeting.held_on).value)


@transaction.atomic
def record_proxy(*, actor: User | None, meeting: Meeting, giver: Mandate, holder: Mandate) -> Proxy:
    """The paper by which a full member who will be absent names who votes for them."""
    meeting = lock(meeting)
    check("attend", actor=actor, meeting=meeting)
    _refuse_wrong(meeting, giver, holder)
    proxy = Proxy(
        meeting=meeting, giver=giver, holder=holder, given_on=timezone.localdate(), recorded_by=actor
    )
    proxy.full_clean(exclude=["recorded_by"])
    proxy.save(force_insert=True)
    after_presence(actor=actor, meeting=meeting)
    audit(actor, "proxy_recorded", meeting, mandate=str(giver.pk))
    return proxy


def _refuse_wrong(meeting: Meeting, giver: Mandate, holder: Mandate) -> None:
    most = most_proxies(meeting)
    if not most:
        raise ValidationError(
            _(
                "The bylaws let nobody vote for an absent member: the substitute sits, or the bylaws are changed."
            )
        )
    for one in (giver, holder):
        if one.council_id != meeting.council_id or not one.is_held_on(meeting.held_on):
            raise ValidationError(_("This person does not sit in the council on the day of the meeting."))
    if giver.rank != Mandate.Rank.FULL:
        raise ValidationError({"giver": _("A substitute has no vote of their own to give.")})
    if Attendance.objects.filter(
        meeting=meeting, mandate=giver, way__in=Attendance.HERE, left_at=None
    ).exists():
        raise ValidationError({"giver": _("This member is there, and votes.")})
    if Proxy.objects.filter(meeting=meeting, holder=holder, withdrawn_on=None).count() >= most:
        words = ngettext(
            "The bylaws let a member vote for %(count)d absent member at most.",
            "The bylaws let a member vote for %(count)d absent members at most.",
            most,
        )
        raise ValidationError({"holder": words % {"count": most}})


@transaction.atomic
def withdraw_proxy(*, actor: User | None, proxy: Proxy) -> Proxy:
    """The giver changed their mind, or comes after all; a vote already cast stays cast."""
    meeting = lock(proxy.meeting)
    check("attend", actor=actor, meeting=meeting)
    if proxy.withdrawn_on is None:
        proxy.withdrawn_on = timezone.localdate()
        proxy.save(update_fields=["withdrawn_on"])
        after_presence(actor=actor, meeting=meeting)
        audit(actor, "proxy_withdrawn", meeting, mandate=str(proxy.giver_id))
    return proxy
