"""One question per page: added, written, moved, copied, deleted, without JavaScript."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consultations.process.views.access import StaffRequest, posted, workspace
from consultations.surveys.models import Survey
from consultations.surveys.permissions import can_edit_survey
from consultations.surveys.structure import CLOSED_TYPES
from consultations.surveys.workspace import document, outline
from consultations.surveys.workspace.bands import bands_in_words
from consultations.surveys.workspace.forms.choices import (
    EMPTY_ROWS,
    ChoiceFormSet,
    choices_from,
    need_options,
    rearranged,
    rows_of,
    typed_rows,
)
from consultations.surveys.workspace.forms.question import NewQuestionForm, QuestionForm, initial_of, merged
from consultations.surveys.workspace.saving import QuestionChanged, change_draft, unchanged_question
from consultations.surveys.workspace.views.access import (
    CONFLICT,
    INVALID,
    question_or_404,
    survey_or_refuse,
)
from core.repeats import once

SAVE, SEARCH, CHOICE = "save", "search", "choice:"


@workspace()
@once
def question_add(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Choose the type and write the words; the rest comes on its page."""
    survey = survey_or_refuse(pk, request.user, can_edit_survey)
    form = NewQuestionForm(posted(request))
    if form.is_bound and form.is_valid():
        taken = document.codes(survey.draft) | outline.locked_codes(survey)
        question = document.new_question(form.cleaned_data["type"], form.cleaned_data["label"], taken)
        change_draft(
            actor=request.user, survey=survey, change=lambda draft: document.with_question(draft, question)
        )
        return redirect("survey_editor:question_edit", survey.pk, question["code"])
    context = {"form": form, "survey": survey}
    return render(
        request, "surveys/workspace/question_add.html", context, status=INVALID if form.errors else 200
    )


@require_POST
@workspace()
def question_arrange(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Move a question up or down, or copy it."""
    survey = survey_or_refuse(pk, request.user, can_edit_survey)
    verb, _colon, code = request.POST.get("op", "").partition(":")
    changes = {
        "up": lambda draft: document.moved(draft, code, -1),
        "down": lambda draft: document.moved(draft, code, 1),
        "copy": lambda draft: document.duplicated(draft, code),
    }
    try:
        if verb in changes:
            change_draft(actor=request.user, survey=survey, change=changes[verb])
    except document.QuestionGone:
        messages.warning(request, _("This question no longer exists: someone deleted it."))
    return redirect("survey_editor:overview", survey.pk)


@workspace()
def question_delete(request: StaffRequest, pk: UUID, code: str) -> HttpResponse:
    """Confirm, then delete from the draft; answers already given to a published version stay."""
    survey = survey_or_refuse(pk, request.user, can_edit_survey)
    question = question_or_404(survey, code)
    if request.method == "POST":
        change_draft(actor=request.user, survey=survey, change=lambda draft: document.without(draft, code))
        messages.success(request, _("The question is deleted from the draft."))
        return redirect("survey_editor:overview", survey.pk)
    context = {
        "survey": survey,
        "label": outline.first_words(question),
        "is_locked": code in outline.locked_codes(survey),
    }
    return render(request, "surveys/workspace/question_delete.html", context)


@workspace()
def question_edit(request: StaffRequest, pk: UUID, code: str) -> HttpResponse:
    """Write one question; buttons that search or arrange choices keep everything typed."""
    survey = survey_or_refuse(pk, request.user, can_edit_survey)
    question = question_or_404(survey, code)
    if request.method != "POST":
        return _page(request, survey, question, *_blank_forms(question))
    operation = request.POST.get("op", SAVE)
    form, choices = _bound_forms(request, question)
    if operation == SEARCH or operation.startswith(CHOICE):
        return _page(request, survey, question, *_retyped(form, choices, operation))
    if not form.is_valid() or not (choices is None or choices.is_valid()):
        return _page(request, survey, question, form, choices, status=INVALID)
    try:
        _save(request, survey, code, form, choices)
    except document.QuestionGone:
        messages.warning(request, _("This question no longer exists: someone deleted it."))
        return redirect("survey_editor:overview", survey.pk)
    except QuestionChanged as changed:
        return _conflict(request, survey, changed, _mine(question, form, choices))
    return _after_saving(request, survey, code, operation)


def _after_saving(request: StaffRequest, survey: Survey, code: str, operation: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    if operation == "condition":
        return redirect("survey_editor:question_condition", survey.pk, code)
    return redirect("survey_editor:overview", survey.pk)


def _needs_choices(question: dict[str, Any]) -> bool:
    return question.get("type") in CLOSED_TYPES


def _blank_forms(question: dict[str, Any]) -> tuple[QuestionForm, Any]:
    initial = {**initial_of(question), "base": document.fingerprint(question)}
    form = QuestionForm(initial=initial, kind=question["type"])
    if not _needs_choices(question):
        return form, None
    rows = rows_of(question.get("choices") or [])
    return form, _formset(rows + [{}] * EMPTY_ROWS)


def _formset(rows: list[dict[str, Any]]) -> Any:
    return ChoiceFormSet(initial=rows, prefix="choice", form_kwargs={"needs": need_options()})


def _bound_forms(request: StaffRequest, question: dict[str, Any]) -> tuple[QuestionForm, Any]:
    form = QuestionForm(request.POST, kind=question["type"])
    if not _needs_choices(question):
        return form, None
    return form, ChoiceFormSet(request.POST, prefix="choice", form_kwargs={"needs": need_options()})


def _retyped(form: QuestionForm, choices: Any, operation: str) -> tuple[QuestionForm, Any]:
    """The same page with what was typed, after a search or a move of a choice."""
    initial = {name: form[name].value() for name in form.fields}
    again = QuestionForm(initial=initial, kind=form.kind)
    if choices is None:
        return again, None
    return again, _formset(rearranged(typed_rows(choices), operation.removeprefix(CHOICE)))


def _mine(question: dict[str, Any], form: QuestionForm, choices: Any) -> dict[str, Any]:
    mine = merged(question, form.cleaned_data)
    if choices is not None:
        rows = [each.cleaned_data for each in choices.forms]
        mine["choices"] = choices_from(rows, question.get("choices") or [])
    return document.with_measure(mine)


def _save(request: StaffRequest, survey: Survey, code: str, form: QuestionForm, choices: Any) -> None:
    def change(draft: Any) -> document.Document:
        current = unchanged_question(draft, code, form.cleaned_data["base"])
        return document.replaced(draft, code, _mine(current, form, choices))

    change_draft(actor=request.user, survey=survey, change=change)


def _page(
    request: StaffRequest,
    survey: Survey,
    question: dict[str, Any],
    form: QuestionForm,
    choices: Any,
    *,
    status: int = 200,
) -> HttpResponse:
    code = str(question["code"])
    problems = [p for p in outline.placed_problems(survey) if f"/{code}/" in p.url]
    numbered = {line.code: line for line in outline.lines(survey, [])}
    context = {
        "survey": survey,
        "line": numbered[code],
        "total": len(numbered),
        "form": form,
        "choices": choices,
        "problems": problems,
        "bands": _bands(survey, code),
    }
    return render(request, "surveys/workspace/question_edit.html", context, status=status)


def _bands(survey: Survey, code: str) -> str:
    question = outline.definition_of(survey).by_code.get(code)
    return bands_in_words(question) if question else ""


def _conflict(
    request: StaffRequest, survey: Survey, changed: QuestionChanged, mine: dict[str, Any]
) -> HttpResponse:
    """Both versions side by side; what was typed is in the page, ready to be saved over the other."""
    posted = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    context = {
        "survey": survey,
        "code": mine["code"],
        "label": outline.first_words(mine),
        "differences": outline.differences(mine, changed.theirs),
        "posted": [pair for pair in posted if pair[0] not in {"base", "csrfmiddlewaretoken"}],
        "base": document.fingerprint(changed.theirs),
    }
    return render(request, "surveys/workspace/conflict.html", context, status=CONFLICT)
