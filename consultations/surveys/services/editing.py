"""From an empty draft to published, immutable versions."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.lineage.models import Relation
from consultations.lineage.services import link
from consultations.process.models import Consultation
from consultations.surveys.definition import content_hash, empty_document
from consultations.surveys.door import forget_surveys
from consultations.surveys.models import Survey, SurveyVersion
from consultations.surveys.permissions import (
    can_close_survey,
    can_create_survey,
    can_edit_survey,
    can_publish_survey,
)
from consultations.surveys.selectors import publication_problems
from core.services import record_audit

MAX_DOCUMENT = 500_000
SLUG_LENGTH = 70
RESERVED_SLUGS = {"reprendre"}  # addresses beside the surveys'


class SurveySettings(TypedDict, total=False):
    """What an organiser decides about a survey besides its title and questions."""

    purpose: str
    layout: str
    access: str
    minutes: int
    opens_on: datetime.date | None
    closes_on: datetime.date | None


class NewSurvey(SurveySettings, total=False):
    """The same, with a key when an import or the demo gives it; drawn at random otherwise."""

    id: uuid.UUID


class SurveyFields(SurveySettings, total=False):
    """The same, with the title."""

    title: str


class EditConflict(ValidationError):
    """Someone else saved the draft first; `changed` lists the question codes that differ from it."""

    def __init__(self, *, revision: int, changed: list[str]) -> None:
        super().__init__(
            _(
                "Someone else has changed this questionnaire in the meantime (%(places)s). "
                "Your text is below: compare, then save again."
            )
            % {"places": ", ".join(changed) or _("order of the questions")}
        )
        self.revision = revision
        self.changed = changed


def free_slug(title: str) -> str:
    """An address made from the title that no survey has yet."""
    base = slugify(title)[:SLUG_LENGTH] or "enquete"
    taken = set(Survey.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED_SLUGS
    candidates = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


def _validate(survey: Survey) -> None:
    """Refuse unlikely dates and what the columns do not accept, field by field."""
    survey.full_clean(exclude=["current_version", "draft"])
    if survey.slug in RESERVED_SLUGS:
        raise ValidationError({"slug": _("This address is taken. Choose another one.")})
    if survey.opens_on and survey.closes_on and survey.closes_on < survey.opens_on:
        raise ValidationError({"closes_on": _("The last day must not come before the first.")})
    if not 1 <= survey.minutes <= 120:
        raise ValidationError({"minutes": _("Give a duration from 1 to 120 minutes.")})


@transaction.atomic
def create_survey(
    *, actor: User, consultation: Consultation, title: str, slug: str = "", **fields: Unpack[NewSurvey]
) -> Survey:
    """A survey with an empty draft in this consultation."""
    if not can_create_survey(actor, consultation):
        raise PermissionDenied
    survey = Survey(
        consultation=consultation, slug=slug or free_slug(title), title=title, draft=empty_document()
    )
    for name, value in fields.items():
        setattr(survey, name, value)
    _validate(survey)
    survey.save()
    record_audit(actor=actor, verb="survey_created", target=survey)
    return survey


@transaction.atomic
def update_survey(*, actor: User, survey: Survey, **fields: Unpack[SurveyFields]) -> Survey:
    """Change the title, dates, layout or duration; the address stays."""
    if not can_edit_survey(actor, survey):
        raise PermissionDenied
    changed = [name for name, value in fields.items() if getattr(survey, name) != value]
    for name in changed:
        setattr(survey, name, fields[name])  # type: ignore[literal-required]
    _validate(survey)
    if changed:
        transaction.on_commit(forget_surveys)
        survey.save(update_fields=changed)
        record_audit(actor=actor, verb="survey_changed", target=survey, changes={"fields": changed})
    return survey


@transaction.atomic
def save_draft_definition(
    *, actor: User, survey: Survey, document: Mapping[str, Any], revision: int
) -> Survey:
    """Keep the draft as it stands, even unfinished; EditConflict when it is not based on the last one."""
    if not can_edit_survey(actor, survey):
        raise PermissionDenied
    if not isinstance(document, Mapping) or not isinstance(document.get("questions", []), list):
        raise ValidationError(_("This is not a questionnaire. Reload the page and try again."))
    if len(str(document)) > MAX_DOCUMENT:
        raise ValidationError(_("This questionnaire is too large. Split it in two."))
    locked = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    if locked.draft_revision != revision:
        raise EditConflict(revision=locked.draft_revision, changed=changed_codes(locked.draft, document))
    locked.draft = dict(document)
    locked.draft_revision = revision + 1
    locked.save(update_fields=["draft", "draft_revision"])
    record_audit(
        actor=actor, verb="survey_draft_saved", target=locked, changes={"revision": locked.draft_revision}
    )
    survey.draft, survey.draft_revision = locked.draft, locked.draft_revision
    return survey


def changed_codes(stored: Mapping[str, Any], given: Mapping[str, Any]) -> list[str]:
    """Codes of the questions that differ between two documents, added and removed ones included."""
    before, after = ({str(q.get("code")): q for q in _questions(each)} for each in (stored, given))
    return [code for code in {**before, **after} if before.get(code) != after.get(code)]


def _questions(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = document.get("questions")
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


@transaction.atomic
def publish_survey(*, actor: User, survey: Survey) -> SurveyVersion:
    """Freeze the draft as a new version that people answer from now on.

    Raises ValidationError with every blocking problem. An unchanged draft gives the current version again.
    """
    if not can_publish_survey(actor, survey):
        raise PermissionDenied
    survey = (
        Survey.objects.select_for_update(of=("self",)).select_related("current_version").get(pk=survey.pk)
    )
    blocking = [problem for problem in publication_problems(survey) if problem.is_blocking]
    if blocking:
        raise ValidationError([f"{each.place}: {each.message} {each.remedy}" for each in blocking])
    digest = content_hash(survey.draft)
    version = survey.current_version
    if version is None or version.content_hash != digest:
        number = survey.versions.count() + 1
        version = SurveyVersion.objects.create(
            survey=survey, number=number, definition=survey.draft, content_hash=digest, published_by=actor
        )
    survey.current_version = version
    survey.status = Survey.Status.PUBLISHED
    transaction.on_commit(forget_surveys)
    survey.save(update_fields=["current_version", "status"])
    link(
        actor=actor,
        source=("survey", str(survey.pk)),
        relation=Relation.RAISED_IN,
        target=("consultation", str(survey.consultation_id)),
        on=timezone.localdate(),
    )
    record_audit(
        actor=actor,
        verb="survey_published",
        target=survey,
        changes={"version": version.number, "hash": digest},
    )
    return version


@transaction.atomic
def close_survey(*, actor: User, survey: Survey) -> Survey:
    """Take no more answers from now on; drafts not sent are deleted at their date."""
    if not can_close_survey(actor, survey):
        raise PermissionDenied
    survey.status = Survey.Status.CLOSED
    survey.closes_on = min(filter(None, [survey.closes_on, timezone.localdate()]))
    if survey.opens_on and survey.closes_on < survey.opens_on:
        survey.opens_on = survey.closes_on
    transaction.on_commit(forget_surveys)
    survey.save(update_fields=["status", "closes_on", "opens_on"])
    record_audit(actor=actor, verb="survey_closed", target=survey)
    return survey
