"""Minutes: written during the meeting, corrected by those who came, signed, adopted, passed on, redacted, published."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.councils.models import Mandate
from consultations.councils.selectors import bylaw, office_holder
from consultations.meetings.models import (
    AgendaItem,
    Meeting,
    Minutes,
    MinutesAmendment,
    MinutesLine,
    MinutesVersion,
)
from consultations.meetings.permissions import CHAIRS, offices_of
from consultations.meetings.selectors.minutes import minutes_content
from consultations.meetings.services.acting import audit, check, lock, move, tell

MOST_AMENDMENTS = 200
State = Meeting.State


def minutes_of(meeting: Meeting) -> Minutes:
    """The minutes of a meeting, made at the first need."""
    return Minutes.objects.get_or_create(meeting=meeting)[0]


@transaction.atomic
def write_line(*, actor: User | None, item: AgendaItem, text: str) -> MinutesLine:
    """What is written of an item, as often as needed, during the meeting and after it."""
    meeting = lock(item.meeting)
    check("write", actor=actor, meeting=meeting)
    line = MinutesLine.objects.filter(item=item).first() or MinutesLine(
        minutes=minutes_of(meeting), item=item
    )
    line.text = text.strip()
    line.full_clean(exclude=["minutes", "item"])
    line.save()
    tell(meeting, "minutes")
    return line


@transaction.atomic
def write_frame(*, actor: User | None, meeting: Meeting, opening: str, closing: str) -> Minutes:
    """What is written before the first item and after the last."""
    meeting = lock(meeting)
    check("write", actor=actor, meeting=meeting)
    minutes = minutes_of(meeting)
    minutes.opening, minutes.closing = opening.strip(), closing.strip()
    minutes.full_clean(exclude=["meeting", "adopted_in", "redacted_by"])
    minutes.save(update_fields=["opening", "closing"])
    return minutes


@transaction.atomic
def write_easy_read(*, actor: User | None, meeting: Meeting, text: str) -> Minutes:
    """The same in easy words."""
    meeting = lock(meeting)
    check("write_easy", actor=actor, meeting=meeting)
    minutes = minutes_of(meeting)
    minutes.easy_read = text.strip()
    minutes.full_clean(exclude=["meeting", "adopted_in", "redacted_by"])
    minutes.save(update_fields=["easy_read"])
    audit(actor, "minutes_easy_read_written", meeting)
    return minutes


@transaction.atomic
def share_minutes(*, actor: User | None, meeting: Meeting) -> Minutes:
    """Show the draft to those who came: they may ask for corrections until it is signed."""
    meeting = lock(meeting)
    move("share_minutes", actor=actor, meeting=meeting)
    minutes = minutes_of(meeting)
    if not any(line.text for line in minutes.lines.all()):
        raise ValidationError(_("Nothing is written yet: write the conclusions of at least one item."))
    meeting.save(update_fields=["state"])
    audit(actor, "minutes_shared", meeting)
    return minutes


@transaction.atomic
def propose_amendment(
    *, actor: User, meeting: Meeting, text: str, item: AgendaItem | None = None
) -> MinutesAmendment:
    """A correction asked by someone who was there."""
    meeting = lock(meeting)
    check("amend", actor=actor, meeting=meeting)
    came = meeting.attendances.filter(mandate__user=actor, way__in=("present", "remote")).select_related(
        "mandate"
    )
    attendance = came.first()
    if attendance is None or attendance.mandate is None:
        raise PermissionDenied(_("Only those who were there ask for corrections."))
    minutes = minutes_of(meeting)
    if minutes.amendments.count() >= MOST_AMENDMENTS:
        raise ValidationError(_("Too many corrections wait for an answer."))
    amendment = MinutesAmendment(
        minutes=minutes,
        item=item if item is not None and item.meeting_id == meeting.pk else None,
        mandate=attendance.mandate,
        text=text.strip(),
        proposed_on=timezone.localdate(),
    )
    amendment.full_clean(exclude=["minutes", "item", "mandate", "answered_by"])
    amendment.save(force_insert=True)
    audit(actor, "amendment_proposed", meeting)
    return amendment


@transaction.atomic
def answer_amendment(
    *, actor: User | None, amendment: MinutesAmendment, accepted: bool, answer: str = ""
) -> MinutesAmendment:
    """Taken into the text (whoever writes then changes it), or not, and why."""
    meeting = lock(amendment.minutes.meeting)
    check("answer_amendment", actor=actor, meeting=meeting)
    if not accepted and not answer.strip():
        raise ValidationError({"answer": _("Write why it is not taken.")})
    kinds = MinutesAmendment.State
    amendment.state = kinds.ACCEPTED if accepted else kinds.REFUSED
    amendment.answer, amendment.answered_by = answer.strip()[:300], actor
    amendment.save(update_fields=["state", "answer", "answered_by"])
    audit(actor, "amendment_answered", meeting, accepted=accepted)
    return amendment


def content_hash(content: Mapping[str, Any]) -> str:
    """What a signature binds to: any word changed gives another."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def sign_minutes(*, actor: User, meeting: Meeting, read_hash: str, has_second_factor: bool) -> MinutesVersion:
    """The president in office at this moment signs what they read, with a second factor proved in this session.

    Refused when the text changed since it was read, and when the office ended meanwhile, even today.
    """
    meeting = lock(meeting)
    move("sign", actor=actor, meeting=meeting)
    if not has_second_factor:
        raise PermissionDenied(
            _(
                "Signing asks for a second factor: add one to your account, or sign on paper and attach the scan."
            )
        )
    signatory = _signatory(meeting, actor)
    content = _complete_content(meeting)
    if read_hash != content_hash(content):
        raise ValidationError(_("The text changed while you were reading it: read it again, then sign."))
    return _freeze(actor, meeting, content, signatory, MinutesVersion.Way.SECOND_FACTOR)


@transaction.atomic
def attach_signed(*, actor: User | None, meeting: Meeting, scan: UploadedFile) -> MinutesVersion:
    """The president signed on paper: the scan is kept with the text as it is now, and its hash."""
    meeting = lock(meeting)
    move("attach_signed", actor=actor, meeting=meeting, given={"scan": scan})
    signatory = _signatory(meeting, None)
    content = _complete_content(meeting)
    return _freeze(actor, meeting, content, signatory, MinutesVersion.Way.SCAN, scan)


def check_presides(user: User, meeting: Meeting) -> None:
    """Said before anything else to whoever comes to sign: an office may have ended since the page was opened."""
    if meeting.state == Meeting.State.MINUTES_DRAFT and not offices_of(user, meeting.council) & set(CHAIRS):
        text = _("Only who presides today signs these minutes. If you presided, your office has ended.")
        raise PermissionDenied(text)


def _signatory(meeting: Meeting, actor: User | None) -> Mandate:
    """Who presides now; the office is read inside the transaction, so that a deposed president cannot sign."""
    held = [office_holder(meeting.council, office) for office in CHAIRS]
    found = next((one for one in held if one and (actor is None or one.user_id == actor.pk)), None)
    if found is None:
        raise PermissionDenied(_("You no longer preside this council: the president in office signs."))
    return found


def _complete_content(meeting: Meeting) -> dict[str, Any]:
    minutes = minutes_of(meeting)
    waiting = minutes.amendments.filter(state=MinutesAmendment.State.PROPOSED).count()
    if waiting:
        raise ValidationError(
            _("%(count)d corrections wait for an answer: answer them before signing.") % {"count": waiting}
        )
    return minutes_content(meeting)


def _freeze(
    actor: User | None,
    meeting: Meeting,
    content: dict[str, Any],
    signatory: Mandate,
    way: str,
    scan: UploadedFile | None = None,
) -> MinutesVersion:
    minutes = minutes_of(meeting)
    version = MinutesVersion(
        minutes=minutes,
        number=minutes.versions.count() + 1,
        content=content,
        content_hash=content_hash(content),
        signed_as=_("The president"),
        signed_mandate=signatory,
        signed_at=timezone.now(),
        way=way,
        recorded_by=actor,
    )
    if scan is not None:
        version.scan = scan
    version.full_clean(exclude=["minutes", "signed_mandate", "recorded_by"])
    version.save(force_insert=True)
    meeting.save(update_fields=["state"])
    audit(actor, "minutes_signed", meeting, hash=version.content_hash, way=way, version=version.number)
    return version


@transaction.atomic
def correct_minutes(*, actor: User | None, meeting: Meeting, reason: str) -> Meeting:
    """Take signed minutes up again, and why: the signed version stays, another will be signed."""
    meeting = lock(meeting)
    move("correct", actor=actor, meeting=meeting, given={"reason": reason})
    meeting.state_reason = reason.strip()[:300]
    meeting.save(update_fields=["state", "state_reason"])
    audit(actor, "minutes_corrected", meeting)
    return meeting


@transaction.atomic
def adopt_minutes(
    *,
    actor: User | None,
    meeting: Meeting,
    adopted_in: Meeting | None = None,
    adopted_on: datetime.date | None = None,
) -> Minutes:
    """The council adopted them, at a later meeting; without one it says on which day it did."""
    meeting = lock(meeting)
    move("adopt", actor=actor, meeting=meeting)
    if adopted_in is not None and (
        adopted_in.council_id != meeting.council_id or adopted_in.held_at <= meeting.held_at
    ):
        raise ValidationError(_("Minutes are adopted by a later meeting of the same council."))
    minutes = minutes_of(meeting)
    day = adopted_on or (adopted_in.held_on if adopted_in else timezone.localdate())
    if not meeting.held_on <= day <= timezone.localdate():
        raise ValidationError({"adopted_on": _("Choose a day after the meeting, today at the latest.")})
    minutes.adopted_in, minutes.adopted_on = adopted_in, day
    minutes.save(update_fields=["adopted_in", "adopted_on"])
    meeting.save(update_fields=["state"])
    audit(actor, "minutes_adopted", meeting)
    return minutes


@transaction.atomic
def pass_on_minutes(
    *,
    actor: User | None,
    meeting: Meeting,
    to_operator_on: datetime.date | None = None,
    to_authority_on: datetime.date | None = None,
) -> Minutes:
    """On which days the managing body and the authority received them (CASF D311-20)."""
    meeting = lock(meeting)
    check("pass_on", actor=actor, meeting=meeting)
    minutes = minutes_of(meeting)
    if to_operator_on is None and to_authority_on is None:
        raise ValidationError({"to_operator_on": _("Write at least one of the two days.")})
    for name, day in (("passed_to_operator_on", to_operator_on), ("passed_to_authority_on", to_authority_on)):
        if day is None:
            continue
        if not meeting.held_on <= day <= timezone.localdate():
            raise ValidationError(
                {name.removeprefix("passed_"): _("Choose a day after the meeting, today at the latest.")}
            )
        setattr(minutes, name, day)
    minutes.save(update_fields=["passed_to_operator_on", "passed_to_authority_on"])
    audit(actor, "minutes_passed_on", meeting)
    return minutes


@transaction.atomic
def redact_minutes(*, actor: User | None, meeting: Meeting, texts: Mapping[str, str]) -> Minutes:
    """What anyone will read: the text of each item reread for names and personal situations.

    `texts` maps the key of an item, `opening` or `closing` to its public words; what is left out is not shown,
    and a confidential item never is.
    """
    meeting = lock(meeting)
    check("redact", actor=actor, meeting=meeting)
    minutes = minutes_of(meeting)
    open_items = {str(one.pk) for one in meeting.items.on_agenda() if not one.is_confidential}
    known = {"opening", "closing", *open_items}
    kept = {key: text.strip()[:10_000] for key, text in texts.items() if key in known and text.strip()}
    minutes.public_text, minutes.redacted_by = kept, actor
    minutes.published_on = None
    minutes.save(update_fields=["public_text", "redacted_by", "published_on"])
    audit(actor, "minutes_redacted", meeting)
    return minutes


@transaction.atomic
def publish_minutes(*, actor: User | None, meeting: Meeting) -> Minutes:
    """Show the redacted text to anyone; only where the bylaws say that minutes are public."""
    meeting = lock(meeting)
    check("publish", actor=actor, meeting=meeting)
    minutes = minutes_of(meeting)
    if not bylaw(meeting.council, "minutes_public").value:
        raise ValidationError(_("The bylaws keep the minutes inside the council: change them first."))
    if not minutes.public_text:
        raise ValidationError(_("Read the text again first, and leave out names and personal situations."))
    minutes.published_on = timezone.localdate()
    minutes.save(update_fields=["published_on"])
    audit(actor, "minutes_published", meeting)
    return minutes


@transaction.atomic
def withdraw_minutes(*, actor: User | None, meeting: Meeting) -> Minutes:
    """No longer shown to anyone."""
    meeting = lock(meeting)
    check("publish", actor=actor, meeting=meeting)
    minutes = minutes_of(meeting)
    minutes.published_on = None
    minutes.save(update_fields=["published_on"])
    audit(actor, "minutes_withdrawn", meeting)
    return minutes
