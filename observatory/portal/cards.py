"""A published figure as other apps' pages show it: words, address and drawing."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from observatory.indicators.selectors import UnknownFigure
from observatory.portal.selectors import FigureView, figure_view, home_figure

MAP, CHART = "map", "chart"


@dataclass(frozen=True)
class Card:
    """`html` is the map with its legend, or the bars; safe to print. `sentence` quotes `passage`."""

    code: str
    title: str
    sentence: str
    passage: str
    easy: str
    details: str
    url: str
    is_demo: bool
    html: SafeString


def figure_card(code: str = "", kind: str = MAP) -> Card | None:
    """The figure asked for, or the one to show first when none is; None when nothing can be shown."""
    try:
        view = figure_view(code, "" if kind == MAP else "departement") if code else home_figure()
    except UnknownFigure:
        try:
            view = figure_view(code)
        except UnknownFigure:
            return None
    return _card(view, kind) if view else None


def _card(view: FigureView, kind: str) -> Card:
    found = view.figure
    context = {"card": view, "kind": kind, "preferences": {"easy_read": False}}
    return Card(
        code=found.code,
        title=found.title,
        sentence=found.words.sentence,
        passage=found.slice.label if found.slice else "",
        easy=found.words.easy,
        details=found.words.details,
        url=reverse("portal:indicator", args=[found.code]),
        is_demo=found.is_demo,
        html=mark_safe(render_to_string("portal/partials/figure.html", context)),  # our own template
    )
