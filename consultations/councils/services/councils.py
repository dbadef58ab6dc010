"""A council is created, described, given its establishments, and one day dissolved."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor, active_memberships, has_role, is_administrator
from consultations.councils.models import Council, CouncilEstablishment, CouncilKind, EndReason
from consultations.councils.permissions import CLERKS, can_create_council, can_edit_council
from consultations.process.permissions import covered_territory_ids
from core.services import record_audit
from organisations.models import Organisation
from territories.models import Territory

EDITABLE = ("name", "summary", "easy_read_summary", "contact", "is_public", "shows_names", "territory")


def may_create_there(user: Visitor, organisations: Sequence[Organisation], territory: Territory) -> bool:
    """On one's establishment, or on the territory one's role covers."""
    if is_administrator(user):
        return True
    if not can_create_council(user):
        return False
    held = {one.organisation_id for one in active_memberships(user) if one.role in CLERKS}
    if organisations and all(one.pk in held for one in organisations):
        return True
    return has_role(user, *CLERKS) and territory.pk in covered_territory_ids(user, *CLERKS)


@transaction.atomic
def create_council(
    *,
    actor: Visitor,
    name: str,
    kind: str,
    territory: Territory,
    created_on: datetime.date,
    organisations: Sequence[Organisation] = (),
    slug: str = "",
    **texts: Any,
) -> Council:
    """A council of these establishments; no actor means the command line. One address per council."""
    if actor is not None and not can_create_council(actor):
        raise PermissionDenied
    _refuse_wrong_places(kind, organisations)
    if actor is not None and not may_create_there(actor, organisations, territory):
        raise ValidationError(
            {"territory": _("Your role does not cover this place: choose one of your establishments.")}
        )
    council = Council(
        slug=slug or free_slug(name),
        name=name,
        kind=kind,
        territory=territory,
        created_on=created_on,
        created_by=actor if isinstance(actor, User) else None,
        **texts,
    )
    council.full_clean()
    council.save()
    for organisation in organisations:
        CouncilEstablishment.objects.create(council=council, organisation=organisation, joined_on=created_on)
    record_audit(actor=actor, verb="council_created", target=council, changes={"kind": kind})
    return council


def free_slug(name: str) -> str:
    """An address nobody has, made of the name."""
    stem = slugify(name)[:70] or "conseil"
    taken = set(Council.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(one for one in (stem, *(f"{stem}-{n}" for n in range(2, 10_000))) if one not in taken)


def _refuse_wrong_places(kind: str, organisations: Sequence[Organisation]) -> None:
    if kind == CouncilKind.CVS and len(organisations) != 1:
        raise ValidationError(
            {
                "organisations": _(
                    "A CVS is the council of one establishment: choose it, or choose the common council of several."
                )
            }
        )
    if kind == CouncilKind.COMMON_BODY and len(organisations) < 2:
        raise ValidationError({"organisations": _("A common council joins at least two establishments.")})


@transaction.atomic
def update_council(*, actor: Visitor, council: Council, **values: Any) -> Council:
    """Change what is said of a council: `EDITABLE` fields; the rest has its own services."""
    if not can_edit_council(actor, council):
        raise PermissionDenied
    unknown = set(values) - set(EDITABLE)
    if unknown:
        raise ValueError(f"Not changed this way: {sorted(unknown)}")
    changed = [name for name, value in values.items() if getattr(council, name) != value]
    for name in changed:
        setattr(council, name, values[name])
    if changed:
        council.full_clean()
        council.save(update_fields=changed)
        record_audit(actor=actor, verb="council_changed", target=council, changes={"fields": changed})
    return council


@transaction.atomic
def link_establishment(
    *, actor: Visitor, council: Council, organisation: Organisation, joined_on: datetime.date
) -> CouncilEstablishment:
    """Add an establishment to a common council (or any council that is not of a single one)."""
    if not can_edit_council(actor, council):
        raise PermissionDenied
    others = council.establishments.in_force(joined_on)
    if council.kind == CouncilKind.CVS and others.exists():
        raise ValidationError(
            _("A CVS is the council of one establishment: create a common council instead.")
        )
    link = CouncilEstablishment(council=council, organisation=organisation, joined_on=joined_on)
    link.full_clean()
    link.save()
    record_audit(actor=actor, verb="council_establishment_added", target=council)
    return link


@transaction.atomic
def unlink_establishment(*, actor: Visitor, link: CouncilEstablishment, left_on: datetime.date) -> None:
    """An establishment leaves; the period stays written."""
    if not can_edit_council(actor, link.council):
        raise PermissionDenied
    link.left_on = left_on
    link.full_clean()
    link.save(update_fields=["left_on"])
    record_audit(actor=actor, verb="council_establishment_left", target=link.council)


@transaction.atomic
def dissolve_council(*, actor: Visitor, council: Council, dissolved_on: datetime.date) -> Council:
    """Close a council: it keeps its page and its acts, its mandates end that day."""
    if not can_edit_council(actor, council):
        raise PermissionDenied
    if dissolved_on < council.created_on or dissolved_on > timezone.localdate():
        raise ValidationError(
            _("Give a day between its creation (%(day)s) and today.")
            % {"day": date_format(council.created_on, "j F Y")}
        )
    council.mandates.filter(starts_on__lte=dissolved_on, ends_on__gte=dissolved_on, ended_on=None).update(
        ended_on=dissolved_on, end_reason=EndReason.DISSOLVED
    )
    for links in (council.establishments, council.federation_links, council.federated):
        links.filter(left_on=None).update(left_on=dissolved_on)
    council.dissolved_on = dissolved_on
    council.full_clean()
    council.save(update_fields=["dissolved_on"])
    record_audit(actor=actor, verb="council_dissolved", target=council)
    return council
