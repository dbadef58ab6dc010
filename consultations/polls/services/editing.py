"""A poll from its draft to its closing. Once open its words are frozen, and it may only show less."""

import datetime
import uuid
from collections.abc import Sequence
from typing import TypedDict, Unpack, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.lineage.models import Relation
from consultations.lineage.registries import lineage_kinds
from consultations.lineage.services import link
from consultations.polls.definition import SCALES, make_definition
from consultations.polls.models import Ballot, Mode, Poll
from consultations.polls.permissions import (
    can_close_poll,
    can_create_poll,
    can_edit_poll,
    can_open_poll,
    can_tighten_poll,
)
from consultations.polls.registries import is_room, place_of
from consultations.polls.services.publishing import list_release
from consultations.polls.services.results import refresh_results
from core.services import record_audit

SLUG_LENGTH = 50
SECRECY = [Poll.Secrecy.OPEN, Poll.Secrecy.SECRET]
VISIBILITY = [Poll.Visibility.LIVE, Poll.Visibility.AFTER_VOTE, Poll.Visibility.HIDDEN]
SUBJECT = "poll"


class PollSettings(TypedDict, total=False):
    """How a poll is answered and shown."""

    secrecy: str
    visibility: str
    access: str
    what_next: str
    opens_on: datetime.date | None
    closes_on: datetime.date | None


class PollFields(PollSettings, total=False):
    """The same with what is asked (`definition.make_definition`)."""

    kind: str
    question: str
    options: Sequence[str]
    easy_question: str
    least: int | None
    most: int | None
    points: int | None
    may_abstain: bool


class NewPoll(PollFields, total=False):
    """The same, with an address and a key when an import or the demo gives them."""

    id: uuid.UUID
    slug: str


def free_slug(question: str) -> str:
    """An address made from the question that no poll has yet."""
    base = slugify(question)[:SLUG_LENGTH].strip("-") or "sondage"
    taken = set(Poll.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    candidates = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


def _assign(poll: Poll, fields: PollFields) -> None:
    """Set what was written and validate the whole."""
    settings = PollSettings.__annotations__
    for name, value in fields.items():
        if name in settings:
            setattr(poll, name, value)
    asked = {name: value for name, value in fields.items() if name not in settings}
    if asked:
        definition = make_definition(**asked)  # type: ignore[arg-type]
        poll.kind, poll.definition = definition.kind, definition.document()
    errors: dict[str, str] = {}
    if not poll.is_secret and (poll.kind in SCALES or not is_room(poll.place_kind)):
        errors["secrecy"] = _(
            "An open vote is for the people of a room, and never about satisfaction: keep it protected."
        )
    if poll.opens_on and poll.closes_on and poll.closes_on < poll.opens_on:
        errors["closes_on"] = _("The last day must not come before the first.")
    if errors:
        raise ValidationError(errors)
    poll.full_clean(exclude=["definition", "created_by", "voter_count", "closed_on"])


@transaction.atomic
def create_poll(*, actor: User | None, place: tuple[str, str], **fields: Unpack[NewPoll]) -> Poll:
    """A draft at this place, a (kind, key) of the registry. `actor` None is the platform's own demo."""
    if actor is not None and not can_create_poll(actor, place):
        raise PermissionDenied(_("You may not put a poll here."))
    poll = Poll(place_kind=place[0], place_key=place[1], created_by=actor)
    if "id" in fields:
        poll.id = fields.pop("id")
    poll.slug = fields.pop("slug", "") or free_slug(fields.get("question", ""))
    _assign(poll, PollFields(**fields))  # type: ignore[typeddict-unknown-key]
    poll.save(force_insert=True)
    record_audit(actor=actor, verb="poll_created", target=poll)
    return poll


@transaction.atomic
def update_poll(*, actor: User, poll: Poll, **fields: Unpack[PollFields]) -> Poll:
    """Change a draft; what is asked is given whole."""
    if not can_edit_poll(actor, poll):
        raise PermissionDenied(_("This poll is open: its question can no longer be changed."))
    _assign(poll, fields)
    poll.save()
    record_audit(actor=actor, verb="poll_changed", target=poll, changes={"fields": sorted(fields)})
    return poll


@transaction.atomic
def open_poll(*, actor: User | None, poll: Poll) -> Poll:
    """Freeze the definition with its hash, and take ballots from now on."""
    if actor is not None and not can_open_poll(actor, poll):
        raise PermissionDenied(_("This poll is already open, or it is not yours."))
    poll = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
    if poll.status == Poll.Status.OPEN:
        return poll
    if poll.closes_on and poll.closes_on < timezone.localdate():
        raise ValidationError({"closes_on": _("The last day is past: choose a later one.")})
    poll.status = Poll.Status.OPEN
    poll.definition_hash = poll.frozen_hash()
    poll.save(update_fields=["status", "definition_hash"])
    _link_to_place(actor, poll)
    record_audit(actor=actor, verb="poll_opened", target=poll, changes={"hash": poll.definition_hash})
    return poll


def _link_to_place(actor: User | None, poll: Poll) -> None:
    place = place_of(poll.place_kind, poll.place_key)
    if place and place.lineage and place.lineage[0] in lineage_kinds:
        link(
            actor=actor,
            source=(SUBJECT, str(poll.pk)),
            relation=Relation.RAISED_IN,
            target=place.lineage,
            on=timezone.localdate(),
        )


@transaction.atomic
def tighten_poll(*, actor: User, poll: Poll, **fields: Unpack[PollSettings]) -> Poll:
    """Show less, or end on another day, while it is open. What was promised to voters is never loosened."""
    if not can_tighten_poll(actor, poll):
        raise PermissionDenied(_("You may not change this poll, or not in its present state."))
    poll = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
    errors = {}
    for name, order in (("secrecy", SECRECY), ("visibility", VISIBILITY)):
        if order.index(fields.get(name, getattr(poll, name))) < order.index(getattr(poll, name)):  # type: ignore[arg-type]
            errors[name] = _("People voted on another promise: results can be shown less, never more.")
    is_changing = fields.get("secrecy", poll.secrecy) != poll.secrecy
    if is_changing and (poll.ballots.exists() or poll.hands.exists()):
        errors["secrecy"] = _("Votes were already shown: what was seen cannot be made secret.")
    if errors:
        raise ValidationError(errors)
    changed = [name for name in ("secrecy", "visibility", "what_next", "closes_on") if name in fields]
    _assign(poll, cast(PollFields, {name: value for name, value in fields.items() if name in changed}))
    poll.save(update_fields=changed)
    list_release(poll=poll)
    record_audit(actor=actor, verb="poll_tightened", target=poll, changes={"fields": changed})
    return poll


@transaction.atomic
def close_poll(*, actor: User | None, poll: Poll) -> Poll:
    """Take no more ballots, forget who voted, and show what may be shown; closing again changes nothing."""
    poll = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
    if poll.status == Poll.Status.CLOSED:
        return poll
    if actor is not None and not can_close_poll(actor, poll):
        raise PermissionDenied(_("You may not close this poll, or not in its present state."))
    poll.status, poll.closed_on = Poll.Status.CLOSED, timezone.localdate()
    poll.voter_count = poll.ballots.count()
    poll.save(update_fields=["status", "closed_on", "voter_count"])
    poll.voters.all().delete()
    refresh_results(poll=poll)
    _write_again(poll)
    record_audit(actor=actor, verb="poll_closed", target=poll)
    return poll


def _write_again(poll: Poll) -> None:
    """Store the ballots anew in the order of their random keys: the place of a row no longer tells when it came,
    which a room's log of events would turn into a name. Secret ones lose their group of people, which may be one
    person: its figures, where they may be shown, are counted already."""
    ballots = list(poll.ballots.order_by("pk"))
    for ballot in ballots if poll.is_secret else ():
        ballot.college, ballot.mode = "", Mode.OWN
    poll.ballots.all().delete()
    Ballot.objects.bulk_create(ballots, batch_size=500)


def close_due_polls() -> int:
    """Called by the tick: polls past their last day, or whose place is over; gives how many."""
    today, closed = timezone.localdate(), 0
    for poll in Poll.objects.filter(status=Poll.Status.OPEN):
        place = place_of(poll.place_kind, poll.place_key)
        last_days = [poll.closes_on, place.ends_on if place else None]
        if place is None or place.is_over or any(last and last < today for last in last_days):
            close_poll(actor=None, poll=poll)
            closed += 1
    return closed
