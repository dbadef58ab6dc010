"""The public observatory: feeds, pages, charts and open data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.due import due


class PortalConfig(AppConfig):
    name = "observatory.portal"
    verbose_name = _("Observatory")

    def ready(self) -> None:
        """Publish what is due at each tick, and name releases in the stories of lineage."""
        from observatory.portal import (  # noqa: PLC0415 - models are loaded only now
            attendance,
            council_figures,
            lineage,
            services,
            signal_links,
            signals,
        )

        due.register("portal.publish_due_releases", services.publish_due_releases)
        due.register("portal.publish_due_attendance", attendance.publish_due_attendance)
        due.register("portal.publish_due_council_figures", council_figures.publish_due_council_figures)
        due.register("portal.publish_due_signals", signals.publish_due_signals)
        lineage.register()
        signal_links.register()
