"""Answers given face to face or on paper, typed in one page after the other by an interviewer.

The same service as a resident's own answer: sent twice, kept once; the receipt goes to the person.
"""

import uuid
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.process.views.access import StaffRequest, posted, workspace
from consultations.surveys.definition import QuestionRole
from consultations.surveys.flow import keep_visible
from consultations.surveys.forms import Reading, read_all
from consultations.surveys.models import Survey, SurveyVersion
from consultations.surveys.pages import Reader, draw_question
from consultations.surveys.permissions import can_enter_response
from consultations.surveys.selectors import load_definition
from consultations.surveys.services import InvitationRefused, submit_response
from consultations.surveys.workspace.forms.survey import EntryForm
from consultations.surveys.workspace.views.access import INVALID, survey_or_refuse
from core.receipts import format_code, normalise_code

Readings = dict[str, Reading]


@workspace()
def response_enter(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Every question on one page, numbered as on paper."""
    survey = survey_or_refuse(pk, request.user, can_enter_response)
    version = _version(survey)
    asks_mode = load_definition(version).with_role(QuestionRole.MODE) is None
    form = EntryForm(
        posted(request),
        asks_mode=asks_mode,
        asks_invitation=survey.access == Survey.Access.INVITED,
        initial={"day": timezone.localdate()},
    )
    if request.method != "POST":
        return _page(request, version, form, {})
    readings = read_all(load_definition(version), request.POST)
    code = _submit(request, version, form, readings)
    if code is None:
        return _page(request, version, form, readings)
    request.session[_key(survey)] = code
    return redirect("survey_editor:response_entered", survey.pk)


@workspace()
def response_entered(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The receipt code to hand over, shown once, and the way to the next answer."""
    survey = survey_or_refuse(pk, request.user, can_enter_response)
    code = request.session.pop(_key(survey), "")
    if not code:
        return redirect("survey_editor:response_enter", survey.pk)
    context = {"survey": survey, "code": format_code(code)}
    return render(request, "surveys/workspace/entered.html", context)


def _key(survey: Survey) -> str:
    return f"entered-{survey.pk}"


def _version(survey: Survey) -> SurveyVersion:
    version = survey.current_version
    if version is None:
        raise PermissionDenied
    version.survey = survey
    return version


def _submit(request: StaffRequest, version: SurveyVersion, form: EntryForm, readings: Readings) -> str | None:
    """The receipt code of the answer kept; None when something must be corrected, said in its place."""
    definition = load_definition(version)
    answers = {code: reading.answer for code, reading in readings.items()}
    shown = set(keep_visible(definition, answers))
    if not form.is_valid() or any(not readings[code].is_settled for code in shown):
        return None
    given = form.cleaned_data
    try:
        result = submit_response(
            version=version,
            client_uuid=_client_uuid(request),
            answers=answers,
            mode=given.get("mode", ""),
            helper=given.get("helper", ""),
            on=given["day"],
            invitation=normalise_code(given.get("invitation", "")) or given.get("invitation", ""),
        )
    except InvitationRefused as error:
        form.add_error("invitation", error.messages[0])
    except PermissionDenied:
        form.add_error("day", _("The survey was not open on that day."))
    except ValidationError as error:
        for code, messages in error.message_dict.items():
            readings[code] = Reading(readings[code].raw, error=" ".join(messages))
    else:
        return result.receipt_code
    return None


def _client_uuid(request: StaffRequest) -> UUID:
    try:
        return UUID(request.POST.get("envoi", ""))
    except ValueError:
        return uuid.uuid4()


def _page(request: StaffRequest, version: SurveyVersion, form: EntryForm, readings: Readings) -> HttpResponse:
    definition = load_definition(version)
    answers = {code: reading.answer for code, reading in readings.items()}
    pages = [
        draw_question(question, definition, answers, reader=Reader(), reading=readings.get(question.code))
        for question in definition.questions
    ]
    context = {
        "survey": version.survey,
        "form": form,
        "pages": pages,
        "problems": [page for page in pages if page.error or page.candidates],
        "key": request.POST.get("envoi") or uuid.uuid4(),
    }
    status = INVALID if request.method == "POST" else 200
    return render(request, "surveys/workspace/enter.html", context, status=status)
