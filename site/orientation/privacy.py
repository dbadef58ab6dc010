"""What orientation holds of those who work with it; the person helped has no account and erases by their code."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy import (
    StandingProcessing,
    Trace,
    personal_data,
    standing_processings,
    traces_source,
)

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


HELPING = StandingProcessing(
    title=_("Requests for help"),
    purpose=_(
        "Lead a person to the services that can help, send them the request, and let the person follow it."
    ),
    legal_basis=_("Consent, asked before anything is sent (GDPR, article 6, 1, a, and article 9, 2, a)"),
    people=_("People who ask for help, or for whom a relative or a counter asks"),
    data=_(
        "What the person needs, their age group, their commune, what they wish to say, a way to reach them. Their "
        "name only if they give it."
    ),
    recipients=_("The services the person chose, the counter that helped, the coordinator when there is one"),
    retention=_("Two years, or until the person erases it with their code. Then only counts remain."),
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(KEPT.name, KEPT)
    standing_processings.register("orientation", HELPING)
