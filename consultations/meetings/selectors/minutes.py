"""What minutes say, as one document: who came, under which quorum, item by item, with each decision."""

from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from consultations.councils.models import Constituency
from consultations.meetings.models import AgendaItem, Attendance, Decision, Meeting, Minutes
from consultations.meetings.quorum import read_verdict
from consultations.meetings.selectors.presence import room_of
from consultations.meetings.wording import (
    majority_words,
    quorum_title,
    quorum_words,
    result_words,
    votes_words,
)

Way = Attendance.Way


@translation.override(settings.LANGUAGE_CODE)
def minutes_content(meeting: Meeting) -> dict[str, Any]:
    """The whole text as it stands, JSON values only: what is read, hashed, signed and printed.

    In the language of the house, whatever language its president reads pages in: it is one text for everyone.
    """
    minutes = Minutes.objects.filter(meeting=meeting).first()
    lines = {line.item_id: line.text for line in minutes.lines.all()} if minutes else {}
    listed = meeting.items.on_agenda().prefetch_related("decisions")
    return {
        "council": meeting.council.name,
        "title": str(meeting),
        "number": meeting.number,
        "held_at": timezone.localtime(meeting.held_at).isoformat(),
        "opened_at": _hour(meeting.opened_at),
        "closed_at": _hour(meeting.closed_at),
        "place": meeting.place,
        "second_meeting": meeting.reconvened_from_id is not None,
        "attendance": _attendance(meeting),
        "quorum": _quorum(meeting),
        "opening": minutes.opening if minutes else "",
        "items": [_item(item, lines.get(item.pk, "")) for item in listed],
        "closing": minutes.closing if minutes else "",
    }


def _hour(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%H:%M") if moment else ""


def _attendance(meeting: Meeting) -> dict[str, list[str]]:
    """Names under present, from afar, excused, absent and invited."""
    found: dict[str, list[str]] = {code: [] for code in [*Way.values, "guests"]}
    rows = {one.mandate_id: one for one in meeting.attendances.select_related("mandate", "stands_in_for")}
    for line in room_of(meeting).lines:
        row = rows.get(line.mandate.pk)
        if row is None and not line.member.is_full:
            continue
        label = Constituency(line.member.constituency).label
        name = f"{line.mandate.person_name} ({label})"
        if row is not None and row.stands_in_for is not None:
            name = f"{name}, {_('for %(name)s') % {'name': row.stands_in_for.person_name}}"
        if line.represented_by:
            name = f"{name}, {_('vote given to %(name)s') % {'name': line.represented_by}}"
        if row is not None and row.left_at:
            name = f"{name}, {_('until %(hour)s') % {'hour': _hour(row.left_at)}}"
        found[row.way if row is not None else Way.ABSENT].append(name)
    guests = meeting.attendances.filter(mandate=None)
    found["guests"] = [", ".join(filter(None, [one.guest_name, one.guest_role])) for one in guests]
    return found


def _quorum(meeting: Meeting) -> dict[str, Any]:
    """At the opening, and at the end when it was not the same; each decision keeps its own."""
    last = room_of(meeting).verdict
    first = read_verdict(meeting.opening_quorum) if meeting.opening_quorum else last
    words = quorum_words(first)
    if first.is_valid != last.is_valid:
        at_the_end = _("It was reached later.") if last.is_valid else _("It was lost before the end.")
        words = [*words, at_the_end]
    return {"title": quorum_title(first), "words": words, **first.as_json()}


def _item(item: AgendaItem, text: str) -> dict[str, Any]:
    return {
        "key": str(item.pk),
        "title": item.title,
        "purpose": str(item.get_purpose_display()),
        "state": item.state,
        "state_label": str(item.get_state_display()),
        "state_reason": item.state_reason,
        "is_confidential": item.is_confidential,
        "text": text,
        "decisions": [_decision(one) for one in item.decisions.all() if one.state != Decision.State.OPEN],
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "question": decision.question,
        "kind": str(decision.get_kind_display()),
        "is_void": decision.state == Decision.State.VOID,
        "reason": decision.state_reason,
        "votes": votes_words(decision.votes),
        "by_constituency": [f"{label} : {votes_words(votes)}" for label, votes in decision.by_constituency],
        "result": result_words(decision.result),
        "present": decision.present_count,
        "why": majority_words(
            decision.result, decision.votes, base=decision.majority, present=decision.present_count
        ),
    }
