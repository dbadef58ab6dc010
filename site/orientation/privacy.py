"""What orientation holds of those who work with it; the person helped has no account and erases by their code."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy import Trace, personal_data, traces_source

KEPT = traces_source(
    "orientation",
    _("The requests for help you recorded at a counter, and those you asked or took for coordination."),
    _(
        "They are kept without your name once you leave. What is said of the person helped is erased by them, or "
        "after two years."
    ),
    Trace("orientation.HelpRequest.recorded_by", Trace.CUT, day="created_on"),
    Trace("orientation.Coordination.asked_by", Trace.CUT, day="asked_on"),
    Trace("orientation.Coordination.coordinator", day="named_on"),
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(KEPT.name, KEPT)
