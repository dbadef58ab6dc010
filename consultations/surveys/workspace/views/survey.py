"""A survey as a whole: its list of questions, settings, first and last words, publishing, closing."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.access import take_errors
from consultations.process.views.access import StaffRequest, consultation_or_refuse, posted, workspace
from consultations.surveys.permissions import (
    can_close_survey,
    can_create_survey,
    can_edit_survey,
    can_preview_survey,
    can_publish_survey,
)
from consultations.surveys.selectors import publication_problems
from consultations.surveys.services import editing
from consultations.surveys.workspace import document, outline
from consultations.surveys.workspace.forms.question import SUFFIXES
from consultations.surveys.workspace.forms.survey import SurveyForm, WordsForm
from consultations.surveys.workspace.saving import change_draft
from consultations.surveys.workspace.views.access import INVALID, survey_or_refuse
from core.repeats import once


@workspace()
@once
def survey_create(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A survey with an empty draft in this consultation."""
    consultation = consultation_or_refuse(pk, request.user, can_create_survey)
    form = SurveyForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            survey = editing.create_survey(actor=request.user, consultation=consultation, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("The survey is created. Add its first question."))
            return redirect("survey_editor:overview", survey.pk)
    context = {"form": form, "consultation": consultation, "survey": None}
    return render(request, "surveys/workspace/settings.html", context, status=INVALID if form.errors else 200)


@workspace()
def survey_overview(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The questions in order, what keeps the draft from being published, and what can be done now."""
    survey = survey_or_refuse(pk, request.user, can_preview_survey)
    context = {
        "survey": survey,
        "lines": outline.lines(survey, publication_problems(survey)),
        "problems": outline.placed_problems(survey),
        "is_changed": outline.has_changed_since_publication(survey),
        "can_edit": can_edit_survey(request.user, survey),
        "can_publish": can_publish_survey(request.user, survey),
        "can_close": can_close_survey(request.user, survey),
    }
    return render(request, "surveys/workspace/overview.html", context)


@workspace()
def survey_settings(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Title, kind, layout, duration and dates; the address never changes."""
    survey = survey_or_refuse(pk, request.user, can_edit_survey)
    initial = {name: getattr(survey, name) for name in SurveyForm.base_fields}
    form = SurveyForm(posted(request), initial=initial)
    if form.is_bound and form.is_valid():
        try:
            editing.update_survey(actor=request.user, survey=survey, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("survey_editor:overview", survey.pk)
    context = {"form": form, "consultation": survey.consultation, "survey": survey}
    return render(request, "surveys/workspace/settings.html", context, status=INVALID if form.errors else 200)


@workspace()
def survey_words(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What is said before the first question and after the last."""
    survey = survey_or_refuse(pk, request.user, can_edit_survey)
    form = WordsForm(posted(request), initial=_words_initial(survey.draft))
    if form.is_bound and form.is_valid():
        cleaned = form.cleaned_data
        change_draft(
            actor=request.user, survey=survey, change=lambda draft: {**draft, **_words(draft, cleaned)}
        )
        messages.success(request, _("Saved."))
        return redirect("survey_editor:overview", survey.pk)
    context = {"form": form, "survey": survey}
    return render(request, "surveys/workspace/words.html", context, status=INVALID if form.errors else 200)


def _words_initial(draft: Mapping[str, Any]) -> dict[str, str]:
    return {
        f"{key}_{suffix}": document.texts(draft.get(key)).get(language, "")
        for key in ("intro", "thanks")
        for suffix, language in SUFFIXES.items()
    }


def _words(draft: Mapping[str, Any], cleaned: dict[str, str]) -> dict[str, dict[str, str]]:
    changed = {}
    for key in ("intro", "thanks"):
        typed = {language: cleaned[f"{key}_{suffix}"].strip() for suffix, language in SUFFIXES.items()}
        words = {**document.texts(draft.get(key)), **typed}
        changed[key] = {language: text for language, text in words.items() if text}
    return changed


@workspace()
def survey_publish(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say what freezes, then publish; or list what must be solved first."""
    survey = survey_or_refuse(pk, request.user, can_publish_survey)
    if request.method == "POST":
        try:
            version = editing.publish_survey(actor=request.user, survey=survey)
        except ValidationError:
            messages.error(request, _("Not published yet: solve what is listed below."))
        else:
            said = _("Version %(number)s is published.") % {"number": version.number}
            messages.success(request, said)
            return redirect("survey_editor:share", survey.pk)
    problems = outline.placed_problems(survey)
    context = {
        "survey": survey,
        "blocking": [problem for problem in problems if problem.is_blocking],
        "advice": [problem for problem in problems if not problem.is_blocking],
        "lines": outline.lines(survey, []),
        "is_changed": outline.has_changed_since_publication(survey),
    }
    status = INVALID if request.method == "POST" else 200
    return render(request, "surveys/workspace/publish.html", context, status=status)


@workspace()
def survey_close(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Confirm, then take no more answers."""
    survey = survey_or_refuse(pk, request.user, can_close_survey)
    if request.method == "POST":
        editing.close_survey(actor=request.user, survey=survey)
        messages.success(request, _("Closed: no more answers are taken."))
        return redirect("survey_editor:overview", survey.pk)
    return render(request, "surveys/workspace/close.html", {"survey": survey})
