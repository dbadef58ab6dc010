"""What is published: releases and their indicators."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from observatory.indicators.figures import FigureCard, LeftOut
from observatory.indicators.models import Indicator, Release
from observatory.indicators.selectors.figure import LEVEL_ORDER, UnknownFigure, cited, release_ref
from observatory.indicators.wording import left_out_reason


def figure_cards(releases: Iterable[Release]) -> list[FigureCard]:
    """The indicators of these releases, in the order of their questions."""
    by_subject = {(one.subject_kind, one.subject_id): one for one in releases}
    found = []
    coded = Exists(Indicator.needs.through.objects.filter(indicator=OuterRef("pk")))
    asked = Indicator.objects.filter(origin_id__in=[subject for _kind, subject in by_subject])
    for indicator in asked.annotate(says_a_need=coded):
        release = by_subject.get((indicator.origin_kind, indicator.origin_id))
        states = release.report["indicators"].get(indicator.code) if release else None
        if release is None or states is None:
            continue
        shown = [
            level for level in LEVEL_ORDER if states.get(level, {}).get("state", "withheld") != "withheld"
        ]
        found.append(
            FigureCard(
                code=indicator.code,
                title=indicator.title,
                theme=indicator.theme,
                question=indicator.question,
                release=release_ref(release),
                is_demo=indicator.is_demo,
                levels=tuple(shown),
                says_a_need=indicator.says_a_need,
            )
        )
    return found


def latest_releases() -> list[Release]:
    """The releases to show, the most recent first."""
    return list(Release.objects.shown())


def left_out(release: Release) -> list[LeftOut]:
    """The questions a release has no figure for, each with the reason in words."""
    rows = release.report.get("left_out", ())
    return [LeftOut(one["label"], left_out_reason(one["reason"])) for one in rows]


def release_by_slug(slug: str, release_id: str = "") -> Release:
    """The release shown for a survey or a source, or the one cited; UnknownFigure says when it was withdrawn."""
    releases = list(Release.objects.filter(slug=slug))
    if release_id:
        return cited(releases, release_id)
    shown = next((one for one in releases if one.is_latest and one.withdrawn_on is None), None)
    if shown is None:
        raise UnknownFigure(_("Nothing is published under this address."), is_gone=bool(releases))
    return shown
