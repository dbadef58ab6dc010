"""What moves and what waits, in three sheets: what the front page of the site says of promises."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.actions.lateness import RUNNING
from consultations.actions.models import ActionSheet, State, Update
from consultations.actions.selectors.standing import heard_on, silence_of, with_badges

LOOKED_AT = 20  # sheets
WORDS = 140  # characters of the latest news


@dataclass(frozen=True)
class Mover:
    """A sheet on the front page. `tone` is `ok`, `late` or empty; `text` is its latest news, or its place."""

    title: str
    url: str
    badge: str
    tone: str
    text: str
    is_demo: bool


def movers(most: int = 3) -> list[Mover]:
    """The sheet done last, those that moved last, and one that is late or silent where there is one.

    Two queries, whatever the number of sheets.
    """
    today = timezone.localdate()
    told = ActionSheet.objects.public().filter(state__in=[*RUNNING, State.DONE, State.EVALUATED])
    newest = told.order_by(heard_on().desc(), "-pk").values("pk")[:LOOKED_AT]
    oldest = told.filter(state__in=RUNNING).order_by(heard_on(), "pk").values("pk")[:1]
    found = with_badges(ActionSheet.objects.filter(Q(pk__in=newest) | Q(pk__in=oldest)))
    chosen = _choose(list(found.order_by(heard_on().desc(), "-pk")), today, most)
    news = _latest_news(chosen)
    return [_mover(one, news.get(one.pk, ""), today) for one in chosen]


def _choose(found: list[ActionSheet], today: datetime.date, most: int) -> list[ActionSheet]:
    """From the one heard of last to the one heard of least."""
    waiting = [one for one in reversed(found) if _waits(one, today)][:1]
    others = [one for one in found if one not in waiting]
    done = [one for one in others if one.state not in RUNNING][:1]
    moving = [one for one in others if one not in done]
    return [*done, *moving[: most - len(done) - len(waiting)], *waiting]


def _waits(sheet: ActionSheet, today: datetime.date) -> bool:
    is_late = sheet.state in RUNNING and getattr(sheet, "has_late_step", False)
    return is_late or silence_of(sheet, today) is not None


def _latest_news(sheets: list[ActionSheet]) -> dict[UUID, str]:
    rows = Update.objects.filter(sheet__in=sheets, withdrawn_on=None).order_by("on", "written_on", "pk")
    return dict(rows.values_list("sheet_id", "text"))


def _mover(sheet: ActionSheet, news: str, today: datetime.date) -> Mover:
    badge, tone = _badge(sheet, today)
    return Mover(
        title=sheet.title,
        url=reverse("actions:detail", args=[sheet.slug]),
        badge=badge,
        tone=tone,
        text=Truncator(" ".join(news.split())).chars(WORDS),
        is_demo=sheet.is_demo,
    )


def _badge(sheet: ActionSheet, today: datetime.date) -> tuple[str, str]:
    days = silence_of(sheet, today)
    if days is not None:
        return ngettext("No news for %(days)d day", "No news for %(days)d days", days) % {
            "days": days
        }, "late"
    if getattr(sheet, "has_late_step", False):
        return _("a step is late").capitalize(), "late"
    since = date_format(sheet.state_since, "j F Y")
    return f"{sheet.get_state_display().capitalize()} · {since}", "ok" if sheet.state != State.ADOPTED else ""
