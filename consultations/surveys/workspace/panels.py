"""What surveys add to a consultation's pages and to the workspace home."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import Visitor
from consultations.process import registries
from consultations.process.models import Consultation, Stage
from consultations.process.selectors import visible_to
from consultations.surveys.models import Survey
from consultations.surveys.permissions import (
    SurveyState,
    can_create_survey,
    can_edit_survey,
    can_enter_response,
    can_read_participation,
    survey_state,
)
from consultations.surveys.registries import results_links

PUBLIC_THRESHOLD = 11
MAX_WAITING = 20


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    registries.public_panels.register("surveys", public_panel)
    registries.workspace_panels.register("surveys", workspace_panel)
    registries.stage_figures.register(Stage.Kind.VOICES, voices_figures)
    registries.closing_rules.register("surveys", open_surveys)
    registries.waiting_lists.register("surveys", waiting_surveys)
    registries.card_notes.register("surveys", open_survey_notes)


def _surveys(consultation: Consultation) -> list[Survey]:
    found = list(consultation.surveys.select_related("current_version"))
    for survey in found:
        survey.consultation = consultation
    return found


def public_panel(consultation: Consultation, user: Visitor) -> registries.Panel | None:
    """The surveys anyone may answer now or soon, and the results of the others."""
    lines = [
        {"survey": survey, "state": str(survey_state(survey)), "results": _results(survey)}
        for survey in _surveys(consultation)
        if survey_state(survey) != SurveyState.HIDDEN
    ]
    if not lines:
        return None
    is_open = any(line["state"] == SurveyState.OPEN for line in lines)
    context = {"lines": lines, "is_open": is_open}
    return registries.Panel("surveys/workspace/public_panel.html", context, order=10 if is_open else 30)


def open_survey_notes(consultations: Sequence[Consultation]) -> dict[UUID, str]:
    """How long it takes to answer, for the consultations with a survey open today. One query."""
    by_key = {consultation.pk: consultation for consultation in consultations}
    minutes: dict[UUID, list[int]] = {}
    for survey in Survey.objects.answerable_on(timezone.localdate()).filter(consultation__in=by_key):
        survey.consultation = by_key[survey.consultation_id]
        if survey_state(survey) == SurveyState.OPEN:
            minutes.setdefault(survey.consultation_id, []).append(survey.minutes)
    return {
        key: ngettext(
            "A survey is open: %(minutes)s minutes.", "%(count)s surveys are open: from %(minutes)s minutes.",
            len(each),
        ) % {"count": len(each), "minutes": min(each)}
        for key, each in minutes.items()
    }  # fmt: skip


def _results(survey: Survey) -> str:
    return next((url for link in results_links if (url := link(survey))), "")


def workspace_panel(consultation: Consultation, user: Visitor) -> registries.Panel:
    """The surveys of the consultation with where each stands."""
    lines = [
        {"survey": survey, "state": str(survey_state(survey)), "can_edit": can_edit_survey(user, survey)}
        for survey in _surveys(consultation)
    ]
    context = {"lines": lines, "can_create": can_create_survey(user, consultation)}
    return registries.Panel("surveys/workspace/workspace_panel.html", context)


def voices_figures(consultations: Sequence[Consultation]) -> dict[UUID, str]:
    """How many answered, as it stood when the surveys closed; while one is open, by steps of eleven, so
    that no figure ever tells that one person more has answered. Nothing below eleven. One query."""
    known = {consultation.pk: consultation for consultation in consultations}
    figures: Counter[UUID] = Counter()
    for survey in Survey.objects.filter(consultation__in=known).annotate(given=Count("responses")):
        survey.consultation, count = known[survey.consultation_id], survey.given
        is_open = survey_state(survey) == SurveyState.OPEN
        shown = count - count % PUBLIC_THRESHOLD if is_open else count * (count >= PUBLIC_THRESHOLD)
        figures[survey.consultation_id] += shown
    return {pk: str(figure) for pk, figure in figures.items() if figure}


def open_surveys(consultation: Consultation) -> list[str]:
    """A consultation closes after its surveys."""
    return [
        _("The survey “%(title)s” is still published: close it first.") % {"title": survey.title}
        for survey in _surveys(consultation)
        if survey.status == Survey.Status.PUBLISHED
    ]


def waiting_surveys(user: User) -> list[registries.Waiting]:
    """Drafts to finish, running surveys to follow, surveys past their last day to close."""
    mine = visible_to(user).exclude(status=Consultation.Status.CLOSED)
    found = Survey.objects.filter(consultation__in=mine).exclude(status=Survey.Status.CLOSED)
    surveys = found.select_related("consultation", "current_version").order_by("closes_on", "title")
    return [item for survey in surveys[:MAX_WAITING] if (item := _waiting(user, survey))]


def _waiting(user: User, survey: Survey) -> registries.Waiting | None:
    if survey.status == Survey.Status.DRAFT:
        if not can_edit_survey(user, survey):
            return None
        url = reverse("survey_editor:overview", args=[survey.pk])
        return registries.Waiting(survey.title, _("Draft survey, not published yet."), url, "square-pen")
    if not can_read_participation(user, survey):
        return None
    if survey_state(survey) == SurveyState.CLOSED and can_edit_survey(user, survey):
        url = reverse("survey_editor:close", args=[survey.pk])
        return registries.Waiting(
            survey.title, _("Its last day is past: close the survey."), url, "clock-alert", is_late=True
        )
    if can_enter_response(user, survey) and not can_edit_survey(user, survey):
        url = reverse("survey_editor:response_enter", args=[survey.pk])
        return registries.Waiting(survey.title, _("Type in what people answer."), url, "clipboard-list")
    url = reverse("survey_editor:participation", args=[survey.pk])
    return registries.Waiting(survey.title, _running(survey), url, "chart-column")


def _running(survey: Survey) -> str:
    if survey_state(survey) == SurveyState.NOT_YET:
        return _("Published, not open yet.")
    if survey.closes_on is None:
        return _("Survey under way.")
    days = (survey.closes_on - timezone.localdate()).days
    return ngettext("Survey under way, %(days)s day left.", "Survey under way, %(days)s days left.", days) % {
        "days": days
    }
