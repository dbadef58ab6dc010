"""The demo's whole loop, in pays de Duras: a survey, its restitution, an action done and measured, a receipt to try."""

import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from consultations.actions.models import ActionSheet
from consultations.actions.nodes import SHEET, node_of
from consultations.actions.services.threading import link_needs, tie_sheet
from consultations.lineage.models import Link
from consultations.process.models import Consultation
from consultations.surveys.models import Response, Survey
from consultations.syntheses.blocks import Block
from consultations.syntheses.models import LineSource, Proposal, Synthesis
from consultations.syntheses.reading import read_synthesis
from consultations.syntheses.services import (
    adopt_synthesis,
    attach_source,
    import_synthesis,
    propose_action,
    publish_synthesis,
    take_up_proposal,
    update_synthesis,
)
from core.models import Receipt
from core.receipts import derive_code, format_code, hash_code
from core.services import issue_receipt
from demo.roles import DOMAIN
from needs.models import Need
from observatory.indicators.models import Release

SOURCE = Path(__file__).resolve().parent / "data" / "threads_duras.md"
SURVEY = "vieillir-chez-soi-65-ans"
TITLE = "Les personnes invitées aux réunions qui les concernent"
NEEDS = ("1.3.1", "1.3.1.1")
PUBLISHED, ADOPTED, TAKEN_UP = -222, -215, -208  # days from today; the survey closed on -226
SEED = "demo:receipt:duras"
SUMMARY = """Les habitants du pays de Duras ont répondu à une enquête.
Ils disent : on ne sait pas à qui demander de l’aide.
Ils disent : on décide trop souvent sans nous.
Nous proposons deux actions."""


@transaction.atomic
def load() -> None:
    """Idempotent: what is already there is left as it is."""
    survey = Survey.objects.filter(slug=SURVEY).first()
    release = Release.objects.shown().filter(subject_id=str(survey.pk)).first() if survey else None
    sheet = ActionSheet.objects.filter(title=TITLE, is_demo=True).first()
    if survey is None or release is None or sheet is None:
        return
    _restitution(survey.consultation, release, sheet)
    _tie(sheet, survey.consultation)
    _give_receipt(survey)


def _restitution(consultation: Consultation, release: Release, sheet: ActionSheet) -> None:
    """Its sentences rest on the published results; one becomes the sheet."""
    actor = User.objects.get(email=f"animatrice@{DOMAIN}")
    imported = read_synthesis(SOURCE.read_bytes(), name=SOURCE.name)
    synthesis, is_new = import_synthesis(
        actor=actor, imported=imported, file_name=SOURCE.name, consultation=consultation, is_demo=True
    )
    if not is_new:
        return
    synthesis = update_synthesis(actor=actor, synthesis=synthesis, summary=SUMMARY, held_on=_day(ADOPTED))
    for line in synthesis.lines.exclude(block=Block.KEYWORDS):
        attach_source(actor=actor, line=line, kind=LineSource.Kind.SURVEY, key=str(release.pk))
    day = _day(ADOPTED)
    adopt_synthesis(
        actor=actor, synthesis=synthesis, decision="par les habitants réunis à Duras (décision inventée).",
        adopted_on=day,
    )  # fmt: skip
    synthesis = publish_synthesis(actor=actor, synthesis=synthesis)
    line = synthesis.lines.filter(block=Block.RECOMMENDATIONS).order_by("order", "pk")[0]
    proposal = propose_action(actor=actor, line=line)
    take_up_proposal(actor=actor, proposal=proposal, node=node_of(sheet))
    _date(synthesis, proposal, release)


def _day(offset: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=offset)


def _date(synthesis: Synthesis, proposal: Proposal, release: Release) -> None:
    """The loop took time: what was said is older than what was done."""
    day = _day(ADOPTED)
    Release.objects.filter(pk=release.pk).update(released_on=_day(PUBLISHED))
    said = Link.objects.filter(target_kind="release", target_id=str(release.pk))
    (said | Link.objects.filter(source_kind="release", source_id=str(release.pk))).update(
        linked_on=_day(PUBLISHED)
    )
    Synthesis.objects.filter(pk=synthesis.pk).update(published_on=day)
    Proposal.objects.filter(pk=proposal.pk).update(proposed_on=day)
    lines = [str(key) for key in synthesis.lines.values_list("pk", flat=True)]
    nodes = [*lines, str(synthesis.pk), str(proposal.pk)]
    Link.objects.filter(source_id__in=nodes).update(linked_on=day)
    Link.objects.filter(target_id__in=lines).update(linked_on=day)


def _tie(sheet: ActionSheet, consultation: Consultation) -> None:
    if sheet.consultation_id is not None:
        return
    sheet.consultation = consultation
    sheet.save(update_fields=["consultation"])
    sheet.needs.set(Need.objects.current().filter(code__in=NEEDS))
    tie_sheet(sheet=sheet)
    link_needs(actor=None, sheet=sheet)
    Link.objects.filter(target_kind=SHEET, target_id=str(sheet.pk)).update(linked_on=_day(TAKEN_UP))


def _give_receipt(survey: Survey) -> None:
    """To someone who knew no service: the action answers what they said."""
    given = survey.responses.filter(answers__services="pas_connu").order_by("submitted_on", "pk").first()
    if given is not None:
        issue_receipt(seed=SEED, subject_kind="response", subject_id=str(given.pk), on=given.submitted_on)


def receipt_to_try() -> str:
    """The code of the demo's receipt, for the demo's door; empty when it is not loaded."""
    code = derive_code("receipt", SEED)
    known = Receipt.objects.filter(code_hash=hash_code("receipt", code), subject_kind="response").first()
    is_alive = known is not None and Response.objects.filter(pk=known.subject_id).exists()
    return format_code(code) if is_alive else ""
