"""What the directory holds of those who keep its records: a trace of their name on what they did."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import (
    PUBLIC_TASK,
    PersonalDataSource,
    StandingProcessing,
    Trace,
    personal_data,
    standing_processings,
    traces_source,
)
from directory.models import Claim

KEPT = traces_source(
    "directory_records",
    _("The records of the directory you changed, checked, merged or answered for."),
    _("They are kept without your name once you leave."),
    Trace("directory.Service.checked_by"),
    Trace("directory.Change.by"),
    Trace("directory.Merge.by"),
    Trace("directory.LikelyPair.set_aside_by"),
    Trace("directory.Report.answered_by"),
    Trace("directory.Claim.decided_by"),
    Trace("directory.Campaign.created_by"),
    Trace("directory.Proposal.by"),
    Trace("directory.Proposal.decided_by"),
    Trace("directory.ExperienceAnswer.by"),
    Trace("directory.DirectoryImport.actor"),
)


def export_claims(user: User) -> list[dict[str, Any]]:
    """What the person asked to keep, and what was answered."""
    claims = Claim.objects.filter(user=user).select_related("organisation").order_by("asked_on", "pk")
    return [
        {
            "organisation": one.organisation.name,
            "words": one.words,
            "state": str(one.get_state_display()),
            "asked_on": one.asked_on.isoformat(),
        }
        for one in claims
    ]


def erase_claims(user: User) -> None:
    """The claim goes with the account: the role it gave is kept by the roles."""
    Claim.objects.filter(user=user).delete()


CLAIMS = PersonalDataSource(
    name="directory_claims",
    label=_("The organisations whose records you asked to keep, and what you wrote for it."),
    kept=_("They are erased when you leave."),
    export=export_claims,
    erase=erase_claims,
    covers=("directory.Claim.user",),
)


KEEPING = StandingProcessing(
    title=_("The directory of services"),
    purpose=_("Keep records true: who may change them, what visitors say is wrong, how users were welcomed."),
    legal_basis=PUBLIC_TASK,
    people=_("Professionals who keep records, visitors, users of services"),
    data=_(
        "Who changed what. What a visitor says is wrong, and the marks of users with their month, without anything "
        "about who they are. What was looked for is counted by need and place, without its words."
    ),
    recipients=_(
        "Those who keep the record and those who run the directory; marks of eleven users at least for all"
    ),
    retention=_(
        "With the record. The day of a search is forgotten after 60 days; a claim is erased with the account."
    ),
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(CLAIMS.name, CLAIMS)
    personal_data.register(KEPT.name, KEPT)
    standing_processings.register("directory", KEEPING)
