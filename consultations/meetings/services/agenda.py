"""The agenda: members propose, the president (or who helps them) accepts, orders and gives documents."""

from typing import TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.councils.permissions import mandate_of
from consultations.meetings.models import AgendaDocument, AgendaItem, Meeting
from consultations.meetings.permissions import can_propose_item
from consultations.meetings.registries import Suggestion, agenda_sources
from consultations.meetings.services.acting import audit, check, lock, move_item

MOST_ITEMS, MOST_PROPOSED, MOST_BYTES = 40, 60, 20 * 1024 * 1024
State = AgendaItem.State


class ItemFields(TypedDict, total=False):
    """What is written of an item."""

    title: str
    explanation: str
    purpose: str
    minutes: int
    is_confidential: bool


@transaction.atomic
def propose_item(*, actor: User, meeting: Meeting, **fields: Unpack[ItemFields]) -> AgendaItem:
    """A member asks for an item; it waits for the president's answer, which is kept with its reason."""
    meeting = lock(meeting)
    check("propose", actor=actor, meeting=meeting)
    if not can_propose_item(actor, meeting):
        raise PermissionDenied(_("Only members in office today propose items."))
    if meeting.items.proposed().count() >= MOST_PROPOSED:
        raise ValidationError(_("Too many items wait for an answer: they have to be sorted first."))
    item = AgendaItem(meeting=meeting, proposed_by=mandate_of(actor, meeting.council), **fields)
    _save_new(item)
    audit(actor, "item_proposed", meeting, item=str(item.pk))
    return item


@transaction.atomic
def add_item(
    *, actor: User | None, meeting: Meeting, subject: tuple[str, str] = ("", ""), **fields: Unpack[ItemFields]
) -> AgendaItem:
    """Put an item straight on the agenda, at its end."""
    meeting = lock(meeting)
    check("arrange", actor=actor, meeting=meeting)
    item = AgendaItem(
        meeting=meeting, state=State.ACCEPTED, subject_kind=subject[0], subject_key=subject[1], **fields
    )
    item.order = _next_order(meeting)
    _save_new(item)
    audit(actor, "item_added", meeting, item=str(item.pk))
    return item


@transaction.atomic
def take_suggestion(*, actor: User | None, meeting: Meeting, kind: str, key: str) -> AgendaItem:
    """Put on the agenda what an app proposes (`agenda_sources`): an answer to read, minutes to adopt."""
    found = next((one for one in suggestions_of(meeting, kind) if one.key == key), None)
    if found is None:
        raise ValidationError(_("This is no longer proposed: it was treated, or put on another agenda."))
    return add_item(
        actor=actor,
        meeting=meeting,
        subject=(kind, key),
        title=found.title[:160],
        purpose=found.purpose,
        explanation=found.explanation,
        minutes=found.minutes,
        is_confidential=found.is_confidential,
    )


def suggestions_of(meeting: Meeting, kind: str) -> list[Suggestion]:
    """What one source proposes for this meeting."""
    if kind not in agenda_sources:
        return []
    return list(agenda_sources[kind].suggest(meeting.council, meeting.held_on))


def _next_order(meeting: Meeting) -> int:
    placed = list(meeting.items.on_agenda().values_list("order", flat=True))
    if len(placed) >= MOST_ITEMS:
        raise ValidationError(_("An agenda has at most %(most)d items.") % {"most": MOST_ITEMS})
    return max(placed, default=0) + 1


def _save_new(item: AgendaItem) -> None:
    item.full_clean(exclude=["proposed_by"])
    item.save(force_insert=True)


@transaction.atomic
def update_item(*, actor: User | None, item: AgendaItem, **fields: Unpack[ItemFields]) -> AgendaItem:
    """Change the words of an item before the meeting."""
    meeting = lock(item.meeting)
    check("arrange", actor=actor, meeting=meeting)
    for name, value in fields.items():
        setattr(item, name, value)
    item.full_clean(exclude=["meeting", "proposed_by"])
    item.save(update_fields=list(fields))
    audit(actor, "item_changed", meeting, item=str(item.pk), fields=sorted(fields))
    return item


@transaction.atomic
def accept_item(*, actor: User | None, item: AgendaItem) -> AgendaItem:
    """Put a proposed item at the end of the agenda."""
    meeting = lock(item.meeting)
    check("arrange", actor=actor, meeting=meeting)
    move_item("accept", actor=actor, item=item)
    item.order, item.state_reason = _next_order(meeting), ""
    item.save(update_fields=["state", "order", "state_reason"])
    audit(actor, "item_accepted", meeting, item=str(item.pk))
    return item


@transaction.atomic
def refuse_item(*, actor: User | None, item: AgendaItem, reason: str) -> AgendaItem:
    """Not keep an item; its author reads why."""
    meeting = lock(item.meeting)
    check("arrange", actor=actor, meeting=meeting)
    move_item("refuse", actor=actor, item=item, given={"reason": reason})
    item.state_reason = reason.strip()[:300]
    item.save(update_fields=["state", "state_reason"])
    audit(actor, "item_refused", meeting, item=str(item.pk))
    return item


@transaction.atomic
def shift_item(*, actor: User | None, item: AgendaItem, up: bool) -> None:
    """One place up or down; the whole agenda is numbered again from 1."""
    meeting = lock(item.meeting)
    check("arrange", actor=actor, meeting=meeting)
    listed = list(meeting.items.on_agenda())
    place = next((index for index, one in enumerate(listed) if one.pk == item.pk), None)
    if place is None:
        raise ValidationError(_("This item is not on the agenda."))
    other = place - 1 if up else place + 1
    if 0 <= other < len(listed):
        listed[place], listed[other] = listed[other], listed[place]
    for order, one in enumerate(listed, start=1):
        one.order = order
    AgendaItem.objects.bulk_update(listed, ["order"])
    audit(actor, "agenda_ordered", meeting)


@transaction.atomic
def add_document(*, actor: User | None, item: AgendaItem, title: str, file: UploadedFile) -> AgendaDocument:
    """A file that goes with the item, sent with the notice."""
    meeting = lock(item.meeting)
    check("arrange", actor=actor, meeting=meeting)
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError({"file": _("This file is over 20 MB: put a lighter one.")})
    document = AgendaDocument(
        item=item, title=title.strip(), file=file, added_on=timezone.localdate(), added_by=actor
    )
    document.full_clean(exclude=["item", "added_by"])
    document.save(force_insert=True)
    audit(actor, "agenda_document_added", meeting, item=str(item.pk))
    return document


@transaction.atomic
def withdraw_document(*, actor: User | None, document: AgendaDocument) -> None:
    """No longer shown; kept, since members may have read it."""
    meeting = lock(document.item.meeting)
    check("arrange", actor=actor, meeting=meeting)
    document.withdrawn_on = timezone.localdate()
    document.save(update_fields=["withdrawn_on"])
    audit(actor, "agenda_document_withdrawn", meeting, item=str(document.item_id))
