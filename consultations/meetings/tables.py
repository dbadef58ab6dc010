"""What a meeting recorded, as tables: who came, how the notice went, what was voted."""

from typing import Any

import tablib
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.councils.models import Constituency
from consultations.meetings.models import Convening, Decision, Meeting
from consultations.meetings.selectors.presence import room_of
from consultations.meetings.wording import result_words


def _moment(at: Any, shape: str = "%d/%m/%Y %H:%M") -> str:
    return timezone.localtime(at).strftime(shape) if at else ""


def attendance_table(meeting: Meeting) -> tablib.Dataset:
    """Every member of the day, then the guests."""
    headers = [
        _("Constituency"),
        _("Name"),
        _("Rank"),
        _("Attendance"),
        _("Arrived"),
        _("Left"),
        _("Sits for"),
        _("Votes on paper"),
    ]
    room = room_of(meeting)
    rows: list[list[Any]] = []
    for line in room.lines:
        came = line.attendance
        rows.append([
            line.constituency_label, line.mandate.person_name, line.mandate.get_rank_display(),
            came.get_way_display() if came else "", _moment(came.arrived_at, "%H:%M") if came else "",
            _moment(came.left_at, "%H:%M") if came else "", line.stands_in_for,
            _("yes") if came and came.votes_on_paper else "",
        ])  # fmt: skip
    for guest in room.guests:
        hours = [guest.get_way_display(), _moment(guest.arrived_at, "%H:%M"), _moment(guest.left_at, "%H:%M")]
        rows.append([_("guest"), guest.guest_name, guest.guest_role, *hours, "", ""])
    return tablib.Dataset(*rows, headers=headers)


def notices_table(meeting: Meeting) -> tablib.Dataset:
    """Each sending of each notice, with its proof."""
    headers = [
        _("Notice"),
        _("Sent on"),
        _("Member"),
        _("Way"),
        _("State"),
        _("When"),
        _("By whom"),
        _("Note"),
    ]
    sent = Convening.objects.filter(meeting=meeting).prefetch_related("proofs__mandate")
    rows = [
        [
            one.number, one.sent_on.strftime("%d/%m/%Y"), proof.mandate.person_name, proof.get_way_display(),
            proof.get_state_display(), _moment(proof.at), proof.by_label, proof.note,
        ]
        for one in sent
        for proof in one.proofs.all()
    ]  # fmt: skip
    return tablib.Dataset(*rows, headers=headers)


def votes_table(meeting: Meeting) -> tablib.Dataset:
    """Each vote that was closed, by constituency; a secret one in one line."""
    headers = [
        _("Item"),
        _("Question"),
        _("How people vote"),
        _("Constituency"),
        _("For"),
        _("Against"),
        _("Abstention"),
        _("Result"),
    ]
    closed = Decision.objects.filter(item__meeting=meeting, state=Decision.State.CLOSED).select_related(
        "item"
    )
    labels, rows = dict(Constituency.choices), []
    for one in closed.order_by("item__order", "number"):
        for place, votes in one.counts.items():
            rows.append([
                one.item.title, one.question, one.get_kind_display(), labels.get(place, _("All together")),
                votes["for"], votes["against"], votes["abstain"], result_words(one.result),
            ])  # fmt: skip
    return tablib.Dataset(*rows, headers=headers)


TABLES = {"presences": attendance_table, "convocations": notices_table, "votes": votes_table}
