"""What elections hold about an account: that it is on a roll or stands, never a ballot."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy import (
    StandingProcessing,
    Trace,
    personal_data,
    standing_processings,
    traces_source,
)

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


VOTING = StandingProcessing(
    title=_("Elections of representatives"),
    purpose=_("Draw up the roll, receive candidates, count secret ballots."),
    legal_basis=_("Legal obligation (GDPR, article 6, 1, c; CASF, articles D311-3 to D311-32-1)"),
    people=_("Voters, candidates"),
    data=_("Name on the roll and whether the person voted; what candidates say. A ballot is tied to nobody."),
    recipients=_("The polling office; candidates are shown to voters"),
    retention=_(
        "With the official record of the election; what could tie a ballot to a voter goes at the close"
    ),
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(SOURCE.name, SOURCE)
    standing_processings.register("elections", VOTING)
