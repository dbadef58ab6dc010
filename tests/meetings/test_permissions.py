"""Who may do what with a meeting, in each state: one table; then the mandate at the date."""

import datetime
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Role, User
from consultations.councils.models import Mandate, OfficeTerm
from consultations.meetings.models import Attendance, Meeting
from consultations.meetings.permissions import (
    can,
    can_create_meeting,
    can_propose_item,
    can_read_minutes_publicly,
    parts_of,
)
from consultations.meetings.states import ITEM_LIFE, LIFE, Part
from tests.factories.councils import director_of, mandate, member_of, office
from tests.factories.meetings import Sitting, convened, ended, prepared
from tests.factories.process import person, place
from tests.states import walk

pytestmark = pytest.mark.django_db
PRESIDENT, SECRETARY, CLERK, MEMBER, ATTENDEE = (frozenset({one}) for one in Part)
PARTS = {
    "nobody": frozenset(),
    "president": PRESIDENT,
    "secretary": SECRETARY,
    "clerk": CLERK,
    "member": MEMBER,
    "attendee": ATTENDEE,
}
EVERYONE = set(PARTS) - {"nobody"}
KEEPERS = {"president", "secretary", "clerk"}
CONVENERS = {"president", "clerk"}
STATES = tuple(map(str, Meeting.State))
COMING, LIVE = ("draft", "convened"), ("open", "suspended")
AFTER = ("closed", "minutes_draft", "minutes_signed", "minutes_adopted")


def during(states: tuple[str, ...], who: set[str]) -> dict[str, set[str]]:
    return {state: set(who) for state in states}


TABLE = {
    "read": during(STATES, EVERYONE),
    "edit": during(COMING, KEEPERS),
    "propose": during(COMING, {"president", "member", "clerk"}),
    "arrange": during(COMING, KEEPERS),
    "convene": during(COMING, CONVENERS),
    "prove": during(("convened", *LIVE), KEEPERS),
    "cancel": during(COMING, CONVENERS),
    "open_doors": during(("convened",), KEEPERS),
    "attend": during(("convened", *LIVE), KEEPERS),
    "project": during(("convened", *LIVE, "closed"), KEEPERS | {"member"}),
    "open": during(("convened",), KEEPERS),
    "lead": during(("open",), KEEPERS),
    "suspend": during(("open",), KEEPERS),
    "resume": during(("suspended",), KEEPERS),
    "close": during(LIVE, KEEPERS),
    "write": during((*LIVE, "closed", "minutes_draft"), KEEPERS),
    "share_minutes": during(("closed",), KEEPERS),
    "amend": during(("minutes_draft",), {"attendee"}),
    "answer_amendment": during(("minutes_draft",), KEEPERS),
    "sign": during(("minutes_draft",), {"president"}),
    "attach_signed": during(("minutes_draft",), KEEPERS),
    "correct": during(("minutes_signed",), CONVENERS),
    "adopt": during(("minutes_signed",), KEEPERS),
    "pass_on": during(("minutes_signed", "minutes_adopted"), KEEPERS),
    "write_easy": during(AFTER, KEEPERS),
    "redact": during(("minutes_adopted",), KEEPERS),
    "publish": during(("minutes_adopted",), CONVENERS),
    "reconvene": during(AFTER, KEEPERS),
}
ITEMS = {
    "accept": during(("proposed", "refused"), KEEPERS),
    "refuse": during(("proposed", "accepted"), KEEPERS),
    "finish": during(("accepted",), KEEPERS),
    "take_up": during(("done",), KEEPERS),
    "carry": during(("accepted", "done"), KEEPERS),
}


def test_every_verb_state_and_part() -> None:
    assert walk(LIFE, TABLE, PARTS) == len(TABLE) * len(STATES) * len(PARTS)
    assert walk(ITEM_LIFE, ITEMS, PARTS) > 0


def test_nothing_deletes_a_meeting() -> None:
    assert not [verb for verb in (*LIFE.verbs, *ITEM_LIFE.verbs) if "delete" in verb or "remove" in verb]
    assert LIFE.final == {"minutes_adopted", "cancelled"}


ACTORS: dict[str, tuple[Callable[[Sitting], User | AnonymousUser], set[Part]]] = {
    "anonymous": (lambda s: AnonymousUser(), set()),
    "someone": (lambda s: person(), set()),
    "president": (lambda s: s.president, {Part.PRESIDENT, Part.MEMBER}),
    "secretary of the establishment": (lambda s: s.secretary, {Part.CLERK}),
    "director": (lambda s: director_of(s.council), {Part.CLERK}),
    "secretary elsewhere": (lambda s: person(Role.SECRETARY, on=place("Agen")), set()),
    "administrator": (lambda s: person(Role.ADMINISTRATOR, on=place("Agen")), {Part.CLERK}),
    "substitute": (lambda s: member_of(s.council, rank="substitute"), {Part.MEMBER}),
    "member whose mandate ended": (lambda s: past_member(s), set()),
    "vice-president": (lambda s: officer(s, "vice_president"), {Part.PRESIDENT, Part.MEMBER}),
    "session secretary": (lambda s: officer(s, "secretary"), {Part.SECRETARY, Part.MEMBER}),
}


def past_member(made: Sitting) -> User:
    ended_on = timezone.localdate() - datetime.timedelta(days=1)
    return member_of(made.council, ended_on=ended_on, end_reason="resigned")


def officer(made: Sitting, name: str) -> User:
    user = person()
    office(mandate(made.council, "families", user=user), name)
    return user


@pytest.mark.parametrize("actor", ACTORS)
def test_parts_by_actor(actor: str) -> None:
    made = prepared()
    build, parts = ACTORS[actor]
    assert parts_of(build(made), made.meeting) == parts


def test_who_came_is_a_witness_even_after_their_mandate() -> None:
    made = ended()
    user = person()
    came = (
        Attendance.objects.filter(meeting=made.meeting, mandate__constituency="staff")
        .select_related("mandate")
        .get()
    )
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Mandate.objects.filter(pk=came.mandate_id).update(user=user, ended_on=yesterday, end_reason="left")
    assert parts_of(user, made.meeting) == {Part.ATTENDEE}
    assert can("read", user, made.meeting)


def test_session_secretary_chosen_for_this_meeting_only() -> None:
    made = prepared()
    chosen = made.members["families"][0]
    user = person()
    Mandate.objects.filter(pk=chosen.pk).update(user=user)
    made.meeting.session_secretary = chosen
    assert Part.SECRETARY in parts_of(user, made.meeting)
    made.meeting.session_secretary = None
    assert Part.SECRETARY not in parts_of(user, made.meeting)


def test_a_deposed_president_leads_nothing() -> None:
    made = convened()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    OfficeTerm.objects.filter(mandate__user=made.president).update(ended_on=yesterday)
    assert not can("open", made.president, made.meeting)
    assert not can_create_meeting(made.president, made.council)


def test_only_members_in_office_propose() -> None:
    made = prepared()
    assert can_propose_item(made.president, made.meeting)
    assert can_propose_item(member_of(made.council, rank="substitute"), made.meeting)
    assert not can_propose_item(past_member(made), made.meeting)
    assert not can_propose_item(AnonymousUser(), made.meeting)


def test_minutes_are_private_unless_bylaws_and_publication_say_so() -> None:
    made = ended()
    meeting = made.again()
    assert not can_read_minutes_publicly(meeting)
    meeting.minutes.published_on = timezone.localdate()
    assert not can_read_minutes_publicly(meeting)
    made.council.bylaw_versions.create(
        valid_from=datetime.date(2025, 2, 1), values={"minutes_public": True}, reason="décidé"
    )
    assert can_read_minutes_publicly(meeting)
    meeting.council.is_public = False
    assert not can_read_minutes_publicly(meeting)
