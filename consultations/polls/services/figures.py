"""What the figures of a poll are called in the observatory, and how they were made."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from consultations.polls.definition import Kind
from consultations.polls.models import Poll
from consultations.polls.protection import Shown
from consultations.polls.registries import PlaceInfo
from consultations.polls.selectors.released import POINTS, SATISFACTION, SUBJECT, code_of
from consultations.polls.wording import headline_of, method_of
from observatory.indicators.models import Indicator, PublishedCell, Slice

THEME = "voix"


def summed_up(poll: Poll, shown: Shown) -> dict[str, Any] | None:
    """The cell of the one figure of satisfaction; None for other kinds, or when joined answers keep it secret."""
    headline = headline_of(poll.asked, shown)
    if headline is None or headline.figure is None:
        return None
    return {
        "indicator_code": f"{code_of(poll)}--{SATISFACTION}",
        "slice_key": Slice.TOTAL,
        "value": headline.figure,
        "base_count": shown.count,
        "status": PublishedCell.Status.PUBLISHED,
    }


def describe_figures(*, poll: Poll, place: PlaceInfo, summed: bool) -> list[Indicator]:
    """The indicators of a release that the observatory lists, in the site's language.

    A ranking, scores and points have none there: their one page is the poll's own, to which the catalogue leads.
    Files name theirs all the same.
    """
    definition = poll.asked
    with override(settings.LANGUAGE_CODE):
        found = [
            _indicator(
                poll,
                place,
                code=code_of(poll),
                title=poll.question,
                unit="%",
                aggregation=Indicator.Aggregation.RATIO,
                choices_overlap=definition.kind == Kind.MULTIPLE,
            )
        ]
        if summed:
            found.append(_summed(poll, place))
        if definition.has_points:
            _points(poll, place)
            return []
    return found


def _points(poll: Poll, place: PlaceInfo) -> Indicator:
    return _indicator(
        poll,
        place,
        code=f"{code_of(poll)}--{POINTS}",
        title=_("Points: %(question)s") % {"question": poll.question},
        unit="points",
        decimals=1,
        aggregation=Indicator.Aggregation.NONE,
        order=1,
    )


def _summed(poll: Poll, place: PlaceInfo) -> Indicator:
    is_score = poll.kind == Kind.NPS
    words = _("Recommendation score (NPS): %(question)s") if is_score else _("People satisfied: %(question)s")
    return _indicator(
        poll,
        place,
        code=f"{code_of(poll)}--{SATISFACTION}",
        title=words % {"question": poll.question},
        unit="" if is_score else "%",
        aggregation=Indicator.Aggregation.NONE,
        order=1,
    )


def _indicator(poll: Poll, place: PlaceInfo, *, code: str, title: str, **values: Any) -> Indicator:
    body = place.organisation or place.title
    return Indicator.objects.update_or_create(
        code=code,
        defaults={
            "theme": THEME,
            "title": title[:200],
            "question": poll.question,
            "sensitivity": Indicator.Sensitivity.PERSONS,
            "method": method_of(poll),
            "source_text": f"{body}, « {poll.question} »"[:300],
            "origin_kind": SUBJECT,
            "origin_id": str(poll.pk),
            "is_demo": place.is_demo,
            **values,
        },
    )[0]
