"""What consultations hold about the people who organise them."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy import Trace, personal_data, traces_source

SOURCE = traces_source(
    "consultations",
    _("The consultations you created, and what you linked to what people said."),
    _("Kept with the consultation, without your name once you leave."),
    Trace("process.Consultation.created_by", day="created_at"),
    Trace("lineage.Link.linked_by", day="linked_on"),
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(SOURCE.name, SOURCE)
