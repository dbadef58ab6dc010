"""Figures of a year in plain sentences, the same on pages and on paper."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.annual_reports.figures import YearFigures
from consultations.annual_reports.models import Section


def meetings_words(figures: YearFigures) -> str:
    """How many were held, against what the bylaws ask."""
    text = ngettext(
        "%(held)s meeting held; the rules ask for %(required)s a year.",
        "%(held)s meetings held; the rules ask for %(required)s a year.",
        figures.held,
    ) % {"held": figures.held, "required": figures.required}
    if figures.seconds:
        more = ngettext(
            "Among them, %(count)s called again for want of quorum.",
            "Among them, %(count)s called again for want of quorum.",
            figures.seconds,
        )
        text = f"{text} {more % {'count': figures.seconds}}"
    if figures.cancelled:
        more = ngettext("%(count)s meeting cancelled.", "%(count)s meetings cancelled.", figures.cancelled)
        text = f"{text} {more % {'count': figures.cancelled}}"
    return text


def attendance_words(figures: YearFigures) -> str:
    """Share of seats occupied, all meetings together."""
    if figures.attendance is None:
        return _("No meeting, so no attendance.")
    text = _("%(share)s %% of the filled seats were occupied, by the member or a substitute.")
    words = text % {"share": figures.attendance}
    if figures.users_attendance is not None:
        more = _("On the side of users and families: %(share)s %%.") % {"share": figures.users_attendance}
        words = f"{words} {more}"
    return words


def opinions_words(figures: YearFigures) -> str:
    """How many opinions, answered, overdue."""
    count = len(figures.opinions)
    if not count:
        return _("No opinion was voted this year.")
    text = ngettext(
        "%(count)s opinion; answered: %(answered)s; answer overdue: %(overdue)s.",
        "%(count)s opinions; answered: %(answered)s; answer overdue: %(overdue)s.",
        count,
    )
    return text % {"count": count, "answered": figures.answered, "overdue": figures.overdue}


def surveys_words(figures: YearFigures) -> str:
    """All surveys of the year."""
    if not figures.surveys:
        return _("No satisfaction survey was published this year.")
    text = ngettext(
        "%(count)s survey, %(examined)s examined by the council.",
        "%(count)s surveys, %(examined)s examined by the council.",
        len(figures.surveys),
    )
    return text % {"count": len(figures.surveys), "examined": figures.examined}


def mandates_words(figures: YearFigures) -> str:
    """Seats held, and what changed."""
    one = figures.mandates
    text = _("%(held)s seats held of %(seats)s. New mandates: %(opened)s; ended: %(ended)s; replaced by a substitute: %(replaced)s.")  # fmt: skip
    words = text % {
        "held": one.held,
        "seats": one.seats,
        "opened": one.opened,
        "ended": one.ended,
        "replaced": one.replaced,
    }
    if one.vacancies:
        words = f"{words} {_('Vacancy recorded: %(places)s.') % {'places': ', '.join(one.vacancies)}}"
    return words


WORDS: dict[str, Callable[[YearFigures], str]] = {
    Section.MEETINGS: meetings_words,
    Section.ATTENDANCE: attendance_words,
    Section.OPINIONS: opinions_words,
    Section.SURVEYS: surveys_words,
    Section.MANDATES: mandates_words,
}
