"""What surveys hold about accounts: who published them. Answers and invitations lead to nobody."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy import Trace, personal_data, traces_source

SOURCE = traces_source(
    "surveys",
    _("The surveys you published. Never your own answers: nothing leads from them to you."),
    _("Kept with the survey, without your name once you leave."),
    Trace("surveys.SurveyVersion.published_by", day="published_at"),
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(SOURCE.name, SOURCE)
