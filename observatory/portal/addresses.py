"""The address of a figure says everything it shows: level, answer, period, release and view."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

VIEWS = {"carte": _("Map"), "graphique": _("Chart"), "tableau": _("Table"), "telecharger": _("Download")}


@dataclass(frozen=True)
class FigureAddress:
    """A permalink to a figure; what is empty is left to the default."""

    code: str
    level: str = ""
    slice: str = ""
    period: str = ""
    release: str = ""
    view: str = ""

    @classmethod
    def read(cls, code: str, query: QueryDict) -> "FigureAddress":
        """From the query string; an unknown view is the map."""
        names = ("niveau", "choix", "periode", "publication")
        level, slice_, period, release = (query.get(name, "")[:200] for name in names)
        view = query.get("vue", "")
        return cls(code, level, slice_, period, release, view if view in VIEWS else "")

    def choice(self) -> dict[str, str]:
        """What the selector is asked for."""
        return {"slice_key": self.slice, "period": self.period, "release_id": self.release}

    def url(self, name: str = "portal:indicator", **changes: str) -> str:
        """This address with changes, at one of the pages of the figure."""
        wanted = replace(self, **changes)
        pairs = {
            "niveau": wanted.level,
            "choix": wanted.slice,
            "periode": wanted.period,
            "publication": wanted.release,
            "vue": wanted.view,
        }
        query = urlencode({key: value for key, value in pairs.items() if value})
        return reverse(name, args=[wanted.code]) + (f"?{query}" if query else "")
