"""How complete and how fresh a record is, explained: one function, no database.

Each criterion that applies weighs the same. The score says what visitors would miss, never how good the service is.
"""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

LONG_ENOUGH = 150
"""Characters under which a description leaves questions open."""
FRESH_DAYS, STALE_DAYS = 183, 730
"""Freshness is whole for six months after a check, then melts to nothing at two years (as data·inclusion does)."""


@dataclass(frozen=True)
class Facts:
    """What is known of a record; None where the criterion does not apply to it."""

    description: str
    has_easy_read: bool
    has_contact: bool
    has_audience: bool
    has_price: bool
    has_area: bool
    has_need: bool
    has_languages: bool
    is_identified: bool
    has_place: bool | None
    has_hours: bool | None
    has_access: bool | None
    checked_on: datetime.date | None


@dataclass(frozen=True)
class Criterion:
    """One thing looked at: how much of it is there (0 to 1), and what to do to have it all."""

    name: str
    label: str
    share: float
    advice: str

    @property
    def is_met(self) -> bool:
        return self.share >= 1


@dataclass(frozen=True)
class Quality:
    """The score, 0 to 100, and all it is made of."""

    percent: int
    criteria: tuple[Criterion, ...]

    @property
    def missing(self) -> tuple[Criterion, ...]:
        """What would raise the score."""
        return tuple(one for one in self.criteria if not one.is_met)


def score(facts: Facts, today: datetime.date) -> Quality:
    """The quality of a record on a day."""
    shares = _shares(facts, today)
    words = _words()
    criteria = tuple(
        Criterion(name, words[name][0], share, words[name][1])
        for name, share in shares.items()
        if share is not None
    )
    return Quality(round(100 * sum(one.share for one in criteria) / len(criteria)), criteria)


def freshness(checked_on: datetime.date | None, today: datetime.date) -> float:
    """1 for six months after a check, then less each day, 0 from two years on or when never checked."""
    if checked_on is None:
        return 0.0
    age = (today - checked_on).days
    return min(1.0, max(0.0, (STALE_DAYS - age) / (STALE_DAYS - FRESH_DAYS)))


def _shares(facts: Facts, today: datetime.date) -> dict[str, float | None]:
    def known(value: bool | None) -> float | None:
        return None if value is None else float(value)

    return {
        "description": min(1.0, len(facts.description.strip()) / LONG_ENOUGH),
        "easy_read": known(facts.has_easy_read),
        "contact": known(facts.has_contact),
        "place": known(facts.has_place),
        "hours": known(facts.has_hours),
        "access": known(facts.has_access),
        "audience": known(facts.has_audience),
        "price": known(facts.has_price),
        "area": known(facts.has_area),
        "need": known(facts.has_need),
        "languages": known(facts.has_languages),
        "identifier": known(facts.is_identified),
        "checked": freshness(facts.checked_on, today),
    }


def _words() -> dict[str, tuple[str, str]]:
    return {
        "description": (_("a description that says enough"), _("Write a few more sentences.")),
        "easy_read": (_("an easy-read text"), _("Write the same in short, simple sentences.")),
        "contact": (_("a way to get in touch"), _("Give a phone number, an e-mail address or a form.")),
        "place": (_("a complete address"), _("Give the street, the commune and the point on the map.")),
        "hours": (_("opening hours"), _("Write the hours, even if they change: add a note.")),
        "access": (_("access of the building"), _("Say whether there are steps, a hearing loop…")),
        "audience": (_("for whom it is"), _("Choose for whom, or write the conditions.")),
        "price": (_("the price"), _("Say if it is free; if not, how much.")),
        "area": (_("the area covered"), _("Choose the communes or the département covered.")),
        "need": (_("the needs it meets"), _("Choose at least one need: people search by needs.")),
        "languages": (_("the languages spoken"), _("Tick the languages spoken there.")),
        "identifier": (
            _("an official number (SIRET or FINESS)"),
            _("Add it on the page of the organisation, with its contacts."),
        ),
        "checked": (
            _("checked within six months"),
            _("Read it again and press “Everything is still right”."),
        ),
    }


def explained() -> list[tuple[str, str]]:
    """Every criterion with what to do to have it, for the page that explains the score."""
    return list(_words().values())
