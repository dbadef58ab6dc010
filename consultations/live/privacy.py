"""What live rooms hold about people who joined them with their account."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy import Trace, personal_data, traces_source

SOURCE = traces_source(
    "meetings",
    _("The meetings you joined with your account, and the name you showed there."),
    _("Erased with your account; what was said stays, without your name."),
    Trace("live.Participant.user", Trace.CUT, "joined_at", blanked=(("display_name", ""),)),
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(SOURCE.name, SOURCE)
