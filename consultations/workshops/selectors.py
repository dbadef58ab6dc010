"""Reads of workshops."""

from django.db.models import Q

from accounts.permissions import Visitor, active_memberships, is_member
from consultations.process.permissions import FACILITATING, covered_territory_ids
from consultations.workshops.models import Workshop
from consultations.workshops.models.workshop import WorkshopQuerySet


def facilitated_by(user: Visitor) -> WorkshopQuerySet:
    """The workshops that the person runs."""
    found = Workshop.objects.select_related("consultation", "territory")
    if not is_member(user):
        return found.none()
    if user.is_superuser:
        return found
    memberships = active_memberships(user)
    bodies = [m.organisation_id for m in memberships if m.role in FACILITATING and m.organisation_id]
    return found.filter(
        Q(consultation__territory__in=covered_territory_ids(user, *FACILITATING))
        | Q(consultation__organisation__in=bodies)
    )
