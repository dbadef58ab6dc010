"""What surveys hold about people: who published, and addresses invited. Answers lead to nobody."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import PersonalDataSource, Trace, personal_data, traces_source
from consultations.surveys.models import Invitation
from consultations.surveys.services import forget_invited_person


def export_invitations(user: User) -> list[dict[str, Any]]:
    """The surveys to which this address was invited; never whether the person answered."""
    mine = Invitation.objects.filter(email=user.email.lower()).select_related("survey", "batch")
    return [
        {"survey": one.survey.title, "invited_on": one.batch.issued_on.isoformat()}
        for one in mine.order_by("batch__issued_on", "pk")
    ]


SOURCE = traces_source(
    "surveys",
    _("The surveys you published. Never your own answers: nothing leads from them to you."),
    _("Kept with the survey, without your name once you leave."),
    Trace("surveys.SurveyVersion.published_by", day="published_at"),
)
INVITED = PersonalDataSource(
    name="invitations",
    label=_("Surveys to which your address was invited"),
    kept=_("To send you the invitation and its reminders, until the survey closes."),
    export=export_invitations,
    erase=lambda user: forget_invited_person(email=user.email),
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(SOURCE.name, SOURCE)
    personal_data.register(INVITED.name, INVITED)
