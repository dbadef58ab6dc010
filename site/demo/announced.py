"""The demo's next workshop: announced, with its registrations, what to read before, and its reminders to come."""

import datetime
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from accounts.models import User
from consultations.process.models import Consultation
from consultations.workshops.models import AccessNeed, Registration, Workshop
from consultations.workshops.scenarios import SCENARIOS
from consultations.workshops.services.documents import add_document
from consultations.workshops.services.preparing import announce_workshop, create_workshop
from consultations.workshops.services.scenario import use_template
from demo.roles import DOMAIN
from demo.voices_answers import NAMESPACE

SLUG = "se-deplacer-et-se-faire-aider"
KEY = uuid.uuid5(NAMESPACE, SLUG)
FIELDS: dict[str, Any] = {
    "title": "Se déplacer, se faire aider : que faire d’ici un an ?",
    "theme": "Déplacements et répit",
    "summary": "Deux heures pour choisir ensemble ce que l’on essaie dès cette année autour de Duras et de Lauzun.",
    "easy_read_summary": "On parle du transport.\nOn parle de l’aide aux familles.\nOn choisit ensemble ce qu’on essaie.",
    "venue": "Foyer rural de Duras (démo)",
    "address": "47120 Duras",
    "access": [
        "step_free",
        "toilets",
        "parking",
        "hearing_loop",
        "easy_read",
        "transport",
        "childcare",
    ],
    "access_details": "Entrée de plain-pied. Une navette part de Lauzun à 13 h 15 : dites-le en vous inscrivant.",
    "contact": "05 00 00 00 47 (numéro inventé)",
    "facilitators": "une animatrice du Département et une habitante bénévole",
    "capacity": 15,
}
# Name, college, what they tick, what they say. The last ones wait.
EXPECTED: tuple[tuple[str, str, list[str], str], ...] = (
    ("Marthe", "residents", ["transport", "large_print"], ""),
    ("Habitant de Duras", "residents", [], ""),
    ("Jeannot", "residents", ["wheelchair"], "Je viens avec mon chien d’assistance."),
    ("Une voisine", "residents", [], ""),
    ("Le groupe du jeudi", "residents", ["easy_read", "companion"], ""),
    ("Aidante de Lauzun", "relatives", ["childcare"], ""),
    ("Fils d’un résident", "relatives", [], ""),
    ("Aidant de nuit", "relatives", [], "Je dois partir à 16 h."),
    ("Infirmière libérale", "professionals", [], ""),
    ("Aide à domicile", "professionals", [], ""),
    ("Animatrice du GEM", "professionals", ["easy_read"], ""),
    ("Référente de CMS", "professionals", [], ""),
    ("Élu de canton", "officials", [], ""),
    ("Adjointe aux solidarités", "officials", [], ""),
    ("Caisse de retraite", "funders", ["captions"], ""),
    ("Chauffeur de la navette", "others", [], ""),
    ("Habitante de Lauzun", "residents", [], ""),
)


@transaction.atomic
def load() -> None:
    """Idempotent: a workshop already there is left as it is, registrations of visitors included."""
    if Workshop.objects.filter(pk=KEY).exists():
        return
    actor = User.objects.get(email=f"animatrice@{DOMAIN}")
    with translation.override("fr"):
        _register(_prepare(actor))


def _prepare(actor: User) -> Workshop:
    consultation = Consultation.objects.get(pk=uuid.uuid5(NAMESPACE, "besoins-47"))
    starts_at = timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0)
    starts_at += datetime.timedelta(days=16)
    workshop = create_workshop(
        actor=actor,
        consultation=consultation,
        id=KEY,
        slug=SLUG,
        is_demo=True,
        starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(hours=2),
        needs=list(consultation.needs.all()[:6]),
        **FIELDS,
    )
    use_template(actor=actor, workshop=workshop, plans=list(SCENARIOS["shared_diagnosis"].stages))
    add_document(
        actor=actor,
        workshop=workshop,
        kind="link",
        title="Ce que disaient les ateliers de 2014",
        url="https://diapason47.example/syntheses/",
    )
    return announce_workshop(actor=actor, workshop=workshop)


def _register(workshop: Workshop) -> None:
    """More people than places, as `register_for_workshop` would note them; nobody is written to."""
    for index, (name, college, kinds, words) in enumerate(EXPECTED):
        is_kept = workshop.capacity is None or index < workshop.capacity
        registration = Registration.objects.create(
            id=uuid.uuid5(KEY, f"registration:{index}"),
            client_uuid=uuid.uuid5(KEY, f"form:{index}"),
            workshop=workshop,
            name=name,
            college=college,
            phone="05 00 00 00 47" if index % 2 else "",
            status=Registration.Status.CONFIRMED if is_kept else Registration.Status.WAITING,
        )
        if kinds or words:
            AccessNeed.objects.create(registration=registration, kinds=kinds, text=words)
