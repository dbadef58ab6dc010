"""Requests for help of the demo story, in each state; fictional people, numbers that ring nowhere."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.services import issue_receipt
from demo.roles import BY_KEY
from directory.models import Service
from needs.selectors import needs_by_code
from orientation.models import Coordination, HelpRequest, Sending
from orientation.selectors.offers import epci_of
from orientation.services.asking import RECEIPT
from territories.models import Territory

SPACE = uuid.UUID("5b6f8f1e-2a49-4f0e-9d63-0e7b7a4c0047")
COUNTER = "referente-cms"
DETAILS = (
    ("Josette", "Je n’arrive plus à faire mes courses ni mon ménage depuis ma chute."),
    ("Pierre", "Ma femme a la maladie d’Alzheimer. Je suis fatigué, j’ai besoin de souffler un peu."),
    ("Amélie", ""),
    ("", "Mon père rentre de l’hôpital jeudi. Il vit seul."),
    ("Marcel", "Je suis seul depuis le décès de mon épouse."),
)
ANSWERS = {
    "accepted": "Nous vous appelons cette semaine pour convenir d’un rendez-vous chez vous.",
    "studying": "Nous regardons avec l’équipe si un passage est possible le matin.",
    "full": "Il n’y a plus de place avant deux mois. Nous gardons votre demande en liste d’attente si vous le souhaitez.",
    "refused": "Votre commune n’est pas dans notre secteur. Le centre médico-social peut vous aider.",
}


@dataclass(frozen=True)
class Told:
    """One request: where, about what, to whom, and where it stands."""

    commune: str
    needs: tuple[str, ...]
    services: tuple[tuple[str, str], ...]
    days: int
    age: str = "senior"
    at_counter: bool = False


STORY = (
    Told("47001", ("1.E.3", "1.E.1"), (("accueil-autonomie-agen", "sent"), ("accueil-jour-agen", "accepted")), 3),
    Told("47001", ("1.E.1",), (("accueil-jour-agen", "sent"),), 1),
    Told("47001", ("1.E.1", "1.E.7"), (("accueil-jour-agen", "studying"),), 6),
    Told("47001", ("1.3.1.1",), (("accueil-autonomie-agen", "seen"),), 12, "adult"),
    Told("47001", ("1.3.2.1",), (("savs-agen", "full"), ("accueil-autonomie-agen", "accepted")), 20, "adult", True),
    Told("47001", ("1.E.4", "1.E.3"), (("accueil-autonomie-agen", "refused"), ("accueil-jour-agen", "expired")), 40,
         "senior", True),
    Told("47001", ("1.E.2",), (("accueil-autonomie-agen", "withdrawn"),), 15),
)  # fmt: skip
PAST = ("accepted", "accepted", "refused", "accepted", "full", "accepted", "expired", "accepted")
"""Requests of the months before, so that the figures of the year have something to show."""
MANY = 48


@transaction.atomic
def load() -> None:
    """Create what is missing; what was done by hand since is left as it is."""
    services = {one.slug: one for one in Service.objects.select_related("organisation")}
    for number, told in enumerate(STORY):
        _load(number, told, services)
    for number in range(MANY):
        target = ("accueil-jour-agen", "accueil-autonomie-agen", "savs-agen")[number % 3]
        needs = (("1.E.1",), ("1.3.1.1", "1.E.3"), ("1.3.2.1",))[number % 3]
        told = Told(
            "47001", needs, ((target, PAST[number % len(PAST)]),), 45 + 6 * number, at_counter=number % 4 == 0
        )
        _load(100 + number, told, services)


def _load(number: int, told: Told, services: dict[str, Service]) -> None:
    key = uuid.uuid5(SPACE, str(number))
    if HelpRequest.objects.filter(client_key=key).exists():
        return
    day = timezone.localdate() - datetime.timedelta(days=told.days)
    name, words = DETAILS[number % len(DETAILS)]
    commune = Territory.objects.current().get(level_id="commune", code=told.commune)
    agent = User.objects.filter(email=BY_KEY[COUNTER].email).first() if told.at_counter else None
    counter = services["accueil-autonomie-agen"].organisation if told.at_counter else None
    made = HelpRequest.objects.create(
        client_key=key,
        created_on=day,
        origin="counter" if told.at_counter else "alone",
        counter=counter,
        recorded_by=agent,
        age=told.age,
        commune=commune,
        epci=epci_of(commune),
        reach="phone",
        contact=f"06 00 00 {number // 100:02d} {number % 100:02d}",
        first_name=name,
        words=words,
        consent_words="J’accepte que cette demande soit transmise aux services que j’ai choisis.",
        consent_said="aloud" if told.at_counter else "written",
        consent_on=day,
        is_demo=True,
    )
    made.needs.set(needs_by_code(told.needs).values())
    for slug, state in told.services:
        _send(made, services[slug], state, day)
    issue_receipt(seed=str(key), subject_kind=RECEIPT, subject_id=str(made.pk), on=day)
    if {state for _slug, state in told.services} == {"refused", "expired"}:
        Coordination.objects.create(
            help_request=made, why="unanswered", asked_on=timezone.localdate(), asked_by=agent
        )


def _send(made: HelpRequest, service: Service, state: str, day: datetime.date) -> None:
    today = timezone.localdate()
    answered = state in {"accepted", "studying", "refused", "full"}
    moved = {"sent": day, "expired": day + datetime.timedelta(days=30)}.get(state)
    after = min(today, day + datetime.timedelta(days=2 + made.contact.count("0") % 5))
    Sending.objects.create(
        help_request=made,
        service=service,
        state=state,
        sent_on=day,
        seen_on=None if state in {"sent", "expired"} else after,
        moved_on=moved or after,
        answered_on=after if answered else None,
        refusal="area" if state == "refused" else "",
        answer=ANSWERS.get(state, ""),
    )
