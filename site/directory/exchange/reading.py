"""Reading objects that somebody else wrote: whatever they hold, a problem with its place rather than an error."""

import datetime
import math
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from core.problems import Problem, storable
from directory.exchange.ids import as_uid

MOST_PROBLEMS = 500
LONGEST = 20_000
"""Characters of one text; anything longer is not a text people wrote."""


class Reading:
    """Collects what is wrong and what is left out, where the reader stands."""

    def __init__(self, file: str) -> None:
        self.file, self.place = file, ""
        self.problems: list[Problem] = []
        self.notices: dict[str, int] = {}

    def refuse(self, message: str, remedy: str = "") -> None:
        """Something to correct before anything is written."""
        self.keep(Problem(self.file, self.place, message, remedy))

    def keep(self, problem: Problem) -> None:
        """One that was met elsewhere than where the reader stands; those beyond a reasonable number are not told."""
        if len(self.problems) < MOST_PROBLEMS and problem not in self.problems[-20:]:
            self.problems.append(problem)

    def notice(self, message: str) -> None:
        """Something left out that does not stop the import; counted, not repeated."""
        message = storable(message)
        if message in self.notices or len(self.notices) < MOST_PROBLEMS:
            self.notices[message] = self.notices.get(message, 0) + 1


class Object:
    """One object under reading: each value comes out with the type it should have, or a problem is kept."""

    def __init__(self, reading: Reading, data: Mapping[str, Any]) -> None:
        self.reading, self.data = reading, data

    def text(self, name: str, default: str = "") -> str:
        value = self.data.get(name)
        if value is None or value == "":
            return default
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self._wrong(name, value, _("Write a text."))
            return default
        text = str(value).strip().replace("\r\n", "\n")
        if storable(text) != text:
            self._wrong(name, text, _("Take away the invisible characters: type the text again."))
            return default
        if len(text) > LONGEST:
            self.reading.refuse(
                _("“%(field)s” has %(count)d characters") % {"field": name, "count": len(text)},
                _("Keep it under %(most)d characters.") % {"most": LONGEST},
            )
            return default
        return text

    def needed(self, name: str) -> str:
        """A text that must be there."""
        known = len(self.reading.problems)
        text = self.text(name)
        if not text and len(self.reading.problems) == known:
            self.reading.refuse(
                _("“%(field)s” is missing") % {"field": name}, _("Every record needs it: fill it in.")
            )
        return text

    def uid(self, name: str, *, needed: bool = False) -> UUID | None:
        value = self.data.get(name)
        if value in (None, ""):
            if needed:
                self.needed(name)
            return None
        found = as_uid(value)
        if found is None:
            self._wrong(name, value, _("Identifiers of HSDS are UUIDs: 8-4-4-4-12 hexadecimal digits."))
        return found

    def number(self, name: str) -> float | None:
        value = self.data.get(name)
        if value in (None, ""):
            return None
        try:
            found = float(str(value).replace(",", ".")) if not isinstance(value, bool) else math.nan
        except ValueError:
            found = math.nan
        if not math.isfinite(found):
            self._wrong(name, value, _("Write a number."))
            return None
        return found

    def whole(self, name: str) -> int | None:
        found = self.number(name)
        if found is not None and (found != int(found) or abs(found) > 1_000_000):
            self._wrong(name, found, _("Write a whole number."))
            return None
        return None if found is None else int(found)

    def money(self, name: str) -> Decimal | None:
        value = self.data.get(name)
        if value in (None, ""):
            return None
        try:
            return Decimal(str(value)).quantize(Decimal("0.01")) if self.number(name) is not None else None
        except InvalidOperation:
            self._wrong(name, value, _("Write an amount in euros."))
            return None

    def date(self, name: str) -> datetime.date | None:
        text = self.text(name)
        if not text:
            return None
        try:
            return datetime.date.fromisoformat(text[:10])
        except ValueError:
            self._wrong(name, text, _("Write a date as 2026-11-22."))
            return None

    def time(self, name: str) -> datetime.time | None:
        text = self.text(name)
        if not text:
            return None
        try:
            return datetime.time.fromisoformat(text[:5])
        except ValueError:
            self._wrong(name, text, _("Write an hour as 09:30."))
            return None

    def each(self, name: str) -> Iterator["Object"]:
        """The objects of a list."""
        value = self.data.get(name)
        if value in (None, "", []):
            return
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self._wrong(name, value, _("Give a list of objects."))
            return
        for one in value:
            yield Object(self.reading, one)

    def part(self, name: str) -> "Object | None":
        """An object within it."""
        value = self.data.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            self._wrong(name, value, _("Give an object."))
            return None
        return Object(self.reading, value)

    def _wrong(self, name: str, value: object, remedy: str) -> None:
        self.reading.refuse(
            _("“%(field)s”: “%(value)s” is not understood") % {"field": name, "value": str(value)[:80]},
            remedy,
        )
