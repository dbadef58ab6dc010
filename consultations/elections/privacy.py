"""What elections hold about an account: that it is on a roll or stands, never a ballot."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy import Trace, personal_data, traces_source

SOURCE = traces_source(
    "elections",
    _("The elections you prepared, those whose roll names you, where you stood, and paper ballots you read."),
    _(
        "They are kept without your account once you leave. Your ballot cannot be found: it is tied to nobody."
    ),
    Trace("elections.Election.created_by"),
    Trace("elections.Candidate.user", erase=Trace.CUT),
    Trace("elections.RollEntry.user", erase=Trace.CUT),
    Trace("elections.PaperSheet.entered_by"),
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(SOURCE.name, SOURCE)
