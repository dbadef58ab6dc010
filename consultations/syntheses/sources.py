"""What a line may rest on: the cards and groups of its workshop, published indicators and survey results."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from consultations.syntheses.blocks import Block
from consultations.syntheses.models import LineSource, Synthesis
from consultations.workshops.models import Card, Group
from observatory.indicators.models import Indicator, PublishedCell, Release

Choice = tuple[str, str]
SURVEY = "survey"
SPOKEN = [code for code in Block.values if code != Block.KEYWORDS]
MOST = 300


def find_source(synthesis: Synthesis, kind: str, key: str) -> str | None:
    """The words of a source, or None when it is not one this synthesis may cite."""
    if kind == LineSource.Kind.INDICATOR:
        return _published_indicators().filter(code=key).values_list("title", flat=True).first()
    if kind not in LineSource.Kind.values or not _is_uuid(key):
        return None
    if kind == LineSource.Kind.SURVEY:
        return (
            Release.objects.shown()
            .filter(subject_kind=SURVEY, pk=key)
            .values_list("title", flat=True)
            .first()
        )
    if kind == LineSource.Kind.CARD:
        found = _read_cards(synthesis).filter(pk=key)
        return found.values_list("text", flat=True).first() if synthesis.workshop_id else None
    groups = live_groups(synthesis).filter(pk=key)
    return groups.values_list("name", flat=True).first()


def _read_cards(synthesis: Synthesis) -> QuerySet[Card]:
    """The cards that count and whose words were not erased."""
    return Card.objects.kept().filter(stage__workshop=synthesis.workshop_id).exclude(text="")


def _is_uuid(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True


def live_groups(synthesis: Synthesis) -> QuerySet[Group]:
    """The groups that stand on the boards of the workshop; none without one."""
    if synthesis.workshop_id is None:
        return Group.objects.none()
    return Group.objects.filter(stage__workshop=synthesis.workshop_id, removed=False, merged_into=None)


def _published_indicators() -> QuerySet[Indicator]:
    published = PublishedCell.objects.filter(release__is_latest=True, release__withdrawn_on=None)
    return Indicator.objects.filter(code__in=published.values("indicator_code"))


def group_choices(synthesis: Synthesis) -> Sequence[Choice]:
    """Groups, the largest first."""
    kept = Count(
        "cards", filter=Q(cards__withdrawn=False, cards__hidden_reason="") & ~Q(cards__late="waiting")
    )
    rows = live_groups(synthesis).annotate(size=kept).order_by("-size", "name", "pk")[:MOST]
    return [(f"group:{group.pk}", f"{group.name} ({group.size})") for group in rows]


def card_choices(synthesis: Synthesis) -> Sequence[Choice]:
    """Cards, in the order they were written."""
    if synthesis.workshop_id is None:
        return []
    cards = _read_cards(synthesis).order_by("order", "pk")
    return [(f"card:{pk}", text) for pk, text in cards.values_list("pk", "text")[:MOST]]


def indicator_choices() -> Sequence[Choice]:
    """Published indicators, by title."""
    rows = _published_indicators().order_by("title", "code").values_list("code", "title")[:MOST]
    return [(f"indicator:{code}", title) for code, title in rows]


def survey_choices() -> Sequence[Choice]:
    """Published results of surveys, the latest first."""
    rows = Release.objects.shown().filter(subject_kind=SURVEY).order_by("-released_on", "title")
    return [(f"survey:{pk}", title) for pk, title in rows.values_list("pk", "title")[:MOST]]


def unused_cards(synthesis: Synthesis) -> list[Card]:
    """Cards that count and that no line cites, by themselves or by their group: nothing said is lost."""
    if synthesis.workshop_id is None:
        return []
    cited = LineSource.objects.filter(line__synthesis=synthesis, line__is_removed=False)
    groups = cited.filter(kind=LineSource.Kind.GROUP).values_list("key", flat=True)
    cards = _read_cards(synthesis).exclude(stage__kind="feedback")
    own = set(cited.filter(kind=LineSource.Kind.CARD, line__block__in=SPOKEN).values_list("key", flat=True))
    left = cards.exclude(group__in=list(groups)).select_related("group").order_by("order", "pk")
    return [card for card in left if str(card.pk) not in own][:MOST]
