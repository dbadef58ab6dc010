"""What a participant can follow afterwards: one receipt for all their cards, and the links it leads through."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from consultations.lineage.models import Link, Relation
from consultations.live.models import Participant
from consultations.workshops.lineage import CARD, CONTRIBUTION, GROUP, WORKSHOP
from consultations.workshops.models import Card, Workshop
from core.models import Receipt
from core.receipts import derive_code, hash_code
from core.services import MAX_COLLISIONS, issue_receipt

BATCH = 500


def issue_contribution_receipt(*, participant: Participant) -> str:
    """The secret code of what this device gave; the same one when asked again."""
    return issue_receipt(
        seed=_seed(participant),
        subject_kind=CONTRIBUTION,
        subject_id=str(participant.pk),
        on=timezone.localdate(participant.joined_at),
    )


def recall_contribution_receipt(*, participant: Participant) -> str | None:
    """The code already given to this device, or None."""
    for attempt in range(MAX_COLLISIONS):
        code = derive_code("receipt", _seed(participant), attempt=attempt)
        given = Receipt.objects.filter(code_hash=hash_code("receipt", code), subject_kind=CONTRIBUTION)
        if given.filter(subject_id=str(participant.pk)).exists():
            return code
    return None


def _seed(participant: Participant) -> str:
    return f"workshop:{participant.room_id}:{participant.pk}"


@transaction.atomic
def link_contributions(*, workshop: Workshop) -> int:
    """Join each device's contribution to the workshop, its cards, their needs and groups; gives how many links.

    Run at closing; running it again adds nothing.
    """
    cards = Card.objects.kept().filter(stage__workshop=workshop).select_related("need", "participant")
    links = list(dict.fromkeys(link for card in cards for link in _links(workshop, card)))
    day = timezone.localdate()
    rows = [
        Link(
            source_kind=source[0],
            source_id=source[1],
            relation=relation,
            target_kind=target[0],
            target_id=target[1],
            linked_on=day,
        )
        for source, relation, target in links
    ]
    Link.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


Node = tuple[str, str]


def _links(workshop: Workshop, card: Card) -> Iterator[tuple[Node, Relation, Node]]:
    own = (CARD, str(card.pk))
    yield own, Relation.RAISED_IN, (WORKSHOP, str(workshop.pk))
    if card.need is not None:
        yield own, Relation.CODED_AS, ("need", card.need.code)
    if card.group_id is not None:
        yield own, Relation.MERGED_INTO, (GROUP, str(card.group_id))
    if card.participant_id is not None:
        given = (CONTRIBUTION, str(card.participant_id))
        yield given, Relation.RAISED_IN, (WORKSHOP, str(workshop.pk))
        yield given, Relation.SUPPORTS, own
