"""What texts written together hold about people: who wrote, suggested and said what."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy import Trace, personal_data, traces_source

WRITING = traces_source(
    "cowriting",
    _("What you wrote, suggested and said in texts written together."),
    _("Kept with the text, without your name once you leave."),
    Trace("cowriting.Version.named_by", day="named_at"),
    Trace("cowriting.Suggestion.author", day="made_on"),
    Trace("cowriting.Suggestion.answered_by", day="answered_on"),
    Trace("cowriting.Comment.author", day="given_at"),
    Trace("cowriting.Comment.resolved_by", day="resolved_at"),
    Trace("cowriting.Contribution.writer"),
)


def register() -> None:
    """Called when the app is ready."""
    personal_data.register(WRITING.name, WRITING)
