"""What workshops hold about the people who prepare and lead them."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy import Trace, personal_data, traces_source

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


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(SOURCE.name, SOURCE)
