"""The questions that apply, on one page, for short questionnaires and counters: one GET, one POST, no draft."""

import uuid
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString

from consultations.surveys import services
from consultations.surveys.definition import QuestionRole, QuestionType
from consultations.surveys.flow import deciding_codes
from consultations.surveys.forms import HONEYPOT, Reading, StartForm, draw_blank_start
from consultations.surveys.models import Survey, SurveyVersion
from consultations.surveys.pages import Placed, QuestionPage, draw_question
from consultations.surveys.selectors import load_definition
from consultations.surveys.sheet import Sheet, kept_fields, read_sheet
from consultations.surveys.structure import Question
from consultations.surveys.views.answering import invitation_refused, is_flooded, journey_page, sent, to
from consultations.surveys.views.blank import blank_fields
from consultations.surveys.views.journey import DRAFT, Journey, remember
from core import errors


@dataclass(frozen=True)
class Post:
    """A post that this page made: the version it showed, the key that makes it count once, the fields."""

    version: SurveyVersion
    key: uuid.UUID
    data: QueryDict | None = None
    opened: list[str] = field(default_factory=list)
    is_updated: bool = False


@journey_page("GET", "POST")
def single_page(request: HttpRequest, journey: Journey) -> HttpResponse:
    """The questionnaire; what is wrong is shown again with everything that was given."""
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
    return page(request, journey, Post(version, key), Sheet(load_definition(version), answers))


def post(request: HttpRequest, journey: Journey) -> HttpResponse:
    """`send`, `leave` and `update` are buttons; `part` is what the page's script asks for."""
    if request.POST.get(HONEYPOT):
        return errors.bad_request(request, ValueError("honeypot"))
    try:
        key = uuid.UUID(request.POST.get("envoi", ""))
        number = int(request.POST.get("version", "")[:9])
    except ValueError as error:
        return errors.bad_request(request, error)
    version = posted_version(journey.survey, number)
    sheet = read_sheet(load_definition(version), request.POST)
    given = Post(version, key, request.POST)
    action = request.POST.get("action")
    if action == "part":
        return part(request, journey, sheet)
    if action == "update":
        return update(request, journey, given, sheet)
    if is_flooded(journey.survey):
        return errors.too_many_requests(request)
    if action == "leave":
        return leave(request, journey, sheet)
    return submit(request, journey, given, sheet)


def posted_version(survey: Survey, number: int) -> SurveyVersion:
    """The version the person had under their eyes, even when a correction was published since."""
    current = survey.current_version
    if current is not None and current.number == number:
        return current
    return get_object_or_404(survey.versions.defer("definition").select_related("survey"), number=number)


def submit(request: HttpRequest, journey: Journey, given: Post, sheet: Sheet) -> HttpResponse:
    """Send what is complete; else show it again with the questions it opens and what has to be corrected."""
    if opened := sheet.opened:
        shown = sheet.without_errors(frozenset(opened))
        return page(request, journey, replace(given, opened=opened), shown, is_wrong=not sheet.is_settled)
    if not sheet.is_settled:
        return page(request, journey, given, sheet, is_wrong=True)
    try:
        services.submit_response(
            version=given.version,
            client_uuid=given.key,
            answers=sheet.answers,
            mode=request.POST.get("mode", ""),
            helper=request.POST.get("helper", ""),
            language=journey.reader.language,
            invitation=journey.invitation,
        )
    except services.InvitationRefused as error:
        kept = leave(request, journey, sheet)
        refused = invitation_refused(request, journey, error, is_kept=True)
        refused.cookies.update(kept.cookies)
        return refused
    except ValidationError as error:
        wrong = {
            code: Reading(sheet.readings[code].raw, error=" ".join(messages))
            for code, messages in error.message_dict.items()
        }
        return page(
            request, journey, given, replace(sheet, readings={**sheet.readings, **wrong}), is_wrong=True
        )
    return sent(request, journey, given.key)


def update(request: HttpRequest, journey: Journey, given: Post, sheet: Sheet) -> HttpResponse:
    """The page again with the questions that apply now; mistakes are said when it is sent."""
    given = replace(given, opened=sheet.opened, is_updated=True)
    return page(request, journey, given, sheet.without_errors())


def part(request: HttpRequest, journey: Journey, sheet: Sheet) -> HttpResponse:
    """The conditional questions that apply now, each with the question it follows, and what changed in words."""
    codes = ["", *(question.code for question in sheet.visible)]
    silent = sheet.without_errors()
    context = {
        "placed": [
            Placed(draw(journey, silent, question), after)
            for after, question in zip(codes, sheet.visible, strict=False)
            if question.visible_when is not None
        ],
        "seen": " ".join(sheet.shown_codes),
        "opened": len(set(sheet.shown_codes) - sheet.seen),
        "closed": len(sheet.closed),
        "deciding": deciding_codes(sheet.definition),
    }
    return render(request, "surveys/single_page_part.html", context)


def leave(request: HttpRequest, journey: Journey, sheet: Sheet) -> HttpResponse:
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
        draft=draft, answers={code: each.answer for code, each in sheet.readings.items() if each.is_settled}
    )
    response = to("pause", journey.survey)
    remember(response, request, journey.survey, DRAFT, draft.pk)
    return response


def start_fields(journey: Journey, data: QueryDict | None) -> SafeString:
    """How one answers: as posted, as kept in the draft, or empty."""
    if data is None and journey.draft is None:
        return draw_blank_start(journey.reader.language)
    given = {"mode": journey.draft.mode, "helper": journey.draft.helper} if journey.draft else None
    return StartForm(data, initial=given).render()


def draw(journey: Journey, sheet: Sheet, question: Question) -> QuestionPage:
    reading = sheet.readings.get(question.code)
    return draw_question(question, sheet.definition, sheet.answers, reader=journey.reader, reading=reading)


def page(
    request: HttpRequest, journey: Journey, given: Post, sheet: Sheet, *, is_wrong: bool = False
) -> HttpResponse:
    """Drawn once for everybody while it is empty."""
    definition = sheet.definition
    is_blank = not (sheet.readings or sheet.answers)
    drawn = [] if is_blank else [draw(journey, sheet, question) for question in sheet.visible]
    deciding = deciding_codes(definition)
    context = {
        "survey": journey.survey,
        "intro": definition.intro.say(journey.reader.language, easy=journey.reader.easy),
        "pages": drawn,
        "blank": blank_fields(given.version, journey.reader) if is_blank else "",
        "problems": [each for each in drawn if each.error or each.candidates],
        "opened": [each for each in drawn if each.code in given.opened],
        "is_updated": given.is_updated,
        "deciding": deciding,
        "seen": " ".join(sheet.shown_codes),
        "kept": list(kept_fields(sheet, given.data)) if given.data is not None else [],
        "form": start_fields(journey, given.data),
        "asks_mode": definition.with_role(QuestionRole.MODE) is None,
        "asks_commune": any(each.type == QuestionType.COMMUNE for each in definition.questions),
        "key": given.key,
        "version": given.version,
        "honeypot": HONEYPOT,
    }
    return render(request, "surveys/single_page.html", context, status=422 if is_wrong else 200)
