"""The demo's workshops: one held, whose cards wait for a synthesis, and one open now, to try. All invented."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone, translation

from accounts.models import User
from consultations.live.models import Participant, Room
from consultations.live.registries import Role, Viewer
from consultations.live.services import join_room, perform
from consultations.process.models import Consultation
from consultations.workshops.models import Stage, Workshop
from consultations.workshops.scenarios import SCENARIOS
from consultations.workshops.services.running import close_workshop, open_workshop
from demo.roles import DOMAIN
from demo.voices_answers import NAMESPACE
from demo.workshops_story import DOTS, GROUPS, OPEN_CARDS, PAPER, TABLES
from needs.models import Need

HELD, OPEN = "atelier-vivre-comme-on-veut", "atelier-de-quoi-avez-vous-besoin"
VENUE = {
    "access": ["step_free", "toilets", "parking", "bus", "easy_read", "transport"],
    "access_details": "Entrée de plain-pied par la cour. Une personne vous accueille dès 13 h 30.",
    "contact": "05 00 00 00 47 (numéro inventé)",
    "capacity": 60,
    "is_demo": True,
}


def load() -> None:
    """Idempotent: a workshop already there is left as it is, with what visitors did in it."""
    actor = User.objects.get(email=f"animatrice@{DOMAIN}")
    with translation.override("fr"):
        if not Workshop.objects.filter(pk=_key(HELD)).exists():
            _load_held(actor)
        if not Workshop.objects.filter(pk=_key(OPEN)).exists():
            _load_open(actor)


def _key(name: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, name)


def _workshop(slug: str, consultation: str, starts_at: datetime.datetime, **fields: str) -> Workshop:
    found = Consultation.objects.get(pk=uuid.uuid5(NAMESPACE, consultation))
    workshop = Workshop.objects.create(
        pk=_key(slug),
        slug=slug,
        consultation=found,
        territory=found.territory,
        starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(hours=2),
        status=Workshop.Status.ANNOUNCED,
        announced_at=starts_at - datetime.timedelta(days=20),
        **VENUE,
        **fields,
    )
    workshop.needs.set(
        Need.objects.filter(code__in=["1.3.4.2", "1.E.3", "1.3.2.1", "1.2.1.4"], valid_to=None)
    )
    made: list[Stage] = []
    for order, plan in enumerate(SCENARIOS["shared_diagnosis"].stages, start=1):
        source = made[plan.source] if plan.source is not None else None
        made.append(
            Stage.objects.create(
                workshop=workshop,
                order=order,
                kind=plan.kind,
                title=str(plan.title),
                instruction=str(plan.instruction),
                easy_read=str(plan.easy_read),
                minutes=plan.minutes,
                settings=dict(plan.settings),
                source=source,
            )
        )
    return workshop


class Play:
    """Verbs performed one after the other, as people in the room would."""

    def __init__(self, actor: User, workshop: Workshop, room: Room) -> None:
        self.room, self.facilitator = room, Viewer(Role.FACILITATOR, user=actor)
        self.stages: Sequence[Stage] = list(workshop.stages.order_by("order"))
        self.tables = [self._join(index) for index in range(len(TABLES))]
        self.name, self.count = workshop.slug, 0

    def _join(self, index: int) -> Viewer:
        table = TABLES[index]
        participant: Participant = join_room(
            room=self.room,
            college=table.college,
            display_name=table.name,
            device=table.device,
            headcount=table.people,
            table=str(index + 1) if table.people > 1 else "",
        ).participant
        return Viewer(Role.PARTICIPANT, participant=participant)

    def do(self, viewer: Viewer, verb: str, **data: object) -> dict[str, str]:
        self.count += 1
        key = uuid.uuid5(NAMESPACE, f"{self.name}:{self.count}")
        plain = {name: str(value) if isinstance(value, uuid.UUID) else value for name, value in data.items()}
        return perform(room=self.room, viewer=viewer, verb=verb, data=plain, client_uuid=key).result

    def lead(self, verb: str, **data: object) -> dict[str, str]:
        return self.do(self.facilitator, verb, **data)


@transaction.atomic
def _load_held(actor: User) -> None:
    day = timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0)
    workshop = _workshop(
        HELD,
        "besoins-47",
        day - datetime.timedelta(days=12),
        title="Atelier : vivre comme on veut, avec de l’aide",
        theme="Autonomie",
        summary="Habitants, proches, professionnels, élus et financeurs ont dit ce qui empêche de vivre comme "
        "on veut, et ce qui compte le plus.",
        easy_read_summary="Nous avons parlé de l’aide pour vivre comme on veut.\nChacun a dit ses idées.",
        venue="Salle des Jacobins (démo)",
        address="Agen",
    )
    play = Play(actor, workshop, open_workshop(actor=actor, workshop=workshop))
    _write_and_sort(play)
    close_workshop(actor=actor, workshop=workshop)
    Workshop.objects.filter(pk=workshop.pk).update(closed_at=workshop.ends_at)


def _write_and_sort(play: Play) -> None:
    """The first three stages: cards, groups, dots."""
    _welcome, write, group, dots, *_rest = play.stages
    play.lead("stage.start", stage=write.pk)
    cards = [
        [
            play.do(play.tables[table], "card.add", stage=write.pk, text=text, need=need, level=level)["card"]
            for table, text, need, level in said
        ]
        for _name, said in GROUPS
    ]
    paper = {"stage": write.pk, "text": PAPER, "mode": "paper", "college": "residents"}
    cards[1].append(play.lead("card.add_for", **paper)["card"])
    play.lead("cards.reveal", stage=write.pk)
    play.lead("stage.start", stage=group.pk)
    groups = [
        play.lead("group.create", stage=group.pk, name=name, cards=keys)["group"]
        for (name, _said), keys in zip(GROUPS, cards, strict=True)
    ]
    play.lead("stage.start", stage=dots.pk)
    for table, points in zip(play.tables, DOTS, strict=True):
        votes = [
            {"target": key, "points": number} for key, number in zip(groups, points, strict=True) if number
        ]
        play.do(table, "ballot.set", stage=dots.pk, votes=votes)
    play.lead("cards.reveal", stage=dots.pk)


@transaction.atomic
def _load_open(actor: User) -> None:
    now = timezone.localtime().replace(second=0, microsecond=0)
    workshop = _workshop(
        OPEN,
        "besoins-47",
        now - datetime.timedelta(minutes=20),
        title="Atelier : de quoi avez-vous besoin ici ?",
        theme="Vie quotidienne",
        summary="Un atelier ouvert maintenant, pour essayer : entrez avec son code, écrivez une carte, votez.",
        easy_read_summary="Cet atelier est ouvert.\nVous pouvez entrer et écrire une idée.",
        venue="Salle des fêtes (démo)",
        address="Villeneuve-sur-Lot",
    )
    play = Play(actor, workshop, open_workshop(actor=actor, workshop=workshop))
    write = play.stages[1]
    play.lead("stage.start", stage=write.pk)
    for table, text in OPEN_CARDS:
        play.do(play.tables[table], "card.add", stage=write.pk, text=text)
    play.do(play.tables[4], "signal.set", kind="floor")
