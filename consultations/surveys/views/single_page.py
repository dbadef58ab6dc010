"""All the questions on one page, for short questionnaires and counters: one GET, one POST, no draft."""

import uuid
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString

from consultations.surveys import services
from consultations.surveys.definition import QuestionRole
from consultations.surveys.flow import Answer, keep_visible
from consultations.surveys.forms import HONEYPOT, Reading, StartForm, draw_blank_start, read_all
from consultations.surveys.models import Survey, SurveyVersion
from consultations.surveys.pages import QuestionPage, draw_question
from consultations.surveys.selectors import load_definition
from consultations.surveys.views.answering import is_flooded, journey_page, to
from consultations.surveys.views.blank import blank_fields
from consultations.surveys.views.journey import DRAFT, SENT, Journey, remember
from core import errors


@journey_page("GET", "POST")
def single_page(request: HttpRequest, journey: Journey) -> HttpResponse:
    """The whole questionnaire; what is wrong is shown again with everything that was given."""
    survey = journey.survey
    if survey.layout != Survey.Layout.SINGLE_PAGE:
        return to("start", survey)
    if journey.sent and request.method != "POST":
        return to("thanks", survey)
    if request.method == "POST":
        return post(request, journey)
    version = journey.draft.version if journey.draft else survey.current_version
    assert version is not None  # noqa: S101 - an open survey has a version
    key = journey.draft.client_uuid if journey.draft else uuid.uuid4()
    answers = journey.draft.answers if journey.draft else {}
    return page(request, journey, version=version, key=key, answers=answers)


def post(request: HttpRequest, journey: Journey) -> HttpResponse:
    if request.POST.get(HONEYPOT):
        return errors.bad_request(request, ValueError("honeypot"))
    try:
        key = uuid.UUID(request.POST.get("envoi", ""))
        number = int(request.POST.get("version", "")[:9])
    except ValueError as error:
        return errors.bad_request(request, error)
    if is_flooded(journey.survey):
        return errors.too_many_requests(request)
    version = posted_version(journey.survey, number)
    readings = read_all(load_definition(version), request.POST)
    if request.POST.get("action") == "leave":
        return leave(request, journey, readings)
    return submit(request, journey, version=version, key=key, readings=readings)


def posted_version(survey: Survey, number: int) -> SurveyVersion:
    """The version the person had under their eyes, even when a correction was published since."""
    current = survey.current_version
    if current is not None and current.number == number:
        return current
    return get_object_or_404(survey.versions.defer("definition").select_related("survey"), number=number)


def submit(
    request: HttpRequest,
    journey: Journey,
    *,
    version: SurveyVersion,
    key: uuid.UUID,
    readings: dict[str, Reading],
) -> HttpResponse:
    answers = {code: reading.answer for code, reading in readings.items()}
    shown = set(keep_visible(load_definition(version), answers))
    wrong = {code: reading for code, reading in readings.items() if code in shown and not reading.is_settled}
    if not wrong:
        try:
            services.submit_response(
                version=version,
                client_uuid=key,
                answers=answers,
                mode=request.POST.get("mode", ""),
                helper=request.POST.get("helper", ""),
                language=journey.reader.language,
            )
        except ValidationError as error:
            for code, messages in error.message_dict.items():
                readings[code] = Reading(readings[code].raw, error=" ".join(messages))
        else:
            response = to("thanks", journey.survey)
            remember(response, request, journey.survey, SENT, key)
            return response
    form = StartForm(request.POST)
    return page(request, journey, version=version, key=key, answers=answers, readings=readings, form=form)


def leave(request: HttpRequest, journey: Journey, readings: dict[str, Reading]) -> HttpResponse:
    """Keep what is right so far in a draft, and give its code."""
    form = StartForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    draft = journey.draft or services.start_draft(
        survey=journey.survey,
        mode=given.get("mode", ""),
        helper=given.get("helper", ""),
        language=journey.reader.language,
    )
    draft.version.survey = journey.survey
    services.save_draft_response(
        draft=draft, answers={code: each.answer for code, each in readings.items() if each.is_settled}
    )
    response = to("pause", journey.survey)
    remember(response, request, journey.survey, DRAFT, draft.pk)
    return response


def start_fields(journey: Journey, form: StartForm | None) -> SafeString:
    """How one answers: as posted, as kept in the draft, or empty."""
    if form is None and journey.draft is None:
        return draw_blank_start(journey.reader.language)
    given = {"mode": journey.draft.mode, "helper": journey.draft.helper} if journey.draft else None
    return (form or StartForm(initial=given)).render()


def page(
    request: HttpRequest,
    journey: Journey,
    *,
    version: SurveyVersion,
    key: uuid.UUID,
    answers: Mapping[str, Answer],
    readings: dict[str, Reading] | None = None,
    form: StartForm | None = None,
) -> HttpResponse:
    definition = load_definition(version)
    drawn: list[QuestionPage] = []
    if readings or answers:
        drawn = [
            draw_question(
                question,
                definition,
                answers,
                reader=journey.reader,
                reading=(readings or {}).get(question.code),
            )
            for question in definition.questions
        ]
    problems = [each for each in drawn if each.error or each.candidates]
    context = {
        "survey": journey.survey,
        "consultation": journey.survey.consultation,
        "intro": definition.intro.say(journey.reader.language, easy=journey.reader.easy),
        "pages": drawn,
        "blank": "" if drawn else blank_fields(version, journey.reader),
        "problems": problems,
        "form": start_fields(journey, form),
        "asks_mode": definition.with_role(QuestionRole.MODE) is None,
        "key": key,
        "version": version,
        "honeypot": HONEYPOT,
    }
    return render(request, "surveys/single_page.html", context, status=422 if readings else 200)
