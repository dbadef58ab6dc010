"""What is still missing of a workshop, and whether its scenario fits its hours. Pure reads."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.process.models import Consultation
from consultations.workshops.models import Stage, Workshop


@dataclass(frozen=True)
class Problem:
    """What has to be written first: at which field of the form, or in which other place, and how."""

    field: str
    message: str
    place: str = "form"  # or scenario, consultation


def announcement_problems(workshop: Workshop) -> list[Problem]:
    """Everything that keeps it from being announced: a person must know where to go and whether they can come in."""
    required = [
        ("summary", workshop.summary, _("Say in one or two sentences what will be talked about.")),
        ("venue", workshop.venue, _("Name the place.")),
        ("address", workshop.address, _("Give the postal address.")),
        (
            "access_details",
            workshop.access or workshop.access_details,
            _("Say how people come in: steps, toilets, parking, bus."),
        ),
        ("contact", workshop.contact, _("Give a phone number or an address for questions.")),
        ("colleges", workshop.colleges, _("Choose at least one college.")),
    ]
    problems = [Problem(field, message) for field, value, message in required if not value]
    if workshop.starts_at <= timezone.now():
        problems.append(Problem("day", _("The day is past: choose a later one.")))
    if workshop.consultation.status != Consultation.Status.PUBLISHED:
        problems.append(Problem("", _("Publish the consultation first."), "consultation"))
    if not workshop.stages.exists():
        message = _("Write the scenario: people will read its stages as the programme.")
        problems.append(Problem("", message, "scenario"))
    return problems


def time_warning(workshop: Workshop, stages: list[Stage]) -> str:
    """A sentence when the stages last longer than the workshop; empty otherwise."""
    over = sum(stage.minutes for stage in stages) - workshop.minutes
    if over <= 0:
        return ""
    return ngettext(
        "The stages last %(count)s minute more than the workshop.",
        "The stages last %(count)s minutes more than the workshop.", over,
    ) % {"count": over}  # fmt: skip
