"""Who may, from what a person is to a meeting (`parts_of`) and from its state (`states.LIFE`).

The mandate at the date decides: offices and mandates are read today for what is done today; someone who held a
mandate on the day of the meeting still reads it.
"""

from django.utils import timezone

from accounts.permissions import Visitor, is_member
from consultations.councils.models import Council, Mandate, Office, OfficeTerm
from consultations.councils.permissions import is_clerk, mandate_of
from consultations.councils.selectors import bylaw
from consultations.meetings.models import Attendance, Meeting
from consultations.meetings.states import LIFE, Part

CHAIRS = (Office.PRESIDENT, Office.VICE_PRESIDENT)


def offices_of(user: Visitor, council: Council) -> set[str]:
    """The offices this person holds in the council today."""
    if not is_member(user):
        return set()
    terms = OfficeTerm.objects.in_force(timezone.localdate())
    return set(terms.filter(mandate__user=user, mandate__council=council).values_list("office", flat=True))


def parts_of(user: Visitor, meeting: Meeting) -> frozenset[Part]:
    """Everything this person is to this meeting, today."""
    if not is_member(user):
        return frozenset()
    council = meeting.council
    offices = offices_of(user, council)
    mine = list(Mandate.objects.filter(user=user, council=council))
    today = timezone.localdate()
    found = set()
    if offices & set(CHAIRS):
        found.add(Part.PRESIDENT)
    chosen = {one.pk for one in mine if one.is_held_on(today)} & {meeting.session_secretary_id}
    if Office.SECRETARY in offices or chosen:
        found.add(Part.SECRETARY)
    if is_clerk(user, council):
        found.add(Part.CLERK)
    if any(one.is_held_on(today) or one.is_held_on(meeting.held_on) for one in mine):
        found.add(Part.MEMBER)
    if (
        mine
        and Attendance.objects.filter(meeting=meeting, mandate__in=mine, way__in=Attendance.HERE).exists()
    ):
        found.add(Part.ATTENDEE)
    return frozenset(found)


def can(verb: str, user: Visitor, meeting: Meeting) -> bool:
    """The one question every service, view and template asks."""
    return LIFE.can(verb, parts_of(user, meeting), meeting)


def can_create_meeting(user: Visitor, council: Council) -> bool:
    """Its president or vice-president, its session secretary, or those who keep its papers, while it exists."""
    return council.dissolved_on is None and (bool(offices_of(user, council)) or is_clerk(user, council))


def can_see_demands(user: Visitor, council: Council) -> bool:
    """Those who sit in it today, substitutes included, and those who keep its papers, while it exists."""
    return council.dissolved_on is None and (mandate_of(user, council) is not None or is_clerk(user, council))


def can_propose_item(user: Visitor, meeting: Meeting) -> bool:
    """A member in office today, substitutes included, and those who keep the papers."""
    return can("propose", user, meeting) and (
        mandate_of(user, meeting.council) is not None or is_clerk(user, meeting.council)
    )


def can_read_publicly(meeting: Meeting) -> bool:
    """Anyone may know of a meeting once it is convened, when the council has a public page."""
    return meeting.council.is_public and meeting.state != Meeting.State.DRAFT


def can_read_minutes_publicly(meeting: Meeting) -> bool:
    """Only what was redacted and published, while the bylaws make minutes public."""
    minutes = getattr(meeting, "minutes", None)
    return (
        minutes is not None
        and minutes.published_on is not None
        and can_read_publicly(meeting)
        and bool(bylaw(meeting.council, "minutes_public").value)
    )
