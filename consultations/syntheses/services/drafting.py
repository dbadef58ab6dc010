"""The first draft of a synthesis, from what a workshop put together and voted."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.syntheses.blocks import Block, block_announced, blocks_named
from consultations.syntheses.document import Document, clean
from consultations.syntheses.keywords import propose_keywords
from consultations.syntheses.models import LineSource, Synthesis, SynthesisLine
from consultations.syntheses.services.writing import create_synthesis
from consultations.workshops.models import Card, Group, Stage, Vote, Workshop
from core.services import record_audit
from core.text import fold

MAX_CARD_SOURCES = 100
# What the question of a stage asks for, by the words it is asked with; the facilitator moves what is misplaced.
ASKED = (
    (Block.USER_PARTICIPATION, ("participation", "prendre part", "take part", "associer les usagers")),
    (
        Block.RECOMMENDATIONS,
        ("faire", "essayer", "proposer", "proposition", "preconis", "recommand", "commencer", "should we do",
         "should be done", "could we", "could try"),
    ),
    (Block.IMPROVEMENTS, ("amelior", "devrait etre mieux", "manque", "faible", "frein", "should be better")),
    (Block.LEVERS, ("marche", "fonctionne", "positif", "levier", "atout", "force", "works")),
)  # fmt: skip


@transaction.atomic
def draft_from_workshop(*, actor: User, workshop: Workshop) -> Synthesis:
    """The synthesis of a workshop: one line by group, the most voted first, each joined to its cards.

    Asked again, the same synthesis. Refused while the workshop still runs.
    """
    known = Synthesis.objects.filter(workshop=workshop).first()
    if known is not None:
        return known
    if workshop.status not in {Workshop.Status.CLOSED, Workshop.Status.SYNTHESIS}:
        raise ValidationError(_("Close the workshop first: its synthesis is made from what it ends with."))
    document = Document(clean(workshop.title), "", clean(workshop.theme), day_held(workshop))
    synthesis = create_synthesis(actor=actor, document=document, workshop=workshop, is_demo=workshop.is_demo)
    synthesis.summary = workshop.easy_read_summary
    synthesis.save(update_fields=["summary"])
    cards = list(
        Card.objects.kept()
        .filter(stage__workshop=workshop)
        .exclude(stage__kind=Stage.Kind.FEEDBACK)
        .select_related("stage")
        .order_by("order", "pk")
    )
    lines = [*_from_groups(synthesis, workshop, cards), *_from_keywords(synthesis, cards)]
    _store(lines)
    record_audit(actor=actor, verb="synthesis_drafted", target=synthesis, changes={"lines": len(lines)})
    return synthesis


def day_held(workshop: Workshop) -> datetime.date:
    """The day planned, or the day it ended when the room was held earlier: nothing is adopted before it."""
    ended = timezone.localdate(workshop.closed_at)
    return min(workshop.starts_on, ended)


Drafted = tuple[SynthesisLine, list[tuple[str, str, str]]]


def _from_groups(synthesis: Synthesis, workshop: Workshop, cards: list[Card]) -> list[Drafted]:
    """One line by group and by voted card that no group took, in each block by votes, then by cards."""
    groups = Group.objects.filter(stage__workshop=workshop, removed=False, merged_into=None).order_by(
        "order", "pk"
    )
    inside: dict[UUID, list[Card]] = defaultdict(list)
    for card in cards:
        if card.group_id:
            inside[card.group_id].append(card)
    points = _points(workshop)
    found: list[tuple[str, int, int, Drafted]] = []
    for group in groups:
        own = inside[group.pk]
        score = points[group.pk] + sum(points[card.pk] for card in own)
        if own:
            line = SynthesisLine(
                synthesis=synthesis, block=block_asked(own[0].stage.title), text=clean(group.name)
            )
            found.append(
                (line.block, score, len(own), (line, [(LineSource.Kind.GROUP, str(group.pk), group.name)]))
            )
    for card in cards:
        if card.group_id is None and points[card.pk]:
            line = SynthesisLine(
                synthesis=synthesis, block=block_asked(card.stage.title), text=clean(card.text)
            )
            found.append(
                (line.block, points[card.pk], 1, (line, [(LineSource.Kind.CARD, str(card.pk), card.text)]))
            )
    found.sort(key=lambda each: (-each[1], -each[2], each[3][0].text))
    return [drafted for _block, _score, _count, drafted in found if drafted[0].text]


def _from_keywords(synthesis: Synthesis, cards: list[Card]) -> list[Drafted]:
    texts = {str(card.pk): card.text for card in cards}
    return [
        (
            SynthesisLine(synthesis=synthesis, block=Block.KEYWORDS, text=keyword.text),
            [(LineSource.Kind.CARD, key, texts[key]) for key in keyword.cards[:MAX_CARD_SOURCES]],
        )
        for keyword in propose_keywords(texts)
    ]


def _store(lines: Iterable[Drafted]) -> None:
    orders: dict[str, int] = defaultdict(int)
    for line, sources in lines:
        line.order = orders[line.block]
        orders[line.block] += 1
        line.full_clean(exclude=["synthesis"])
        line.save()
        LineSource.objects.bulk_create(
            LineSource(line=line, kind=kind, key=key, label=label[:300]) for kind, key, label in sources
        )


def _points(workshop: Workshop) -> dict[UUID, int]:
    """Points of each card and group over every stage of dots and scores; a table's score is that of its people."""
    found: dict[UUID, int] = defaultdict(int)
    votes = Vote.objects.filter(
        stage__workshop=workshop, stage__kind__in=(Stage.Kind.DOTS, Stage.Kind.SCORES)
    )
    for vote in votes.select_related("stage", "participant").order_by("pk"):
        people = max(1, vote.participant.headcount) if vote.stage.kind == Stage.Kind.SCORES else 1
        if vote.target_id:
            found[vote.target_id] += vote.points * people
    return found


def block_asked(question: str) -> str:
    """The block that a stage's question fills: its heading when it is one, else the words it asks with."""
    named = blocks_named(question)
    if len(named) == 1:
        return named[0]
    if announced := block_announced(question):
        return announced
    folded = fold(question)
    return next(
        (block for block, words in ASKED if any(word in folded for word in words)), Block.SALIENT_POINTS
    )
