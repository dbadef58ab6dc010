"""When a question is shown: a small form of conditions, one per row, and the expression it writes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from consultations.process.views.access import StaffRequest, workspace
from consultations.surveys.models import Survey
from consultations.surveys.permissions import can_edit_survey
from consultations.surveys.structure import Definition, Question
from consultations.surveys.workspace import conditions, document, outline
from consultations.surveys.workspace.conditions import Row, Rows
from consultations.surveys.workspace.forms.condition import ConditionForm, row_forms
from consultations.surveys.workspace.saving import QuestionChanged, change_draft, unchanged_question
from consultations.surveys.workspace.views.access import (
    CONFLICT,
    INVALID,
    question_or_404,
    survey_or_refuse,
)

MAX_ROWS = 20


@workspace()
def question_condition(request: StaffRequest, pk: UUID, code: str) -> HttpResponse:
    """Add and remove rows without losing what is typed; save the expression they make."""
    survey = survey_or_refuse(pk, request.user, can_edit_survey)
    question = question_or_404(survey, code)
    definition = outline.definition_of(survey)
    earlier = _earlier(definition, code)
    if request.method != "POST":
        expression = str(question.get("visible_when") or "")
        rows = conditions.from_expression(expression, definition)
        initial = {"join": rows.join if rows else "and", "expression": expression}
        form = ConditionForm(initial={**initial, "base": document.fingerprint(question)}, earlier=earlier)
        return _page(request, survey, code, form, rows)
    return _posted(request, survey, code, definition)


def _posted(request: StaffRequest, survey: Survey, code: str, definition: Definition) -> HttpResponse:
    earlier, operation = _earlier(definition, code), request.POST.get("op", "save")
    typed = _typed(request.POST)
    if operation in {"save", "text"}:
        return _save(request, survey, code, definition)
    if operation == "add":
        typed = Rows(typed.join, _with_row(typed.rows, request.POST.get("about", ""), earlier))
    elif operation.startswith("remove:"):
        position = operation.removeprefix("remove:")
        typed = Rows(typed.join, tuple(r for n, r in enumerate(typed.rows) if str(n) != position))
    initial = {"join": typed.join, "base": request.POST.get("base", "")}
    form = ConditionForm(
        initial={**initial, "expression": conditions.to_expression(typed, definition)},
        earlier=earlier,
    )
    return _page(request, survey, code, form, typed)


def _earlier(definition: Definition, code: str) -> Sequence[Question]:
    """The questions before this one: a condition may read no other."""
    codes = [question.code for question in definition.questions]
    return definition.questions[: codes.index(code)] if code in codes else definition.questions


def _typed(data: QueryDict) -> Rows:
    rows = []
    for index in range(MAX_ROWS):
        code = data.get(f"row{index}-code")
        if code is not None:
            values = tuple(value for value in data.getlist(f"row{index}-values") if value)
            rows.append(Row(code, data.get(f"row{index}-operator", ""), values))
    return Rows(conditions.ANY if data.get("join") == conditions.ANY else conditions.ALL, tuple(rows))


def _with_row(rows: tuple[Row, ...], about: str, earlier: Sequence[Question]) -> tuple[Row, ...]:
    question = next((each for each in earlier if each.code == about), None)
    if question is None or len(rows) >= MAX_ROWS:
        return rows
    return (*rows, Row(question.code, conditions.OPERATORS[question.type][0]))


def _save(request: StaffRequest, survey: Survey, code: str, definition: Definition) -> HttpResponse:
    earlier = _earlier(definition, code)
    form = ConditionForm(request.POST, earlier=earlier)
    typed = _typed(request.POST)
    is_text = request.POST.get("op") == "text"
    rows = row_forms(typed, definition.by_code, request.POST)
    if not form.is_valid() or (not is_text and not all(each.is_valid() for each in rows)):
        return _page(request, survey, code, form, typed, bound=rows, status=INVALID)
    expression = form.cleaned_data["expression"]
    if not is_text:
        read = Rows(form.cleaned_data["join"], tuple(each.row for each in rows))
        expression = conditions.to_expression(read, definition)
    try:
        _write(request, survey, code, form.cleaned_data["base"], expression)
    except (QuestionChanged, document.QuestionGone):
        messages.error(
            request, _("Someone else changed this question in the meantime: look at it, then save again.")
        )
        form = ConditionForm({**request.POST.dict(), "base": _base_now(survey, code)}, earlier=earlier)
        return _page(request, survey, code, form, typed, status=CONFLICT)
    messages.success(request, _("Saved."))
    return redirect("survey_editor:overview", survey.pk)


def _base_now(survey: Survey, code: str) -> str:
    try:
        return document.fingerprint(document.find(survey.draft, code))
    except document.QuestionGone:
        return ""


def _write(request: StaffRequest, survey: Survey, code: str, base: str, expression: str) -> None:
    def change(draft: Any) -> document.Document:
        question = {**unchanged_question(draft, code, base), "visible_when": expression}
        return document.replaced(draft, code, document.cleaned_question(question))

    change_draft(actor=request.user, survey=survey, change=change)


def _page(
    request: StaffRequest,
    survey: Survey,
    code: str,
    form: ConditionForm,
    rows: Rows | None,
    *,
    bound: list | None = None,
    status: int = 200,
) -> HttpResponse:
    definition = outline.definition_of(survey)
    context = {
        "survey": survey,
        "code": code,
        "label": outline.first_words(question_or_404(survey, code)),
        "form": form,
        "is_text_only": rows is None,
        "rows": bound if bound is not None else row_forms(rows or Rows("and", ()), definition.by_code),
        "has_earlier": bool(_earlier(definition, code)),
    }
    return render(request, "surveys/workspace/condition.html", context, status=status)
