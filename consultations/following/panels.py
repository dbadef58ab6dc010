"""Where following is offered: on the page of a consultation; other pages include the same line."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from consultations.process.models import Consultation
from consultations.process.registries import Panel, Processing, other_processings, public_panels

TEMPLATE = "following/partials/panel.html"


def consultation_panel(consultation: Consultation, user: Visitor) -> Panel | None:
    """Being told what becomes of it, by e-mail or feed."""
    if consultation.status == Consultation.Status.DRAFT:
        return None
    return Panel(TEMPLATE, {"kind": "consultation", "key": str(consultation.pk)}, order=80)


def processings(consultations: Sequence[Consultation]) -> Mapping[UUID, Sequence[Processing]]:
    """The addresses of those who follow, in the register of processings."""
    said = Processing(
        label=_("Subscription by e-mail"),
        data=_("The e-mail address, and how often the person wants to be told. Never linked to an answer."),
        recipients=_("Nobody: letters leave by themselves."),
        retention=_("Until the person stops; three days when the address was not confirmed."),
    )
    return {one.pk: [said] for one in consultations}


def register() -> None:
    """Called when the app is ready."""
    public_panels.register("following", consultation_panel)
    other_processings.register("following", processings)
