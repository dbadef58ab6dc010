"""The draft as people will meet it, one question per page, conditions applied; nothing is kept.

What is tried lives in the organiser's own session until the preview is opened again.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from consultations.process.views.access import StaffRequest, workspace
from consultations.surveys.definition import Definition
from consultations.surveys.flow import exact_position, visible_questions
from consultations.surveys.forms import Reading, read_question
from consultations.surveys.models import Survey
from consultations.surveys.pages import draw_question, neighbours, summary_lines
from consultations.surveys.permissions import can_preview_survey
from consultations.surveys.views.journey import read_reader
from consultations.surveys.workspace import outline
from consultations.surveys.workspace.views.access import INVALID, survey_or_refuse


def _tried(request: StaffRequest, survey: Survey) -> dict[str, Any]:
    """Answers tried so far in this session."""
    answers: dict[str, Any] = request.session.setdefault(f"preview-{survey.pk}", {})
    return answers


@workspace()
def survey_preview(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Start again from the first question."""
    survey = survey_or_refuse(pk, request.user, can_preview_survey)
    request.session.pop(f"preview-{survey.pk}", None)
    definition = outline.definition_of(survey)
    if not definition.questions:
        return redirect("survey_editor:preview_end", survey.pk)
    return redirect("survey_editor:preview_question", survey.pk, definition.questions[0].code)


@workspace()
def preview_question(request: StaffRequest, pk: UUID, code: str) -> HttpResponse:
    """One question of the draft; posting it goes on as for a resident."""
    survey = survey_or_refuse(pk, request.user, can_preview_survey)
    definition = outline.definition_of(survey)
    answers, reading = _tried(request, survey), None
    asked = next((each for each in visible_questions(definition, answers) if each.code == code), None)
    if asked is None:
        return redirect("survey_editor:preview", survey.pk)
    if request.method == "POST":
        reading = read_question(asked, request.POST, answers)
        is_skipped = request.POST.get("action") == "skip" and not asked.required
        if reading.is_settled or is_skipped:
            answers[code] = None if is_skipped else reading.answer
            request.session.modified = True
            return _next(survey, definition, answers, code)
    return _page(request, survey, definition, code, reading)


def _next(survey: Survey, definition: Definition, answers: dict[str, Any], code: str) -> HttpResponse:
    following = neighbours(definition, answers, code)[1]
    if following is None:
        return redirect("survey_editor:preview_end", survey.pk)
    return redirect("survey_editor:preview_question", survey.pk, following.code)


def _page(
    request: StaffRequest, survey: Survey, definition: Definition, code: str, reading: Reading | None
) -> HttpResponse:
    answers = _tried(request, survey)
    asked = definition.by_code[code]
    page = draw_question(asked, definition, answers, reader=read_reader(request), reading=reading)
    before = neighbours(definition, answers, code)[0]
    back = reverse("survey_editor:overview", args=[survey.pk])
    if before:
        back = reverse("survey_editor:preview_question", args=[survey.pk, before.code])
    context = {
        "survey": survey,
        "page": page,
        "back": back,
        "position": exact_position(definition, answers, code),
        "contact": survey.consultation.contact,
        "preview": True,
    }
    return render(request, "surveys/question.html", context, status=INVALID if page.error else 200)


@workspace()
def preview_end(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What a resident would check before sending, and the way back to the editor."""
    survey = survey_or_refuse(pk, request.user, can_preview_survey)
    definition, reader = outline.definition_of(survey), read_reader(request)
    context = {
        "survey": survey,
        "lines": summary_lines(definition, _tried(request, survey), reader=reader, errors={}),
        "thanks": definition.thanks.say(reader.language, easy=reader.easy),
    }
    return render(request, "surveys/workspace/preview_end.html", context)
