"""What workshops hold about the people who prepare and lead them, and of those who come."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import PersonalDataSource, Trace, personal_data, traces_source
from consultations.workshops.models import Invitation, Registration
from consultations.workshops.services.retention import forget_registered_person


def export_registrations(user: User) -> dict[str, Any]:
    """The workshops this address was invited to or registered for, with everything given."""
    mine = Registration.objects.filter(email__iexact=user.email).select_related("workshop", "access_need")
    invited = Invitation.objects.filter(email__iexact=user.email).select_related("workshop")
    return {
        "registrations": [_registration(one) for one in mine.order_by("registered_at", "pk")],
        "invitations": [one.workshop.title for one in invited.order_by("workshop__starts_at", "pk")],
    }


def _registration(one: Registration) -> dict[str, Any]:
    need = getattr(one, "access_need", None)
    return {
        "workshop": one.workshop.title,
        "name": one.name,
        "phone": one.phone,
        "college": one.get_college_display(),
        "state": one.get_status_display(),
        "registered_at": one.registered_at.isoformat(),
        "needs": [*need.labels, need.text] if need else [],
    }


SOURCE = traces_source(
    "workshops",
    _("The workshops you prepared, the models you saved, and what you did on a board."),
    _(
        "Workshops and models are kept without your name once you leave; what you did on a board no longer leads to you."
    ),
    Trace("workshops.Workshop.created_by"),
    Trace("workshops.ScenarioTemplate.saved_by"),
    Trace("workshops.BoardOperation.done_by", Trace.CUT),
)
REGISTERED = PersonalDataSource(
    name="workshop_registrations",
    label=_("Workshops your address is registered for or invited to"),
    kept=_(
        "To keep your place and write to you: what you need is erased the day after the workshop, the rest sixty days after."
    ),
    export=export_registrations,
    erase=lambda user: forget_registered_person(email=user.email),
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(SOURCE.name, SOURCE)
    personal_data.register(REGISTERED.name, REGISTERED)
