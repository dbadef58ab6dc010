"""From the first page to a response: drafts, short codes, and one submission whatever is repeated."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.surveys.definition import Definition, QuestionRole, QuestionType
from consultations.surveys.flow import Answer, check_answers
from consultations.surveys.models import Draft, Helper, Invitation, Mode, Response, Survey, SurveyVersion
from consultations.surveys.permissions import can_answer_survey
from consultations.surveys.selectors import find_communes, load_definition
from consultations.surveys.services.projection import ask_projection
from core.receipts import derive_code, hash_code
from core.services import MAX_COLLISIONS, issue_receipt

DRAFT_DAYS = 30
SUBJECT = "response"


@dataclass(frozen=True)
class SubmissionResult:
    """The response kept, the secret code of its receipt, and whether this call created it."""

    response: Response
    receipt_code: str
    created: bool


class InvitationRefused(ValidationError):
    """The survey asks for an invitation, and this code is missing, used, expired or of another survey."""


def start_draft(*, survey: Survey, mode: str, helper: str, language: str) -> Draft:
    """An empty draft on the current version, found by its browser or by its short code."""
    if not can_answer_survey(None, survey):
        raise PermissionDenied
    mode, helper = clean_mode(mode, helper)
    draft = Draft(
        version=survey.current_version,
        mode=mode,
        helper=helper,
        language=language[:5],
        expires_on=expiry(survey),
    )
    for _attempt in range(MAX_COLLISIONS):
        draft.client_uuid = uuid.uuid4()
        draft.code_hash = hash_code("draft", draft_code(draft))
        try:
            with transaction.atomic():
                draft.save(force_insert=True)
        except IntegrityError:
            continue
        return draft
    raise RuntimeError(f"No free draft code after {MAX_COLLISIONS} attempts.")


def draft_code(draft: Draft) -> str:
    """The short code by which the draft can be resumed: derived under the secret key, never stored."""
    return derive_code("draft", str(draft.client_uuid))


def expiry(survey: Survey) -> datetime.date:
    """Thirty days from now, and never after the survey closes."""
    last = timezone.localdate() + datetime.timedelta(days=DRAFT_DAYS)
    return min([last, *filter(None, [survey.closes_on, survey.consultation.ends_on])])


def clean_mode(mode: str, helper: str) -> tuple[str, str]:
    """Known values only; someone who answers alone has no helper."""
    mode = mode if mode in Mode.values else Mode.ALONE
    return mode, helper if mode != Mode.ALONE and helper in Helper.values else Helper.NONE


def save_draft_response(*, draft: Draft, answers: Mapping[str, Answer]) -> Draft:
    """Keep the answers given so far; what they are worth is checked again when they are sent."""
    draft.answers = dict(answers)
    draft.expires_on = max(draft.expires_on, expiry(draft.version.survey))
    if not Draft.objects.filter(pk=draft.pk).update(answers=draft.answers, expires_on=draft.expires_on):
        raise Draft.DoesNotExist
    return draft


def forget_draft(*, draft: Draft) -> None:
    """Delete what was not sent, because the person asks."""
    draft.delete()


def resume_draft(*, code: str) -> Draft | None:
    """The draft of a canonical code if it is still there. Guesses are counted by the caller."""
    return (
        Draft.objects.select_related("version__survey__consultation")
        .defer("version__definition", "version__survey__draft")
        .filter(code_hash=hash_code("draft", code), expires_on__gte=timezone.localdate())
        .first()
    )


def is_expired(*, code: str) -> bool:
    """True for the code of a draft past its date and not purged yet."""
    return Draft.objects.filter(
        code_hash=hash_code("draft", code), expires_on__lt=timezone.localdate()
    ).exists()


def submit_response(
    *,
    version: SurveyVersion,
    client_uuid: uuid.UUID,
    answers: Mapping[str, Any],
    mode: str = Mode.ALONE,
    helper: str = Helper.NONE,
    audience: str = "",
    language: str = "fr",
    invitation: str = "",
    on: datetime.date | None = None,
) -> SubmissionResult:
    """Keep one response; sending it again with the same `client_uuid` gives the first one and its receipt.

    Raises ValidationError, by question code, when answers are missing or wrong. `on` is the day it was
    given, for paper and imports; it may be in the past and never leaves the survey's dates.
    """
    survey = version.survey
    day = on or timezone.localdate()
    definition = load_definition(version)
    try:
        _require_open(survey, day, invitation)
        kept, places = validate_answers(definition, answers)
    except (PermissionDenied, ValidationError):
        if known := _find(survey, client_uuid):  # sent again after the survey closed, or changed since
            return _known(known)
        raise
    columns = role_columns(definition, kept, {"mode": mode, "helper": helper, "audience": audience})
    territory = definition.with_role(QuestionRole.TERRITORY)
    response = Response(
        survey=survey,
        version=version,
        client_uuid=client_uuid,
        answers=kept,
        territory_id=places.get(str(kept.get(territory.code))) if territory else None,
        language=language[:5],
        submitted_on=day,
        **columns,
    )
    return _insert(response, invitation)


def _require_open(survey: Survey, day: datetime.date, invitation: str) -> None:
    if day > timezone.localdate() or not can_answer_survey(None, survey, day):
        raise PermissionDenied
    if survey.access == Survey.Access.INVITED and not invitation:
        raise InvitationRefused(_("This survey asks for an invitation."))


def _insert(response: Response, invitation: str) -> SubmissionResult:
    """Insert the response, its receipt and its projection together, or give the one that came first."""
    try:
        with transaction.atomic():
            response.save(force_insert=True)
            if invitation:
                _spend(response.survey, invitation)
            code = _receipt(response)
            _erase_draft(response)
            transaction.on_commit(ask_projection)
    except IntegrityError:
        known = _find(response.survey, response.client_uuid)
        if known is None:
            raise
        return _known(known)
    return SubmissionResult(response, code, created=True)


def recall_receipt(*, survey: Survey, client_uuid: uuid.UUID) -> str | None:
    """The receipt's code given when this was sent, or None when nothing was."""
    response = _find(survey, client_uuid)
    return _receipt(response) if response else None


def _find(survey: Survey, client_uuid: uuid.UUID) -> Response | None:
    try:
        return Response.objects.get(survey_id=survey.pk, client_uuid=client_uuid)
    except Response.DoesNotExist:
        return None


def _known(response: Response) -> SubmissionResult:
    _erase_draft(response)
    return SubmissionResult(response, _receipt(response), created=False)


def _erase_draft(response: Response) -> None:
    """Asked first, because deleting reads whole rows and most questionnaires on one page have no draft."""
    drafts = Draft.objects.filter(client_uuid=response.client_uuid)
    if drafts.exists():
        drafts.delete()


def _receipt(response: Response) -> str:
    return issue_receipt(
        seed=f"{response.survey_id}:{response.client_uuid}",
        subject_kind=SUBJECT,
        subject_id=str(response.pk),
        on=response.submitted_on,
    )


def _spend(survey: Survey, code: str) -> None:
    """Use an invitation once; the row keeps no day and nothing of the response."""
    still = Q(batch__expires_on=None) | Q(batch__expires_on__gte=timezone.localdate())
    mine = Invitation.objects.filter(still, survey=survey, code_hash=hash_code("invitation", code))
    if not Invitation.objects.filter(pk__in=mine.values("pk"), is_spent=False).update(is_spent=True):
        raise InvitationRefused(_("This invitation can no longer be used. Each one can be used once."))


def validate_answers(
    definition: Definition, answers: Mapping[str, Any]
) -> tuple[dict[str, Answer], dict[str, int]]:
    """The answers in their canonical form and the territories of the communes named; else ValidationError."""
    checked = check_answers(definition, answers)
    communes = [code for code in definition.by_code if definition.by_code[code].type == QuestionType.COMMUNE]
    named = {code: str(checked.answers[code]) for code in communes if checked.answers.get(code)}
    places = find_communes(named.values()) if named else {}
    errors = dict(checked.errors)
    for code, insee in named.items():
        if insee not in places:
            errors[code] = _("We did not find this commune. Write its name, then choose it in the list.")
    if errors:
        raise ValidationError({code: [message] for code, message in errors.items()})
    return checked.answers, places


def role_columns(
    definition: Definition, answers: Mapping[str, Answer], given: Mapping[str, str]
) -> dict[str, str]:
    """Mode, helper and audience, from the questions that play these roles, else as given."""
    columns = dict(given)
    for role in (QuestionRole.MODE, QuestionRole.HELPER, QuestionRole.AUDIENCE):
        question = definition.with_role(role)
        answer = answers.get(question.code) if question else None
        if isinstance(answer, str):
            columns[role] = answer
    columns["mode"], columns["helper"] = clean_mode(columns["mode"], columns["helper"])
    columns["audience"] = columns["audience"][:20]
    return columns
