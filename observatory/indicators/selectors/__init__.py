"""Reads for public pages, charts, files and API: releases and published cells, and nothing else.

A test holds that nothing here reads a fact or a response.
"""

from observatory.indicators.selectors.catalogue import (
    figure_cards,
    latest_releases,
    left_out,
    release_by_slug,
)
from observatory.indicators.selectors.figure import TOTAL, UnknownFigure, figure, release_ref
from observatory.indicators.selectors.places import PlaceFigure, place_figures
from observatory.indicators.selectors.voices import voiced_places, voices_of_needs

__all__ = [
    "TOTAL",
    "PlaceFigure",
    "UnknownFigure",
    "figure",
    "figure_cards",
    "latest_releases",
    "left_out",
    "place_figures",
    "release_by_slug",
    "release_ref",
    "voiced_places",
    "voices_of_needs",
]
