"""One question per page, with or without JavaScript, from the first page to the receipt."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations.process.selectors import rights_in_words
from consultations.surveys import services
from consultations.surveys.definition import QuestionRole
from consultations.surveys.flow import exact_position, visible_questions
from consultations.surveys.forms import (
    HONEYPOT,
    InvitationForm,
    Reading,
    StartForm,
    draw_blank_start,
    read_question,
)
from consultations.surveys.models import Draft, Survey
from consultations.surveys.pages import QuestionPage, draw_question, first_open, neighbours, summary_lines
from consultations.surveys.registries import results_links
from consultations.surveys.views.blank import blank_question
from consultations.surveys.views.journey import (
    DRAFT,
    SENT,
    Journey,
    Stop,
    forget,
    forget_invitation,
    invitation_page,
    open_journey,
    question_or_404,
    remember,
)
from core import errors
from core.qr import public_url, qr_svg
from core.receipts import format_code
from core.throttle import count_hit

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Journey, Rest], HttpResponse]


def journey_page(*methods: str, at_door: bool = False) -> Callable[[View[Rest]], Callable[..., HttpResponse]]:
    """A page of an open survey, never cached nor indexed; other states get their own page."""

    def decorate(view: View[Rest]) -> Callable[..., HttpResponse]:
        @never_cache
        @require_http_methods(["HEAD", *methods])
        @wraps(view)
        def page(request: HttpRequest, slug: str, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            try:
                response = view(request, open_journey(request, slug, at_door=at_door), *args, **kwargs)
            except Stop as stop:
                response = stop.response
            response["X-Robots-Tag"] = "noindex"
            return response

        return page

    return decorate


def to(name: str, survey: Survey, *args: str) -> HttpResponseRedirect:
    response = redirect(f"surveys:{name}", survey.slug, *args)
    response.status_code = 303
    return response


def go_on(survey: Survey, draft: Draft, journey: Journey) -> HttpResponseRedirect:
    """To the first question not passed yet, or to the summary."""
    if survey.layout == Survey.Layout.SINGLE_PAGE:
        return to("single_page", survey)
    question = first_open(journey.definition, draft.answers)
    return to("question", survey, question.code) if question else to("summary", survey)


@journey_page("GET", "POST")
def start(request: HttpRequest, journey: Journey) -> HttpResponse:
    """What it is, how long it takes, who reads it; then how one answers."""
    survey = journey.survey
    asks_mode = journey.definition.with_role(QuestionRole.MODE) is None
    form = StartForm(request.POST if request.method == "POST" and asks_mode else None)
    if request.method == "POST" and (form.is_valid() or not asks_mode):
        if request.POST.get(HONEYPOT):
            return errors.bad_request(request, ValueError("honeypot"))
        given = form.cleaned_data if asks_mode else {}
        draft = services.start_draft(
            survey=survey,
            mode=given.get("mode", ""),
            helper=given.get("helper", ""),
            language=journey.reader.language,
        )
        response = to("question", survey, journey.definition.questions[0].code)
        remember(response, request, survey, DRAFT, draft.pk)
        return response
    context = {
        "survey": survey,
        "consultation": survey.consultation,
        "intro": journey.definition.intro.say(journey.reader.language, easy=journey.reader.easy),
        "rights": rights_in_words(survey.consultation),
        "question_count": len(journey.definition.questions),
        "has_easy_read": journey.definition.has_easy_read,
        "form": form,
        "fields": form if form.is_bound else draw_blank_start(journey.reader.language),
        "asks_mode": asks_mode,
        "draft": journey.draft,
        "sent": journey.sent,
        "honeypot": HONEYPOT,
    }
    return render(request, "surveys/start.html", context, status=422 if form.errors else 200)


@journey_page("GET", "POST")
def question(request: HttpRequest, journey: Journey, code: str) -> HttpResponse:
    """One question; posting it keeps the answer and goes on."""
    if journey.sent:
        return to("thanks", journey.survey)
    if journey.draft is None:
        return lost_draft(request, journey)
    asked = question_or_404(journey.definition, code)
    opened = first_open(journey.definition, journey.draft.answers)
    shown = visible_questions(journey.definition, journey.draft.answers)
    codes = [each.code for each in shown]
    if code not in codes or (opened and codes.index(opened.code) < codes.index(code)):
        return go_on(journey.survey, journey.draft, journey)
    if request.method != "POST":
        return question_page(request, journey, draw(journey, asked.code))
    return post_question(request, journey, code)


def draw(journey: Journey, code: str, reading: Reading | None = None) -> QuestionPage:
    assert journey.draft is not None  # noqa: S101 - callers have one
    asked = journey.definition.by_code[code]
    return draw_question(
        asked,
        journey.definition,
        journey.draft.answers,
        reader=journey.reader,
        reading=reading,
    )


def post_question(request: HttpRequest, journey: Journey, code: str) -> HttpResponse:
    """Keep the answer, or show it again with what is wrong. `leave` and `skip` are buttons of the page."""
    draft, asked = journey.draft, journey.definition.by_code[code]
    assert draft is not None  # noqa: S101 - the caller has one
    reading = read_question(asked, request.POST, draft.answers)
    leaving = request.POST.get("action") == "leave"
    skipping = request.POST.get("action") == "skip" and not asked.required
    if not (reading.is_settled or leaving or skipping):
        return question_page(request, journey, draw(journey, code, reading))
    if skipping or reading.is_settled:
        try:
            services.save_draft_response(
                draft=draft, answers={**draft.answers, code: None if skipping else reading.answer}
            )
        except Draft.DoesNotExist:
            return lost_draft(request, journey)
    if leaving:
        return to("pause", journey.survey)
    following = neighbours(journey.definition, draft.answers, code)[1]
    if request.GET.get("retour") or following is None:
        return go_on(journey.survey, draft, journey)
    return to("question", journey.survey, following.code)


def question_page(request: HttpRequest, journey: Journey, page: QuestionPage) -> HttpResponse:
    """The question drawn, with its way back and the code to resume."""
    draft = journey.draft
    assert draft is not None  # noqa: S101 - the caller has one
    before = neighbours(journey.definition, draft.answers, page.code)[0]
    back = reverse("surveys:start", args=[journey.survey.slug])
    if request.GET.get("retour"):
        back = reverse("surveys:summary", args=[journey.survey.slug])
    elif before:
        back = reverse("surveys:question", args=[journey.survey.slug, before.code])
    is_blank = page.code not in draft.answers and not page.error and not page.candidates
    context = {
        "survey": journey.survey,
        "page": page,
        "blank": blank_question(draft.version, page.code, journey.reader) if is_blank else "",
        "back": back,
        "position": exact_position(journey.definition, draft.answers, page.code),
        "code": format_code(services.draft_code(draft)),
        "contact": journey.survey.consultation.contact,
    }
    return render(request, "surveys/question.html", context, status=422 if page.error else 200)


def lost_draft(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Cookies refused, a draft expired or resumed elsewhere: say so and offer both ways on."""
    return render(request, "surveys/lost.html", {"survey": journey.survey}, status=410)


@journey_page("GET", "POST")
def summary(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Every answer in words, with a link to change it; posting sends."""
    if journey.sent:
        return to("thanks", journey.survey)
    if journey.draft is None:
        return sent_already(request, journey) or lost_draft(request, journey)
    if request.method == "POST":
        return send(request, journey)
    if first_open(journey.definition, journey.draft.answers):
        return go_on(journey.survey, journey.draft, journey)
    return summary_page(request, journey, {})


def summary_page(request: HttpRequest, journey: Journey, problems: dict[str, list[str]]) -> HttpResponse:
    draft = journey.draft
    assert draft is not None  # noqa: S101 - the caller has one
    lines = summary_lines(journey.definition, draft.answers, reader=journey.reader, errors=problems)
    context = {
        "survey": journey.survey,
        "lines": lines,
        "client_uuid": draft.client_uuid,
        "problems": [line for line in lines if line.error],
        "back": reverse("surveys:question", args=[journey.survey.slug, lines[-1].code]) if lines else "",
    }
    return render(request, "surveys/summary.html", context, status=422 if problems else 200)


def sent_already(request: HttpRequest, journey: Journey) -> HttpResponse | None:
    """A second click that arrives after the first was kept: to the same receipt."""
    try:
        key = UUID(request.POST.get("envoi", ""))
    except ValueError:
        return None
    if services.recall_receipt(survey=journey.survey, client_uuid=key) is None:
        return None
    response = to("thanks", journey.survey)
    remember(response, request, journey.survey, SENT, key)
    return response


def is_flooded(survey: Survey) -> bool:
    """True when this survey receives more than a room, or a whole département, can send in a minute."""
    return count_hit(f"survey:{survey.pk}") > settings.SURVEY_SUBMISSIONS_PER_MINUTE


def send(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Keep the response once, whatever is repeated, and show its receipt."""
    draft = journey.draft
    assert draft is not None  # noqa: S101 - the caller has one
    if is_flooded(journey.survey):
        return errors.too_many_requests(request)
    try:
        services.submit_response(
            version=draft.version,
            client_uuid=draft.client_uuid,
            answers=draft.answers,
            mode=draft.mode,
            helper=draft.helper,
            language=draft.language,
            invitation=journey.invitation,
        )
    except services.InvitationRefused as error:
        return invitation_refused(request, journey, error, is_kept=True)
    except ValidationError as error:
        return summary_page(request, journey, error.message_dict)
    return sent(request, journey, draft.client_uuid)


def sent(request: HttpRequest, journey: Journey, key: UUID) -> HttpResponse:
    """To the receipt; the invitation is used."""
    response = to("thanks", journey.survey)
    remember(response, request, journey.survey, SENT, key)
    if journey.invitation:
        forget_invitation(response, journey.survey)
    return response


def invitation_refused(
    request: HttpRequest, journey: Journey, error: services.InvitationRefused, *, is_kept: bool
) -> HttpResponse:
    """The code was used or ran out since it was typed: another one may be typed, the draft waits."""
    form = InvitationForm({"code": journey.invitation.replace("-", " ")})
    form.add_error("code", error.messages[0])
    response = invitation_page(request, journey.survey, form, status=409, is_kept=is_kept)
    forget_invitation(response, journey.survey)
    return response


@journey_page("GET", "POST")
def pause(request: HttpRequest, journey: Journey) -> HttpResponse:
    """The code to resume later, to print or note down; one may also erase everything."""
    if journey.draft is None:
        return lost_draft(request, journey)
    if request.method == "POST":
        if request.POST.get("action") == "erase":
            services.forget_draft(draft=journey.draft)
        response = redirect("surveys:resume" if request.POST.get("action") == "leave" else "/")
        forget(response, journey.survey)
        return response
    address = public_url(reverse("surveys:resume"))
    context = {
        "survey": journey.survey,
        "draft": journey.draft,
        "code": format_code(services.draft_code(journey.draft)),
        "address": address,
        "next": go_on(journey.survey, journey.draft, journey).url,
    }
    return render(request, "surveys/pause.html", context)


@journey_page("GET", "POST")
def thanks(request: HttpRequest, journey: Journey) -> HttpResponse:
    """The receipt: a code in words, its QR, and when results come. Reloading shows it again."""
    survey = journey.survey
    code = services.recall_receipt(survey=survey, client_uuid=journey.sent) if journey.sent else None
    if code is None:
        return to("start", survey)
    if request.method == "POST":
        response = to("start", survey)
        forget(response, survey)
        return response
    address = public_url(reverse("lineage:receipt", args=[code]))
    context = {
        "survey": survey,
        "code": format_code(code),
        "address": address,
        "path": reverse("lineage:receipt", args=[code]),
        "qr": qr_svg(address, title=_("QR code of your receipt")),
        "thanks": journey.definition.thanks.say(journey.reader.language, easy=journey.reader.easy),
        "results": next(filter(None, (link(survey) for link in results_links)), ""),
    }
    return render(request, "surveys/thanks.html", context)
