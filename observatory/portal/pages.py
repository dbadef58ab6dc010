"""The parts of a figure's page: tabs, levels, answers, addresses."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from consultations.polls.selectors.released import results_address
from core.qr import public_url
from observatory.indicators.figures import Figure
from observatory.portal.addresses import VIEWS, FigureAddress
from observatory.portal.feeds.names import POLL
from observatory.portal.selectors import FigureView


@dataclass(frozen=True)
class Tab:
    """One entry of a row of links; `state` marks a level that is withheld."""

    label: str
    url: str
    is_current: bool
    count: int | None = None
    state: str = ""


def figure_context(view: FigureView, address: FigureAddress) -> dict[str, Any]:
    """Everything the template of a figure needs."""
    found = view.figure
    current = address.view or ("carte" if view.has_map else "graphique")
    exact = FigureAddress(
        found.code,
        found.level.code,
        _said(found),
        found.period if len(found.periods) > 1 else "",
        found.release.id,
    )
    return {
        "figure": found,
        "view": view,
        "current_view": current,
        "tabs": [
            Tab(str(label), address.url(view=name), name == current)
            for name, label in VIEWS.items()
            if name != "carte" or view.has_map or found.is_withheld
        ],
        "levels": [
            Tab(level.name, address.url(level=level.code), level == found.level, state=level.state)
            for level in found.levels
        ],
        "hidden_fields": _hidden(address),
        "permalink": public_url(exact.url()),
        "embed_url": public_url(exact.url("portal:embed")),
        "csv_url": exact.url("portal:csv", slice=""),
        "json_url": exact.url("portal:json"),
        "results_url": results_address(found.release) if found.release.subject_kind == POLL else "",
    }


def _said(found: Figure) -> str:
    return found.slice.key if found.is_share or found.slice.label else ""


def _hidden(address: FigureAddress) -> list[tuple[str, str]]:
    """What a form that changes the answer keeps of the address."""
    kept = {"niveau": address.level, "publication": address.release, "vue": address.view}
    return [(name, value) for name, value in kept.items() if value]


def level_words(found: Figure) -> str:
    """How rows are called, for captions."""
    return _("by %(level)s") % {"level": found.level.name}
