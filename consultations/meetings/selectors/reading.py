"""What pages read of a meeting."""

from dataclasses import dataclass, field
from typing import Any

from consultations.meetings.models import AgendaItem, Decision, Meeting
from consultations.meetings.wording import result_words


@dataclass(frozen=True)
class PublicItem:
    """An item as anyone reads it: never its documents nor its author."""

    title: str
    purpose: str
    state: str
    conclusions: str = ""
    results: list[tuple[str, str, bool]] = field(default_factory=list)


@dataclass(frozen=True)
class PublicPage:
    """The agenda anyone reads, and the minutes when they are public."""

    items: list[PublicItem]
    opening: str = ""
    closing: str = ""
    easy_read: str = ""
    has_minutes: bool = False


def public_page(meeting: Meeting, *, shows_minutes: bool) -> PublicPage:
    """Confidential items are left out whole; conclusions come from the redacted text alone."""
    listed = meeting.items.on_agenda().filter(is_confidential=False).prefetch_related("decisions")
    minutes = meeting.minutes if shows_minutes else None
    texts: dict[str, Any] = minutes.public_text if minutes else {}
    items = [
        PublicItem(
            one.title,
            str(one.get_purpose_display()),
            one.state,
            texts.get(str(one.pk), ""),
            _results(one) if minutes else [],
        )
        for one in listed
    ]
    if minutes is None:
        return PublicPage(items)
    return PublicPage(items, texts.get("opening", ""), texts.get("closing", ""), minutes.easy_read, True)


def _results(item: AgendaItem) -> list[tuple[str, str, bool]]:
    """What was decided, on which question, and whether it was adopted."""
    closed = [one for one in item.decisions.all() if one.state == Decision.State.CLOSED]
    return [(result_words(one.result), one.question, one.result == Decision.Result.ADOPTED) for one in closed]
