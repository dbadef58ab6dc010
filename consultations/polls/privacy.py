"""What polls hold about people: who prepared them. A ballot leads to nobody."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy import Trace, personal_data, traces_source

SOURCE = traces_source(
    "polls",
    _("The polls you prepared. Never your own votes: nothing leads from them to you."),
    _("Kept with the poll, without your name once you leave."),
    Trace("polls.Poll.created_by", day="created_at"),
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(SOURCE.name, SOURCE)
