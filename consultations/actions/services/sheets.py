"""A sheet is created, its structured fields and its texts are written, its leads are chosen."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import is_member
from consultations.actions.merging import Merged, merge_fields, written
from consultations.actions.models import ActionSheet, Axis, Programme, StateChange
from consultations.actions.permissions import WRITING_ROLES, can_create_sheet_for
from consultations.actions.services.checking import check, free_slug, hold_dependencies, leads_back, lock
from consultations.actions.services.threading import link_needs, tie_sheet, unlink_sheet
from consultations.actions.texts import drop_texts, start_texts
from consultations.process.models import Consultation
from core.services import record_audit
from organisations.models import Organisation
from territories.models import Territory

DETAILS = ("title", "number", "programme", "axis", "consultation", "territory", "audiences")
MANY = ("places", "needs", "depends_on")


@transaction.atomic
def create_sheet(
    *,
    actor: User | None,
    title: str,
    territory: Territory,
    lead: Organisation | None = None,
    programme: Programme | None = None,
    axis: Axis | None = None,
    number: int | None = None,
    consultation: Consultation | None = None,
    is_announced: bool = False,
    texts: Mapping[str, str] | None = None,
    is_demo: bool = False,
    on: datetime.date | None = None,
) -> ActionSheet:
    """A proposed sheet; its number follows the last of its programme unless one is given."""
    if actor is not None and not can_create_sheet_for(actor, territory, lead):
        raise PermissionDenied(
            _("You may propose a sheet for your organisation, or for a place that you organise.")
        )
    day = on or timezone.localdate()
    sheet = ActionSheet(
        title=" ".join(title.split()), territory=territory, lead=lead, programme=programme, axis=axis,
        number=number or _next_number(programme), consultation=consultation, is_demo=is_demo,
        announced_on=day if is_announced else None, created_by=actor, created_on=day, state_since=day,
    )  # fmt: skip
    sheet.slug = _free_slug(sheet.title)
    _check_axis(sheet)
    sheet.full_clean()
    sheet.save()
    StateChange.objects.create(sheet=sheet, state=sheet.state, on=day, by=actor)
    start_texts(actor=actor, sheet=sheet, texts=texts or {})
    tie_sheet(sheet=sheet)
    record_audit(actor=actor, verb="action_sheet_created", target=sheet)
    return sheet


def _free_slug(title: str) -> str:
    taken = ActionSheet.objects.values_list("slug", flat=True)
    return free_slug(title, lambda base: taken.filter(slug__startswith=base), "fiche")


def _next_number(programme: Programme | None) -> int | None:
    if programme is None:
        return None
    return (programme.sheets.aggregate(last=Max("number"))["last"] or 0) + 1


def _check_axis(sheet: ActionSheet) -> None:
    if sheet.axis is not None and sheet.axis.programme_id != sheet.programme_id:
        raise ValidationError(
            {"axis": _("This axis belongs to another programme: choose one of this programme.")}
        )


def details_of(sheet: ActionSheet) -> dict[str, str]:
    """The structured fields as a form sends them back: what a later save is compared with."""
    found = {name: written(getattr(sheet, name)) for name in DETAILS}
    return found | {name: written(list(getattr(sheet, name).all())) for name in MANY}


@transaction.atomic
def set_details(
    *,
    actor: User | None,
    sheet: ActionSheet,
    values: Mapping[str, Any],
    base: Mapping[str, str] | None = None,
) -> Merged:
    """Write the fields only this person changed since `base`; those two people changed come back as conflicts."""
    if unknown := set(values) - {*DETAILS, *MANY}:
        raise ValueError(f"Not a field of a sheet: {sorted(unknown)}")
    if "depends_on" in values:
        hold_dependencies()
    sheet = lock(sheet)
    check("edit", actor=actor, sheet=sheet)
    mine = {name: written(value) for name, value in values.items()}
    merged = merge_fields(current=details_of(sheet), base=base or {}, mine=mine)
    plain = [name for name in merged.changed if name in DETAILS]
    for name in plain:
        setattr(sheet, name, values[name])
    _check_axis(sheet)
    if "territory" in plain and actor is not None:
        _check_still_mine(actor, sheet)
    sheet.full_clean()
    sheet.save(update_fields=plain)
    for name in (one for one in merged.changed if one in MANY):
        _set_many(sheet, name, list(values[name]))
    if "needs" in merged.changed:
        link_needs(actor=actor, sheet=sheet)
    if "consultation" in merged.changed:
        tie_sheet(sheet=sheet)
    if merged.changed:
        record_audit(
            actor=actor, verb="action_sheet_changed", target=sheet, changes={"fields": list(merged.changed)}
        )
    return merged


def _check_still_mine(actor: User, sheet: ActionSheet) -> None:
    if not can_create_sheet_for(actor, sheet.territory, sheet.lead):
        raise ValidationError({"territory": _("Your role does not cover this place.")})


def _set_many(sheet: ActionSheet, name: str, rows: list[Any]) -> None:
    if name == "depends_on" and leads_back(sheet, rows):
        raise ValidationError(
            {"depends_on": _("These sheets would wait for each other: one of them already needs this one.")}
        )
    getattr(sheet, name).set(rows)


@transaction.atomic
def assign_sheet(
    *,
    actor: User | None,
    sheet: ActionSheet,
    lead: Organisation | None,
    co_lead: Organisation | None = None,
    email: str = "",
) -> ActionSheet:
    """Say which organisations lead, and who is in charge: someone who works for one of them."""
    sheet = lock(sheet)
    check("assign", actor=actor, sheet=sheet)
    if co_lead is not None and co_lead == lead:
        raise ValidationError({"co_lead": _("The co-lead is another organisation than the lead.")})
    sheet.lead, sheet.co_lead = lead, co_lead
    sheet.lead_user = _in_charge(email, lead, co_lead) if email.strip() else None
    sheet.full_clean()
    sheet.save(update_fields=["lead", "co_lead", "lead_user"])
    record_audit(
        actor=actor,
        verb="action_sheet_assigned",
        target=sheet,
        changes={"fields": ["lead", "co_lead", "lead_user"]},
    )
    return sheet


def _in_charge(email: str, *bodies: Organisation | None) -> User:
    person = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if not is_member(person):
        raise ValidationError(
            {"email": _("Nobody has an account with this address: ask the person to create one first.")}
        )
    places = [body.pk for body in bodies if body is not None]
    held = person.memberships.active_on(timezone.localdate()).filter(role__in=WRITING_ROLES)
    if (
        not held.filter(organisation__in=places).exists()
        and not held.filter(territory__isnull=False).exists()
    ):
        raise ValidationError({"email": _("This person does not work for the lead or the co-lead.")})
    return person


@transaction.atomic
def delete_sheet(*, actor: User, sheet: ActionSheet) -> None:
    """Undo a proposal nobody worked on; what it was taken from waits again."""
    sheet = lock(sheet)
    check("delete", actor=actor, sheet=sheet)
    if sheet.needed_by.exists():
        raise ValidationError(_("Another sheet waits for this one: change that sheet first."))
    record_audit(actor=actor, verb="action_sheet_deleted", target=sheet)
    unlink_sheet(sheet)
    drop_texts(sheet)
    sheet.delete()
