"""Make the search of services again from the records."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.commands import ProductCommand
from directory.finding.services import index_everything


class Command(ProductCommand):
    help = gettext_lazy(
        "Make the search of services again from the records: after a restored backup, or when lists of codes changed."
    )

    def handle(self, **options: Any) -> None:
        count = index_everything()
        self.say(_("Services that can be found: %(count)d.") % {"count": count})
        self.report({"services": count})
