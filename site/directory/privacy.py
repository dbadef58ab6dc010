"""What the directory holds of those who keep its records: a trace of their name on what they did."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy import Trace, personal_data, traces_source

KEPT = traces_source(
    "directory_records",
    _("The records of the directory you changed, checked, merged or answered for."),
    _("They are kept without your name once you leave."),
    Trace("directory.Service.checked_by"),
    Trace("directory.Change.by"),
    Trace("directory.Merge.by"),
    Trace("directory.Report.answered_by"),
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(KEPT.name, KEPT)
