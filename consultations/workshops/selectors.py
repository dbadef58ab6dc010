"""Reads of workshops."""

from dataclasses import dataclass

from django.db.models import Q

from accounts.permissions import Visitor, active_memberships, is_member
from consultations.process.models import Consultation
from consultations.process.permissions import FACILITATING, covered_territory_ids
from consultations.process.selectors import visible_to
from consultations.workshops.models import ScenarioTemplate, Workshop
from consultations.workshops.models.workshop import WorkshopQuerySet
from consultations.workshops.permissions import can_create_workshop
from consultations.workshops.scenarios import SCENARIOS, StagePlan, plan_from_json

KEPT = "kept:"
MOST_TEMPLATES, MOST_CONSULTATIONS = 50, 30


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


def may_receive_workshops(user: Visitor) -> list[Consultation]:
    """The consultations under way to which the person may add a workshop."""
    found = visible_to(user).exclude(status=Consultation.Status.CLOSED)
    return [one for one in found[:MOST_CONSULTATIONS] if can_create_workshop(user, one)]


@dataclass(frozen=True)
class Template:
    """A scenario to start from: built-in, or kept by someone of the place."""

    key: str
    title: str
    about: str
    plans: list[StagePlan]
    is_kept: bool = False

    @property
    def minutes(self) -> int:
        return sum(plan.minutes for plan in self.plans)


def templates_for(workshop: Workshop) -> list[Template]:
    """The built-in scenarios, then those kept on the territory of its consultation."""
    built_in = [
        Template(one.key, str(one.title), str(one.about), list(one.stages)) for one in SCENARIOS.values()
    ]
    kept = ScenarioTemplate.objects.filter(territory=workshop.consultation.territory_id)[:MOST_TEMPLATES]
    return built_in + [
        Template(f"{KEPT}{one.pk}", one.title, one.about, [plan_from_json(plan) for plan in one.stages], True)
        for one in kept
    ]
