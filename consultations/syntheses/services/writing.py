"""A synthesis itself: its title, its summary, and who writes it."""

import datetime
from typing import TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.process.models import Consultation
from consultations.process.permissions import can_facilitate_consultation
from consultations.syntheses.document import Document, Item, clean
from consultations.syntheses.models import Synthesis, SynthesisLine
from consultations.syntheses.permissions import can, can_create_synthesis
from consultations.workshops.models import Workshop
from core.services import record_audit

SLUG_LENGTH = 70
MAX_VOLUNTEERS = 20
RESERVED = {"propositions"}
"""Addresses beside those of syntheses (`urls`)."""


class SynthesisFields(TypedDict, total=False):
    """What a facilitator writes about a synthesis."""

    title: str
    session: str
    theme: str
    held_on: datetime.date | None
    summary: str


def check(verb: str, *, actor: User | None, synthesis: Synthesis) -> None:
    """Refuse what the table of states does not give this person now; a command (no actor) is trusted."""
    if actor is not None and not can(verb, actor, synthesis):
        raise PermissionDenied(_("You may not do this with this synthesis, or not in its present state."))


def lock(synthesis: Synthesis) -> Synthesis:
    """The synthesis as it is now, held until the end of the transaction."""
    return (
        Synthesis.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=synthesis.pk)
    )


def free_slug(title: str) -> str:
    """An address made from the title that no synthesis has yet."""
    base = slugify(title)[:SLUG_LENGTH] or "synthese"
    taken = set(Synthesis.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    candidates = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


@transaction.atomic
def create_synthesis(
    *,
    actor: User | None,
    document: Document,
    consultation: Consultation | None = None,
    workshop: Workshop | None = None,
    is_demo: bool = False,
) -> Synthesis:
    """A draft with the lines of `document`; for those who lead the consultation, or any leader without one."""
    place = consultation or (workshop.consultation if workshop else None)
    if actor is not None:
        _check_may_create(actor, place)
    synthesis = Synthesis(
        title=clean(document.title) or _("Synthesis"),
        session=clean(document.session),
        theme=clean(document.theme),
        held_on=document.held_on,
        consultation=place,
        workshop=workshop,
        is_demo=is_demo,
        created_by=actor,
    )
    synthesis.slug = free_slug(" ".join(filter(None, (synthesis.theme, synthesis.title))))
    synthesis.full_clean(exclude=["import_hash"])
    synthesis.save()
    for code, items in document.blocks.items():
        add_items(synthesis, code, items)
    record_audit(actor=actor, verb="synthesis_created", target=synthesis)
    return synthesis


def _check_may_create(actor: User, consultation: Consultation | None) -> None:
    may = can_create_synthesis(actor)
    if may and consultation is not None:
        may = can_facilitate_consultation(actor, consultation)
    if not may:
        raise PermissionDenied(_("You may not write a synthesis for this consultation."))


def add_items(
    synthesis: Synthesis, block: str, items: tuple[Item, ...], parent: SynthesisLine | None = None
) -> None:
    """Append a tree of items to a block."""
    start = SynthesisLine.objects.live().filter(synthesis=synthesis, block=block, parent=parent).count()
    for order, item in enumerate(items, start=start):
        text = clean(item.text)
        if not text:
            continue
        line = SynthesisLine(synthesis=synthesis, block=block, parent=parent, order=order, text=text)
        line.full_clean()
        line.save()
        add_items(synthesis, block, item.items, line)


@transaction.atomic
def update_synthesis(*, actor: User, synthesis: Synthesis, **fields: Unpack[SynthesisFields]) -> Synthesis:
    """Change the title, the theme, the day or the summary of a draft."""
    synthesis = lock(synthesis)
    check("edit", actor=actor, synthesis=synthesis)
    for name, value in fields.items():
        setattr(synthesis, name, value.strip() if isinstance(value, str) else value)
    synthesis.full_clean(exclude=["import_hash"])
    synthesis.save(update_fields=list(fields))
    record_audit(actor=actor, verb="synthesis_changed", target=synthesis, changes={"fields": sorted(fields)})
    return synthesis


@transaction.atomic
def name_volunteer(*, actor: User, synthesis: Synthesis, email: str) -> User:
    """Let a person who has an account write this synthesis; refused when nobody has this address."""
    check("name_volunteers", actor=actor, synthesis=synthesis)
    person = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None:
        raise ValidationError(
            {"email": _("Nobody has an account with this address: ask the person to create one first.")}
        )
    if synthesis.volunteers.count() >= MAX_VOLUNTEERS:
        raise ValidationError(
            {"email": _("There are already %(count)s volunteers.") % {"count": MAX_VOLUNTEERS}}
        )
    synthesis.volunteers.add(person)
    record_audit(actor=actor, verb="volunteer_named", target=synthesis, changes={"person": person.pk})
    return person


@transaction.atomic
def remove_volunteer(*, actor: User, synthesis: Synthesis, person: User) -> None:
    """The person no longer writes this synthesis."""
    check("name_volunteers", actor=actor, synthesis=synthesis)
    synthesis.volunteers.remove(person)
    record_audit(actor=actor, verb="volunteer_removed", target=synthesis, changes={"person": person.pk})
