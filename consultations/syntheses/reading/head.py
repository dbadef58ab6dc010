"""What stands before the first block: title, session, theme and day."""

import datetime
import re
from dataclasses import dataclass

from consultations.syntheses.document import CHANGED_SINCE_COMMENTS, MAX_TITLE
from consultations.syntheses.reading.dates import date_in, is_only_date
from consultations.syntheses.reading.paragraphs import Kind, Paragraph

NUMBERED_SESSION = re.compile(
    r"^((?:atelier|table ronde|groupe|séance|seance|réunion|reunion)\s*(?:n\s*[°º]\s*)?\d+)\s*(?:[:–—-]\s*(.+))?$",
    re.IGNORECASE,
)
SESSION = re.compile(r"^s[ée]ance\s*:\s*(.+)$", re.IGNORECASE)
THEME = re.compile(r"^(?:th[èe]me|th[ée]matique)\s*:\s*(.+)$", re.IGNORECASE)
ADOPTED = re.compile(r"^Adoptée le ([^:]+?)\s*(?::.*)?$", re.DOTALL)
DAY = re.compile(r"^(?:date|jour|le)\s*:?\s*(.+)$", re.IGNORECASE)


@dataclass
class Head:
    """Filled line by line; a line it does not understand is refused, so that it is listed."""

    title: str = ""
    session: str = ""
    theme: str = ""
    held_on: datetime.date | None = None

    def take(self, paragraph: Paragraph, *, is_ours: bool) -> bool:
        """True when the line told something."""
        text = paragraph.text
        if paragraph.kind == Kind.TITLE and not self.title:
            return self._name(text, with_day=not is_ours)
        if is_ours:
            return self._labelled(text) or _is_fact(text)
        if self._labelled(text) or self._numbered(text):
            return True
        if self.held_on is None and is_only_date(text):
            self.held_on = date_in(text)
            return True
        if not self.title:
            return self._name(text, with_day=True)
        if self.held_on is None and (day := date_in(text)):
            self.held_on = day
            return True
        return False

    def _name(self, text: str, *, with_day: bool) -> bool:
        self.title = text[:MAX_TITLE]
        if with_day and self.held_on is None:
            self.held_on = date_in(text)
        return True

    def _labelled(self, text: str) -> bool:
        if not self.session and (found := SESSION.match(text)):
            self.session = found.group(1)[:MAX_TITLE]
        elif not self.theme and (found := THEME.match(text)):
            self.theme = found.group(1)[:MAX_TITLE]
        elif self.held_on is None and (found := DAY.match(text)) and is_only_date(found.group(1)):
            self.held_on = date_in(found.group(1))
        else:
            return False
        return True

    def _numbered(self, text: str) -> bool:
        found = NUMBERED_SESSION.match(text)
        if not found or self.session:
            return False
        self.session = found.group(1)
        if found.group(2) and not self.theme:
            self.theme = found.group(2)[:MAX_TITLE]
        return True


def _is_fact(text: str) -> bool:
    """What our exports say of the life of a text: this platform knows it by itself, nothing is left out."""
    adopted = ADOPTED.match(text)
    return text == CHANGED_SINCE_COMMENTS or bool(adopted and is_only_date(adopted.group(1)))
