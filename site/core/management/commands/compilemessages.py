"""Compile our catalogues in Python, so that a new machine needs no gettext tools."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.commands import ProductCommand


class Command(ProductCommand):
    help = gettext_lazy("Compile the translations of LOCALE_PATHS into .mo files.")
    has_report = False

    def handle(self, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in Path(folder).glob("*/LC_MESSAGES/*.po"):
                polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
                self.say(_("%(language)s: compiled") % {"language": source.parent.parent.name})
