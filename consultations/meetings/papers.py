"""The papers of a meeting, made from what is recorded: notice, letters, attendance sheet, minutes."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations.councils.models import Constituency
from consultations.councils.writing import Paper, Section, Table
from consultations.meetings.codes import door_address, member_code
from consultations.meetings.models import Convening, ConveningProof, Meeting, MinutesVersion
from consultations.meetings.selectors.minutes import minutes_content
from consultations.meetings.selectors.presence import room_of
from core.receipts import format_code

MINUTES = "minutes"  # the kind under which minutes to adopt are on an agenda


def _when(meeting: Meeting) -> str:
    return date_format(timezone.localtime(meeting.held_at), "l j F Y, H:i")


def _demo(meeting: Meeting) -> tuple[str, ...]:
    return (_("Invented for the demo."),) if meeting.is_demo else ()


def notice_paper(convening: Convening, *, to: ConveningProof | None = None) -> Paper:
    """The notice as it was sent; for a letter, with the member's name and code."""
    meeting = convening.meeting
    lines = [_("Sent on %(day)s") % {"day": date_format(convening.sent_on, "j F Y")}]
    notes = list(_demo(meeting))
    if to is not None:
        code = member_code(meeting, to.mandate_id)
        lines = [to.mandate.person_name, *lines]
        notes = [
            _(
                "On the day, to say that you are there from a phone: %(address)s. Your code, for you alone: %(code)s."
            )
            % {"address": door_address(meeting), "code": format_code(code)},
            *notes,
        ]
    paragraphs = tuple(part.strip() for part in convening.text.split("\n") if part.strip())
    return Paper(
        _("Notice of meeting"), tuple(lines), (Section(paragraphs=paragraphs), Section(paragraphs=(convening.signed_by_title,))), tuple(notes)
    )  # fmt: skip


def letters(rows: list[ConveningProof]) -> list[Paper]:
    """A page for each member who gets a letter."""
    return [notice_paper(one.convening, to=one) for one in rows]


def attendance_paper(meeting: Meeting) -> Paper:
    """The sheet to sign, or as it was recorded."""
    room = room_of(meeting)
    rows = tuple(
        (
            str(Constituency(line.member.constituency).label),
            f"{line.mandate.person_name} ({line.mandate.get_rank_display()})",
            str(line.attendance.get_way_display()) if line.attendance else "",
            "",
        )
        for line in room.lines
    )
    headings = (_("Constituency"), _("Name"), _("Attendance"), _("Signature"))
    guests = tuple(
        ("", f"{one.guest_name} ({one.guest_role})" if one.guest_role else one.guest_name, _("guest"), "")
        for one in room.guests
    )
    return Paper(
        _("Attendance sheet"),
        (meeting.council.name, str(meeting), _when(meeting), meeting.place),
        (Section(table=Table(headings, rows + guests)),),
        _demo(meeting),
    )


def minutes_paper(meeting: Meeting, version: MinutesVersion | None = None) -> Paper:
    """The signed version, else the draft, which says that it is one."""
    content = version.content if version else minutes_content(meeting)
    lines = [content["council"], content["title"], _when(meeting), content["place"]]
    if version is None:
        lines.append(_("Draft, not signed"))
    sections = [
        _attendance_section(content),
        Section(content["quorum"]["title"], tuple(content["quorum"]["words"])),
    ]
    if content["opening"]:
        sections.append(Section("", _paragraphs(content["opening"])))
    sections += [_item_section(number, item) for number, item in enumerate(content["items"], start=1)]
    if content["closing"]:
        sections.append(Section("", _paragraphs(content["closing"])))
    return Paper(
        _("Minutes of the meeting"),
        tuple(filter(None, lines)),
        tuple(sections),
        (*_signature(version), *_demo(meeting)),
    )


def minutes_to_send(meeting: Meeting) -> list[tuple[str, Paper]]:
    """The signed minutes that this agenda puts to adoption, each with a file name (CASF D311-20)."""
    keys = meeting.items.on_agenda().filter(subject_kind=MINUTES).values_list("subject_key", flat=True)
    rows = Meeting.objects.filter(pk__in=list(keys), council=meeting.council_id).select_related(
        "council", "minutes"
    )
    return [
        (f"{one.council.slug}-{one.number}-releve.pdf", minutes_paper(one, version))
        for one in rows
        if (version := one.minutes.versions.last()) is not None
    ]


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _attendance_section(content: dict[str, Any]) -> Section:
    labels = {
        "present": _("In the room"),
        "remote": _("From afar"),
        "excused": _("Excused"),
        "absent": _("Absent"),
        "guests": _("Invited"),
    }
    rows = tuple(
        f"{label} : {' ; '.join(content['attendance'][code])}"
        for code, label in labels.items()
        if content["attendance"].get(code)
    )
    return Section(_("Who was there"), rows)


def _item_section(number: int, item: dict[str, Any]) -> Section:
    said = list(_paragraphs(item["text"]))
    for one in item["decisions"]:
        result = (
            _("vote stopped: %(reason)s") % {"reason": one["reason"]}
            if one["is_void"]
            else f"{one['result']} ({one['votes']})"
        )
        said.append(f"{one['question']} – {result}")
        said += [one["why"]] if one.get("why") else []
        said += one["by_constituency"]
    if item["state"] == "carried":
        said.append(_("Carried to a later meeting: %(reason)s.") % {"reason": item["state_reason"]})
    return Section(f"{number}. {item['title']}", tuple(said))


def _signature(version: MinutesVersion | None) -> tuple[str, ...]:
    if version is None:
        return ()
    text = _("Signed on %(day)s: %(who)s. Fingerprint of the text (SHA-256): %(hash)s")
    day = date_format(timezone.localtime(version.signed_at), "j F Y, H:i")
    return (text % {"day": day, "who": version.signed_as, "hash": version.content_hash},)
