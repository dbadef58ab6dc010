"""The demo's syntheses: a workshop of 2014, worded anew and published; drafts of the demo's workshops."""

import datetime
import uuid
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from consultations.process.models import Consultation
from consultations.syntheses.blocks import Block
from consultations.syntheses.models import LineSource, Synthesis
from consultations.syntheses.participants import Commenter
from consultations.syntheses.reading import read_synthesis
from consultations.syntheses.services import (
    add_line,
    adopt_synthesis,
    answer_comment,
    attach_source,
    draft_from_workshop,
    give_comment,
    import_synthesis,
    moderate_comment,
    open_comments,
    propose_action,
    publish_synthesis,
    update_synthesis,
)
from consultations.syntheses.states import Actor
from consultations.workshops.models import Workshop
from demo.roles import DOMAIN
from demo.voices_answers import NAMESPACE

SOURCE = Path(__file__).resolve().parent / "data" / "syntheses_autonomie.md"
SUMMARY = """En 2014, des professionnels et des habitants ont parlé ensemble de l’autonomie.
Ils disent : chaque personne est différente. On part de ce qu’elle veut.
Les services doivent mieux se connaître et travailler ensemble.
Les personnes aidées doivent participer aux décisions.
Il faut de l’argent pour plusieurs années."""
COMMENTS = (
    ("relatives", "C’est bien ce que nous avons dit. Ajoutez que cela doit valoir aussi le week-end.",
     "Merci : ce sera ajouté avant l’adoption."),
    ("professionals", "Il manque le nom des communes où ce service existe déjà.", ""),
)  # fmt: skip
WRITTEN = (
    (Block.LEVERS, "Le transport à la demande existe : le faire connaître", "Se déplacer"),
    (Block.IMPROVEMENTS, "Redire trois fois la même chose à trois personnes", "Savoir à qui parler"),
    (Block.RECOMMENDATIONS, "Un numéro unique, tenu par une personne qui rappelle", "Savoir à qui parler"),
    (
        Block.RECOMMENDATIONS,
        "Un relais le soir et le week-end pour ceux qui aident",
        "Souffler quand on aide",
    ),
    (
        Block.USER_PARTICIPATION,
        "Des réunions l’après-midi, avec un transport pour venir",
        "Décider avec nous",
    ),
)
"""What the facilitator adds to the draft: a block, a sentence, the group of cards it rests on."""
PROPOSED = ("Prévoir un recouvrement", "Ouvrir des séjours de répit", "Créer des coordonnateurs")


@transaction.atomic
def load() -> None:
    """Idempotent: an archive already there is left as it is; so is the synthesis of a workshop."""
    actor = User.objects.get(email=f"animatrice@{DOMAIN}")
    _load_archive(actor)
    for workshop in Workshop.objects.filter(is_demo=True, status=Workshop.Status.CLOSED, synthesis=None):
        _open_draft(actor, workshop)


def _open_draft(actor: User, workshop: Workshop) -> None:
    """The draft of a workshop that is over, open to comments, with what two people said of it."""
    synthesis = draft_from_workshop(actor=actor, workshop=workshop)
    _write(actor, synthesis)
    line = synthesis.lines.exclude(block=Block.KEYWORDS).order_by("block", "order").first()
    if line is None:
        return
    open_comments(actor=actor, synthesis=synthesis, until=timezone.localdate() + datetime.timedelta(days=21))
    synthesis.refresh_from_db()
    for number, (college, text, answer) in enumerate(COMMENTS):
        comment = give_comment(
            by=Commenter(Actor.PARTICIPANT, college),
            synthesis=synthesis,
            text=text,
            client_uuid=uuid.uuid5(NAMESPACE, f"comment-{workshop.pk}-{number}"),
            line=line if number == 0 else None,
        )
        if answer:
            moderate_comment(actor=actor, comment=comment, is_shown=True)
            answer_comment(actor=actor, comment=comment, answer=answer)


def _write(actor: User, synthesis: Synthesis) -> None:
    for block, text, group in WRITTEN:
        found = LineSource.objects.filter(
            line__synthesis=synthesis, kind=LineSource.Kind.GROUP, label=group
        ).first()
        if found is not None:
            line = add_line(actor=actor, synthesis=synthesis, block=block, text=text)
            attach_source(actor=actor, line=line, kind=found.kind, key=found.key)


def _load_archive(actor: User) -> None:
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
