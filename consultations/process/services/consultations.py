"""A consultation from its draft to its closing."""

import datetime
import uuid
from typing import TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.process.models import Consultation, Stage
from consultations.process.permissions import (
    can_close_consultation,
    can_create_consultation,
    can_edit_consultation,
    can_publish_consultation,
    can_read_consultation,
)
from consultations.process.registries import closing_rules
from consultations.process.selectors import publication_problems
from core.services import record_audit
from needs.models import Need
from organisations.models import Organisation
from territories.models import Territory

SLUG_LENGTH = 70


class ConsultationFields(TypedDict, total=False):
    """What an organiser writes about a consultation."""

    id: uuid.UUID  # given by an import, drawn at random otherwise
    title: str
    summary: str
    purpose: str
    easy_read_summary: str
    audiences: list[str]
    needs: list[Need]
    legal_basis: str
    retention_months: int
    erases_cards: bool
    data_categories: str
    recipients: str
    contact: str
    starts_on: datetime.date
    ends_on: datetime.date | None
    restitution: str
    is_demo: bool


class PlacedFields(ConsultationFields, total=False):
    """The same, with the place and the organisation that asks."""

    territory: Territory
    organisation: Organisation


def free_slug(title: str) -> str:
    """An address made from the title that no consultation has yet."""
    base = slugify(title)[:SLUG_LENGTH] or "consultation"
    taken = set(Consultation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    candidates = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


def _check_audiences(audiences: list[str]) -> None:
    unknown = set(audiences) - set(Consultation.Audience.values)
    if unknown:
        raise ValidationError({"audiences": _("Choose the audiences in the list.")})


def _assign(consultation: Consultation, fields: PlacedFields) -> list[str]:
    """Set the plain fields and validate the whole; returns the names that changed."""
    _check_audiences(fields.get("audiences", []))
    changed = []
    for name, value in fields.items():
        if name != "needs" and getattr(consultation, name, None) != value:
            setattr(consultation, name, value)
            changed.append(name)
    consultation.full_clean()
    return changed


@transaction.atomic
def create_consultation(
    *, actor: User, territory: Territory, organisation: Organisation, **fields: Unpack[ConsultationFields]
) -> Consultation:
    """A draft with its six stages to come; only an organiser of the place or of the organisation."""
    if not can_create_consultation(actor, territory, organisation):
        raise PermissionDenied(_("You may not create a consultation for this place."))
    consultation = Consultation(
        territory=territory,
        organisation=organisation,
        slug=free_slug(fields.get("title", "")),
        created_by=actor,
        starts_on=timezone.localdate(),
        legal_basis=Consultation.LegalBasis.PUBLIC_INTEREST,
    )
    _assign(consultation, PlacedFields(**fields))
    consultation.save()
    consultation.needs.set(fields.get("needs", []))
    Stage.objects.bulk_create(
        Stage(consultation=consultation, kind=kind, order=order)
        for order, kind in enumerate(Stage.Kind.values, start=1)
    )
    record_audit(actor=actor, verb="consultation_created", target=consultation)
    return consultation


@transaction.atomic
def update_consultation(
    *, actor: User, consultation: Consultation, **fields: Unpack[PlacedFields]
) -> Consultation:
    """Change a consultation that is not closed; once published it must stay complete."""
    if not can_edit_consultation(actor, consultation):
        raise PermissionDenied(_("You may not change this consultation."))
    territory = fields.get("territory", consultation.territory)
    organisation = fields.get("organisation", consultation.organisation)
    if not can_create_consultation(actor, territory, organisation):
        raise PermissionDenied(_("You may not move this consultation to that place."))
    promised = consultation.erases_cards and consultation.status != Consultation.Status.DRAFT
    changed = _assign(consultation, fields)
    if promised and not consultation.erases_cards:
        raise ValidationError(
            {"erases_cards": _("People wrote under this promise: their words are erased. It stays ticked.")}
        )
    if consultation.status == Consultation.Status.PUBLISHED:
        _refuse_incomplete(consultation)
    consultation.save()
    if "needs" in fields:
        consultation.needs.set(fields["needs"])
    record_audit(actor=actor, verb="consultation_changed", target=consultation, changes={"fields": changed})
    return consultation


def _refuse_incomplete(consultation: Consultation) -> None:
    problems = publication_problems(consultation)
    if problems:
        raise ValidationError({problem.field: problem.message for problem in problems})


@transaction.atomic
def publish_consultation(*, actor: User, consultation: Consultation) -> Consultation:
    """Make it public; refused with every missing point named."""
    if not can_publish_consultation(actor, consultation):
        raise PermissionDenied(_("You may not publish this consultation."))
    _refuse_incomplete(consultation)
    consultation.status = Consultation.Status.PUBLISHED
    consultation.save(update_fields=["status"])
    consultation.stages.filter(kind=Stage.Kind.VOICES, status=Stage.Status.TO_COME).update(
        status=Stage.Status.UNDER_WAY
    )
    record_audit(actor=actor, verb="consultation_published", target=consultation)
    return consultation


def reasons_to_wait(*, consultation: Consultation) -> list[str]:
    """Why it may not be closed yet, in the words of every app that has a rule."""
    return [reason for rule in closing_rules for reason in rule(consultation)]


@transaction.atomic
def close_consultation(*, actor: User, consultation: Consultation, restitution: str) -> Consultation:
    """Close it with what became of it; refused with every reason of the closing rules."""
    if not can_close_consultation(actor, consultation):
        raise PermissionDenied(_("You may not close this consultation."))
    consultation.restitution = restitution.strip()
    reasons = reasons_to_wait(consultation=consultation)
    if reasons:
        raise ValidationError({"restitution": reasons})
    consultation.status = Consultation.Status.CLOSED
    consultation.closed_at = timezone.now()
    consultation.full_clean()
    consultation.save(update_fields=["status", "closed_at", "restitution"])
    record_audit(actor=actor, verb="consultation_closed", target=consultation)
    return consultation


@transaction.atomic
def duplicate_consultation(*, actor: User, consultation: Consultation) -> Consultation:
    """A new draft with the same texts, starting today and without an end."""
    if not can_read_consultation(actor, consultation):
        raise PermissionDenied(_("You may not read this consultation."))
    names = (
        "summary", "purpose", "easy_read_summary", "audiences", "legal_basis", "retention_months",
        "erases_cards", "data_categories", "recipients", "contact", "is_demo",
    )  # fmt: skip
    fields = ConsultationFields(**{name: getattr(consultation, name) for name in names})  # type: ignore[typeddict-item]
    title = _("%(title)s (copy)") % {"title": consultation.title}
    return create_consultation(
        actor=actor,
        **fields,
        title=title[:120],
        territory=consultation.territory,
        organisation=consultation.organisation,
        needs=list(consultation.needs.all()),
    )
