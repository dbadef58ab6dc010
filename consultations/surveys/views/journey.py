"""What every answering page needs: the survey, its state, and the draft of this browser.

The browser holds one signed cookie by survey, for its session only: the random key of its draft, then of what
it sent; and another with the invitation code typed, until it is used. The draft never holds the code, so nothing
but the browser joins them. No account, no session row, no address.
"""

import uuid
from dataclasses import dataclass

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from consultations.surveys.definition import Definition, Question
from consultations.surveys.door import find_survey, find_version
from consultations.surveys.forms import InvitationForm
from consultations.surveys.models import Draft, Survey, SurveyVersion
from consultations.surveys.pages import Reader
from consultations.surveys.permissions import SurveyState, survey_state
from consultations.surveys.registries import results_links
from consultations.surveys.selectors import load_definition
from core.preferences import read_preferences

SALT = "surveys.journey"
DRAFT, SENT = "d", "s"


@dataclass(frozen=True)
class Journey:
    """Where this browser stands in a survey: with a draft, with something sent, or at the door."""

    survey: Survey
    draft: Draft | None
    sent: uuid.UUID | None
    reader: Reader
    invitation: str = ""

    @property
    def definition(self) -> Definition:
        version = self.draft.version if self.draft else self.survey.current_version
        assert version is not None  # noqa: S101 - an open survey has a version
        return load_definition(version)


class Stop(Exception):
    """The page to show instead of the one asked for."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def read_reader(request: HttpRequest) -> Reader:
    """The language of the page and whether the person reads the easy texts."""
    return Reader((get_language() or "fr")[:2], read_preferences(request).easy_read)


def cookie_name(slug: str) -> str:
    return f"enquete_{slug}"


def remember(response: HttpResponse, request: HttpRequest, survey: Survey, kind: str, key: uuid.UUID) -> None:
    """Keep the key in this browser until it is closed."""
    response.set_signed_cookie(
        cookie_name(survey.slug),
        f"{kind}{key.hex}",
        salt=SALT,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def forget(response: HttpResponse, survey: Survey) -> None:
    response.delete_cookie(cookie_name(survey.slug), samesite="Lax")


def read_cookie(request: HttpRequest, slug: str) -> tuple[str, uuid.UUID | None]:
    """What the browser holds; a forged or old cookie holds nothing."""
    try:
        value = request.get_signed_cookie(cookie_name(slug), default="", salt=SALT) or ""
        return value[:1], uuid.UUID(value[1:]) if value else None
    except (signing.BadSignature, ValueError):
        return "", None


def remember_invitation(response: HttpResponse, request: HttpRequest, survey: Survey, code: str) -> None:
    """Keep the code typed in this browser, until it is used or the browser closed."""
    response.set_signed_cookie(
        invitation_cookie(survey.slug),
        code,
        salt=SALT,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def forget_invitation(response: HttpResponse, survey: Survey) -> None:
    response.delete_cookie(invitation_cookie(survey.slug), samesite="Lax")


def invitation_cookie(slug: str) -> str:
    return f"invitation_{slug}"


def read_invitation(request: HttpRequest, slug: str) -> str:
    """The code this browser typed for this survey; "" when there is none, or a forged one."""
    try:
        return request.get_signed_cookie(invitation_cookie(slug), default="", salt=SALT) or ""
    except signing.BadSignature:
        return ""


def open_journey(request: HttpRequest, slug: str, *, at_door: bool = False) -> Journey:
    """The journey of this browser; raises Stop with the right page when the survey cannot be answered.

    Where an invitation is needed, only the door, where its code is typed, opens without one.
    """
    kind, key = read_cookie(request, slug)
    survey = survey_or_404(slug)
    draft = find_draft(survey, key) if kind == DRAFT and key else None
    state = survey_state(survey)
    if state != SurveyState.OPEN:
        raise Stop(closed_page(request, survey, state))
    invitation = read_invitation(request, slug)
    sent = key if kind == SENT else None
    if survey.access == Survey.Access.INVITED and not (invitation or sent or at_door):
        raise Stop(invitation_page(request, survey, InvitationForm(), status=403))
    return Journey(survey, draft, sent, read_reader(request), invitation)


def invitation_page(
    request: HttpRequest, survey: Survey, form: InvitationForm, *, status: int, is_kept: bool = False
) -> HttpResponse:
    """Where the code of an invitation is typed; `is_kept` says that answers already given are safe."""
    context = {
        "survey": survey,
        "form": form,
        "is_kept": is_kept,
        "must": survey.access == Survey.Access.INVITED,
    }
    return render(request, "surveys/invitation.html", context, status=status)


def survey_or_404(slug: str) -> Survey:
    try:
        return find_survey(slug)
    except Survey.DoesNotExist:
        raise Http404 from None


def find_draft(survey: Survey, key: uuid.UUID) -> Draft | None:
    """The draft of this survey, with the version it was started on."""
    try:
        draft = Draft.objects.get(pk=key, expires_on__gte=timezone.localdate())
        draft.version = find_version(survey, draft.version_id)
    except (Draft.DoesNotExist, SurveyVersion.DoesNotExist):
        return None
    return draft


def closed_page(request: HttpRequest, survey: Survey, state: SurveyState) -> HttpResponse:
    """When it opens, or that it is over and where its results are. A hidden survey does not exist."""
    if state == SurveyState.HIDDEN:
        raise Http404
    results = next(filter(None, (link(survey) for link in results_links)), "")
    dates = {
        "opens_on": max(filter(None, [survey.opens_on, survey.consultation.starts_on])),
        "closed_on": min(filter(None, [survey.closes_on, survey.consultation.ends_on]), default=None),
    }
    context = {"survey": survey, "state": state.value, "results": results, **dates}
    is_over = state == SurveyState.CLOSED
    return render(request, "surveys/closed.html", context, status=410 if is_over else 200)


def question_or_404(definition: Definition, code: str) -> Question:
    if code not in definition.by_code:
        raise Http404
    return definition.by_code[code]
