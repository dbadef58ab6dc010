"""What signals hold of those who answer them; nothing is held of those who searched or asked."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy import Trace, personal_data, traces_source

KEPT = traces_source(
    "unmet",
    _("The replies you wrote to signals."),
    _("They are public acts and stay, without your name."),
    Trace("unmet.Reply.author", Trace.CUT, day="written_on"),
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(KEPT.name, KEPT)
