"""What a workshop leaves: a synthesis, its versions, where each sentence comes from and what it leads to."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SynthesesConfig(AppConfig):
    name = "consultations.syntheses"
    verbose_name = _("Syntheses")

    def ready(self) -> None:
        """Name lines in the stories of lineage, and show syntheses where people look for them."""
        from consultations.syntheses import lineage, panels, privacy, search  # noqa: PLC0415 - need models
        from consultations.syntheses.services import retention  # noqa: PLC0415
        from core.due import due  # noqa: PLC0415

        due.register("syntheses.purge_card_words", retention.purge_card_words)
        due.register("syntheses.forget_comment_authors", retention.forget_comment_authors)
        lineage.register()
        panels.register()
        search.register()
        privacy.register()
