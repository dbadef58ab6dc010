"""Count again the needs that found no answer, and the services offered."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.commands import ProductCommand
from unmet.services.gathering import gather_signals


class Command(ProductCommand):
    """Idempotent. The tick does it once a day."""

    help = gettext_lazy("Count again the needs that found no answer, and the services offered, by territory.")

    def handle(self, *args: Any, **options: Any) -> None:
        done = gather_signals()
        self.report({"ok": True, **asdict(done)})
        self.say(
            _("%(observations)d observations, %(offers)d counts of services, %(signals)d new signals.")
            % {"observations": done.observations, "offers": done.offers, "signals": done.signals}
        )
