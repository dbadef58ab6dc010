"""Workshops and their rooms, at any moment of their life."""

import datetime
import itertools
import uuid
from typing import Any

from django.utils import timezone

from accounts.models import Role, User
from consultations.live.models import Participant, Room
from consultations.live.registries import Role as RoomRole
from consultations.live.registries import Viewer
from consultations.live.services import join_room, open_room, perform
from consultations.process.models import Consultation
from consultations.workshops.models import Stage, Workshop
from tests.factories.process import ConsultationFactory, person

_numbers = itertools.count(1)


def workshop(status: str = Workshop.Status.ANNOUNCED, **fields: Any) -> Workshop:
    """A workshop of a published consultation, in two days from now, for two hours."""
    starts_at = timezone.now().replace(microsecond=0) + datetime.timedelta(days=2)
    consultation = fields.pop("consultation", None) or ConsultationFactory(
        status=Consultation.Status.PUBLISHED
    )
    values = {
        "title": "Atelier autonomie",
        "slug": f"atelier-{next(_numbers)}",
        "consultation": consultation,
        "territory": consultation.territory,
        "venue": "Salle des fêtes",
        "address": "1 place du Foirail, Duras",
        "access_details": "Entrée de plain-pied côté parking.",
        "contact": "05 53 00 00 00",
        "starts_at": starts_at,
        "ends_at": starts_at + datetime.timedelta(hours=2),
        "status": status,
    }
    return Workshop.objects.create(**{**values, **fields})


def add_stage(of: Workshop, kind: str, **fields: Any) -> Stage:
    """A stage at the end of the scenario."""
    order = of.stages.count() + 1
    values = {"title": f"Étape {order}", "kind": kind, "order": order, "minutes": 10}
    return Stage.objects.create(workshop=of, **{**values, **fields})


def facilitator_of(of: Workshop) -> User:
    return person(Role.FACILITATOR, on=of.consultation.territory)


class OpenRoom:
    """An open workshop with a write, a group and a vote stage, a facilitator and a few participants."""

    def __init__(self, participants: int = 2, **settings: dict[str, Any]) -> None:
        self.workshop = workshop(Workshop.Status.OPEN)
        self.write = add_stage(self.workshop, Stage.Kind.WRITE, settings=settings.get("write", {}))
        self.group = add_stage(
            self.workshop, Stage.Kind.GROUP, settings=settings.get("group", {}), source=self.write
        )
        self.dots = add_stage(
            self.workshop, Stage.Kind.DOTS, settings=settings.get("dots", {}), source=self.group
        )
        self.rank = add_stage(
            self.workshop, Stage.Kind.RANK, settings=settings.get("rank", {}), source=self.group
        )
        self.room = open_room(kind="workshop", key=str(self.workshop.pk))
        self.user = facilitator_of(self.workshop)
        self.facilitator = Viewer(RoomRole.FACILITATOR, user=self.user)
        self.projector = Viewer(RoomRole.PROJECTOR, user=self.user)
        self.people = [self.join() for _index in range(participants)]

    def join(self, college: str = "residents", **fields: Any) -> Viewer:
        participant: Participant = join_room(room=self.room, college=college, **fields).participant
        return Viewer(RoomRole.PARTICIPANT, participant=participant)

    def do(self, viewer: Viewer, verb: str, **data: Any) -> dict[str, Any]:
        """Perform a verb as a socket or a form would."""
        plain = {name: str(value) if isinstance(value, uuid.UUID) else value for name, value in data.items()}
        room = Room.objects.get(pk=self.room.pk)
        return perform(room=room, viewer=viewer, verb=verb, data=plain, client_uuid=uuid.uuid4()).result

    def lead(self, verb: str, **data: Any) -> dict[str, Any]:
        """Perform a verb as the facilitator."""
        return self.do(self.facilitator, verb, **data)
