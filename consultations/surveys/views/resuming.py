"""Resuming a draft on any device with its code in words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations.surveys import services
from consultations.surveys.forms import CodeForm
from consultations.surveys.models import Draft, Survey
from consultations.surveys.pages import first_open
from consultations.surveys.permissions import SurveyState, survey_state
from consultations.surveys.selectors import load_definition
from consultations.surveys.views.journey import DRAFT, closed_page, remember
from core.receipts import normalise_code
from core.tolls import ask_toll, count_wrong, toll_page

PURPOSE = "draft"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """The page where a code is typed."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        code = normalise_code(form.cleaned_data["code"])
        if code and (toll := ask_toll(request, PURPOSE, code)):
            return toll_page(request, toll, action=reverse("surveys:resume"), code=code)
        draft = services.resume_draft(code=code) if code else None
        if draft is not None:
            return resumed(request, draft)
        count_wrong(PURPOSE)
        if code and services.is_expired(code=code):
            return render(request, "surveys/expired.html", status=410)
        form.add_error(
            "code",
            _("This code is not known. Check each word. A code works for 30 days, until the survey closes.")
            if code
            else _("A code has four words and two digits. Check what you noted down."),
        )
    return render(request, "surveys/resume.html", {"form": form}, status=422 if form.errors else 200)


def resumed(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Back to the first question not passed yet, in this browser."""
    survey = draft.version.survey
    state = survey_state(survey)
    if state != SurveyState.OPEN:
        return closed_page(request, survey, state)
    question = first_open(load_definition(draft.version), draft.answers)
    if survey.layout == Survey.Layout.SINGLE_PAGE:
        response = redirect("surveys:single_page", survey.slug)
    elif question:
        response = redirect("surveys:question", survey.slug, question.code)
    else:
        response = redirect("surveys:summary", survey.slug)
    remember(response, request, survey, DRAFT, draft.pk)
    return response
