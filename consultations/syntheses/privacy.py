"""What syntheses hold about people: what they prepared, and the comments they signed in to give."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import PersonalDataSource, Trace, personal_data, traces_source
from consultations.syntheses.models import SynthesisComment

WORK = traces_source(
    "syntheses",
    _("The syntheses you prepared and the actions you proposed."),
    _("Kept with the synthesis, without your name once you leave."),
    Trace("syntheses.Synthesis.created_by", day="created_on"),
    Trace("syntheses.SynthesisVersion.made_by", day="made_on"),
    Trace("syntheses.Proposal.proposed_by", day="proposed_on"),
)


def export(user: User) -> list[dict[str, Any]]:
    """Their own comments, and the syntheses they help to write."""
    comments = SynthesisComment.objects.filter(author=user).select_related("version__synthesis")
    given = [
        {
            "synthesis": comment.version.synthesis.title,
            "text": comment.text,
            "on": comment.given_on.isoformat(),
        }
        for comment in comments
    ]
    return given + [{"synthesis": title} for title in user.syntheses_written.values_list("title", flat=True)]


def erase(user: User) -> None:
    """Their comments stay, without their account; they write no synthesis any more."""
    SynthesisComment.objects.filter(author=user).update(author=None)
    user.syntheses_written.clear()


COMMENTS = PersonalDataSource(
    name="synthesis_comments",
    label=_("Your comments on syntheses of workshops, and the syntheses you help to write"),
    kept=_("Kept with the synthesis; erased from your account on request."),
    export=export,
    erase=erase,
    covers=(
        "syntheses.SynthesisComment.author",
        "syntheses.Synthesis_volunteers.user",
        "syntheses.Synthesis.volunteers",
    ),
)


def register() -> None:
    """Called when the app is ready."""
    personal_data.register(WORK.name, WORK)
    personal_data.register(COMMENTS.name, COMMENTS)
