"""The demo's archive: a workshop of 2014, worded anew, imported, adopted and published."""

import datetime
import uuid
from pathlib import Path

from django.db import transaction

from accounts.models import User
from consultations.process.models import Consultation
from consultations.syntheses.blocks import Block
from consultations.syntheses.models import Synthesis
from consultations.syntheses.reading import read_synthesis
from consultations.syntheses.services import (
    adopt_synthesis,
    import_synthesis,
    propose_action,
    publish_synthesis,
    update_synthesis,
)
from demo.roles import DOMAIN
from demo.voices_answers import NAMESPACE

SOURCE = Path(__file__).resolve().parent / "data" / "syntheses_autonomie.md"
SUMMARY = """En 2014, des professionnels et des habitants ont parlé ensemble de l’autonomie.
Ils disent : chaque personne est différente. On part de ce qu’elle veut.
Les services doivent mieux se connaître et travailler ensemble.
Les personnes aidées doivent participer aux décisions.
Il faut de l’argent pour plusieurs années."""
PROPOSED = ("Prévoir un recouvrement", "Ouvrir des séjours de répit")


@transaction.atomic
def load() -> None:
    """Idempotent: an archive already there is left as it is."""
    actor = User.objects.get(email=f"animatrice@{DOMAIN}")
    imported = read_synthesis(SOURCE.read_bytes(), name=SOURCE.name)
    synthesis, is_new = import_synthesis(
        actor=actor, imported=imported, file_name=SOURCE.name, consultation=_consultation(), is_demo=True
    )
    if not is_new:
        return
    synthesis = update_synthesis(actor=actor, synthesis=synthesis, summary=SUMMARY)
    adopt_synthesis(
        actor=actor,
        synthesis=synthesis,
        decision="par les participants de l’atelier, à la fin de la journée.",
        adopted_on=datetime.date(2014, 4, 2),
    )
    synthesis = publish_synthesis(actor=actor, synthesis=synthesis)
    _propose(actor, synthesis)


def _consultation() -> Consultation | None:
    """The consultation that reopens the workshop of 2014."""
    return Consultation.objects.filter(pk=uuid.uuid5(NAMESPACE, "besoins-47")).first()


def _propose(actor: User, synthesis: Synthesis) -> None:
    for line in synthesis.lines.filter(block=Block.RECOMMENDATIONS, parent=None):
        if line.text.startswith(PROPOSED):
            propose_action(actor=actor, line=line)
