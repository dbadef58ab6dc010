"""The register of cooperation groups."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.actions.models import ActionSheet, CooperationGroup
from consultations.actions.permissions import (
    WRITING_ROLES,
    can_edit_group,
    is_steward_of,
    organisations_held,
)
from consultations.actions.services.checking import free_slug
from core.services import record_audit
from organisations.models import Organisation

LEAST_MEMBERS = 2


@transaction.atomic
def write_group(
    *,
    actor: User | None,
    group: CooperationGroup | None = None,
    members: Sequence[Organisation],
    sheets: Sequence[ActionSheet] = (),
    **values: Any,
) -> CooperationGroup:
    """Record or change a group of at least two organisations, for one of them or for its place."""
    is_new = group is None
    one = group or CooperationGroup(created_by=actor)
    if not is_new and actor is not None and not can_edit_group(actor, one):
        raise PermissionDenied(_("You may only record the groups of your organisation or of your place."))
    for name, value in values.items():
        setattr(one, name, value)
    if len(set(members)) < LEAST_MEMBERS:
        raise ValidationError({"members": _("A group joins at least two organisations.")})
    if is_new:
        taken = CooperationGroup.objects.values_list("slug", flat=True)
        one.slug = one.slug or free_slug(
            one.name, lambda base: taken.filter(slug__startswith=base), "groupement"
        )
    one.full_clean()
    _check_mine(actor, one, members)
    one.save()
    one.members.set(members)
    one.sheets.set(sheets)
    record_audit(actor=actor, verb="group_recorded" if is_new else "group_changed", target=one)
    return one


def _check_mine(actor: User | None, group: CooperationGroup, members: Sequence[Organisation]) -> None:
    if actor is None or is_steward_of(actor, group.territory_id):
        return
    if not organisations_held(actor, *WRITING_ROLES) & {one.pk for one in (*members, group.convener) if one}:
        raise PermissionDenied(_("You may only record the groups of your organisation or of your place."))
