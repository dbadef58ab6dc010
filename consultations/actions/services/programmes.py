"""Programmes: what they are, their axes, their calendar."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.actions.models import Axis, Programme, ProgrammeDate
from consultations.actions.permissions import can_edit_programme
from consultations.actions.services.checking import free_slug
from core.services import record_audit

MAX_AXES, MAX_DATES = 30, 200


@transaction.atomic
def write_programme(*, actor: User | None, programme: Programme | None = None, **values: Any) -> Programme:
    """Create or change a programme; its last day is what the end-of-funding alert counts down to."""
    is_new = programme is None
    one = programme or Programme(created_by=actor)
    if not is_new:
        _check(actor, one)
    for name, value in values.items():
        setattr(one, name, value)
    if is_new:
        taken = Programme.objects.values_list("slug", flat=True)
        one.slug = one.slug or free_slug(
            one.title, lambda base: taken.filter(slug__startswith=base), "programme"
        )
    one.full_clean()
    _check(actor, one)
    one.save()
    verb = "programme_created" if is_new else "programme_changed"
    record_audit(actor=actor, verb=verb, target=one, changes={"fields": sorted(values)})
    return one


def _check(actor: User | None, programme: Programme) -> None:
    if actor is not None and not can_edit_programme(actor, programme):
        raise PermissionDenied(_("You may only organise programmes on a place that your role covers."))


@transaction.atomic
def set_axes(*, actor: User | None, programme: Programme, titles: Sequence[str]) -> None:
    """The axes in their order; an axis that still holds sheets is not taken away."""
    _check(actor, programme)
    if len(titles) > MAX_AXES:
        raise ValidationError(_("A programme has at most %(count)s axes.") % {"count": MAX_AXES})
    known = {axis.number: axis for axis in programme.axes.all()}
    for number, title in enumerate(titles, start=1):
        axis = known.pop(number, None) or Axis(programme=programme, number=number)
        axis.title = title.strip()
        axis.full_clean()
        axis.save()
    for axis in known.values():
        if axis.sheets.exists():
            raise ValidationError(
                _("The axis “%(axis)s” still holds sheets: move them first.") % {"axis": axis.title}
            )
        axis.delete()
    record_audit(actor=actor, verb="programme_changed", target=programme, changes={"fields": ["axes"]})


@transaction.atomic
def add_programme_date(
    *, actor: User | None, programme: Programme, day: datetime.date, title: str
) -> ProgrammeDate:
    """A day of the calendar."""
    _check(actor, programme)
    if programme.dates.count() >= MAX_DATES:
        raise ValidationError(_("There are already %(count)s lines.") % {"count": MAX_DATES})
    date = ProgrammeDate(programme=programme, day=day, title=title.strip())
    date.full_clean()
    date.save()
    record_audit(actor=actor, verb="programme_changed", target=programme, changes={"fields": ["dates"]})
    return date


@transaction.atomic
def remove_programme_date(*, actor: User, date: ProgrammeDate) -> None:
    """A day that will not be."""
    _check(actor, date.programme)
    record_audit(actor=actor, verb="programme_changed", target=date.programme, changes={"fields": ["dates"]})
    date.delete()
