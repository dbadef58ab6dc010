"""Syntheses in every state, and a workshop with its cards, groups and votes."""

import datetime
import itertools

from django.utils import timezone

from accounts.models import Role, User
from consultations.live.models import Participant, Room
from consultations.process.models import Consultation
from consultations.syntheses.document import Document, Item
from consultations.syntheses.models import Synthesis, SynthesisLine
from consultations.syntheses.services import create_synthesis
from consultations.workshops.models import Card, Group, Stage, Vote, Workshop
from tests.factories.process import ConsultationFactory, person

_numbers = itertools.count(1)
DAY = datetime.date(2026, 3, 2)


def facilitator_of(consultation: Consultation) -> User:
    return person(Role.FACILITATOR, on=consultation.territory)


def synthesis_with(
    *texts: str, block: str = "recommendations", consultation: Consultation | None = None
) -> Synthesis:
    """A draft of a public consultation, with these sentences."""
    place = consultation or ConsultationFactory(status="published")
    document = Document(
        f"Atelier {next(_numbers)}", held_on=DAY, blocks={block: tuple(Item(text) for text in texts)}
    )
    return create_synthesis(actor=None, document=document, consultation=place)


def line_of(synthesis: Synthesis, text: str) -> SynthesisLine:
    return synthesis.lines.get(text=text)


class Board:
    """A workshop that is over: write, group, vote."""

    def __init__(self, consultation: Consultation | None = None, *, question: str = "Que faire ?") -> None:
        place = consultation or ConsultationFactory(status="published")
        start = timezone.make_aware(datetime.datetime(2026, 3, 2, 14))
        self.workshop = Workshop.objects.create(
            consultation=place,
            slug=f"atelier-{next(_numbers)}",
            title="Vieillir ici",
            theme="Autonomie",
            territory=place.territory,
            starts_at=start,
            ends_at=start + datetime.timedelta(hours=2),
            status=Workshop.Status.CLOSED,
        )
        self.room = Room.objects.create(
            kind="workshop", key=str(self.workshop.pk), code=f"R{next(_numbers):05}"
        )
        self.write = self.stage("write", question)
        self.sort = self.stage("group", "Rassembler", source=self.write)
        self.vote_stage = self.stage("dots", "Ce qui compte", source=self.sort)

    def stage(self, kind: str, title: str, **fields: object) -> Stage:
        order = self.workshop.stages.count()
        return Stage.objects.create(workshop=self.workshop, kind=kind, title=title, order=order, **fields)

    def people(self, count: int, college: str = "residents", device: str = "phone") -> list[Participant]:
        return [
            Participant.objects.create(
                room=self.room, college=college, device=device, token_hash=f"hash-{next(_numbers)}"
            )
            for _each in range(count)
        ]

    def group(self, name: str, *texts: str) -> Group:
        group = Group.objects.create(stage=self.sort, name=name, order=next(_numbers))
        for text in texts:
            self.card(text, group=group)
        return group

    def card(self, text: str, **fields: object) -> Card:
        given = {"stage": self.write, "college": "residents", "order": next(_numbers), **fields}
        return Card.objects.create(text=text, **given)

    def votes(self, target: Group | Card, people: list[Participant], points: int = 1) -> None:
        kind = {"group": target} if isinstance(target, Group) else {"card": target}
        for one in people:
            Vote.objects.create(stage=self.vote_stage, participant=one, points=points, **kind)
