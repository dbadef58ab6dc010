"""News of a sheet as pages show them."""

from dataclasses import dataclass
from typing import Any

from consultations.actions.models import ActionSheet, Update, UpdatePhoto, UpdateVersion
from consultations.actions.selectors.words import figure

FIRST = 5


@dataclass(frozen=True)
class UpdateLine:
    """One piece of news; a withdrawn one shows its day and the reason only. `may_correct` is for the workspace."""

    update: Update
    figure: str
    photos: tuple[UpdatePhoto, ...]
    versions: tuple[UpdateVersion, ...]
    may_correct: bool = False

    @property
    def is_withdrawn(self) -> bool:
        return self.update.withdrawn_on is not None


@dataclass(frozen=True)
class News:
    """The latest first; those before are folded."""

    latest: tuple[UpdateLine, ...]
    earlier: tuple[UpdateLine, ...]

    def __bool__(self) -> bool:
        return bool(self.latest)


def news_of(sheet: ActionSheet, *, may_correct: Any = None) -> News:
    """All the news of a sheet, three queries; `may_correct(update)` says where the reader may change something."""
    found = sheet.updates.select_related("measure__indicator").prefetch_related("photos", "versions")
    lines = [_line(one, may_correct) for one in found.order_by("-on", "-written_on", "-pk")]
    return News(tuple(lines[:FIRST]), tuple(lines[FIRST:]))


def _line(update: Update, may_correct: Any) -> UpdateLine:
    return UpdateLine(
        update,
        figure_sentence(update),
        tuple(update.photos.all()),
        tuple(update.versions.all()),
        bool(may_correct and update.withdrawn_on is None and may_correct(update)),
    )


def figure_sentence(update: Update) -> str:
    """“Stays: 11 stays”, or nothing."""
    if update.measure is None:
        return ""
    indicator = update.measure.indicator
    return f"{indicator.title}\u00a0: {figure(update.measure.value, indicator.unit)}"
