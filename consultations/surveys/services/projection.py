"""What is derived from responses after they are kept: facts, verbatims, links, participation.

Everything here is idempotent and can be rebuilt from the responses at any time.
"""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django_tasks import task

from consultations.bank.services import replace_verbatims
from consultations.lineage.models import Relation
from consultations.lineage.services import replace_links
from consultations.surveys.crossing import key_of, territory_of
from consultations.surveys.definition import Definition, Question, QuestionType
from consultations.surveys.flow import Answer
from consultations.surveys.models import AnswerFact, Invitation, ParticipationState, Response, Survey
from consultations.surveys.participation import Counted, Shown, advance
from consultations.surveys.selectors import load_definition, territories_shown

BATCH = 500
NUMBERS = {QuestionType.SCALE, QuestionType.NUMBER}
CODES = {QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.COMMUNE, QuestionType.DATE}


def ask_projection() -> None:
    """Have what was just kept projected within seconds: one task for all the responses of that time.

    It runs once the window is over, so it finds every response that found the window open.
    """
    seconds = settings.SURVEY_PROJECTION_SECONDS
    if not seconds:
        project_responses.enqueue()
    elif cache.add("surveys:projection-asked", 1, timeout=seconds):
        project_responses.using(run_after=timezone.now() + timedelta(seconds=seconds + 1)).enqueue()


@task()
def project_responses() -> None:
    """Project every response not projected yet."""
    while project_waiting() == BATCH:
        pass


def _responses() -> QuerySet[Response]:
    return Response.objects.select_related("version", "survey").defer("version__definition", "survey__draft")


@transaction.atomic
def project(response: Response) -> None:
    """Make facts, verbatims and links say what the response says, whatever was there before."""
    definition = load_definition(response.version)
    answers = [
        (question, response.answers[question.code])
        for question in definition.questions
        if response.answers.get(question.code) is not None
    ]
    response.facts.all().delete()
    AnswerFact.objects.bulk_create(
        fact for question, answer in answers for fact in facts_of(response, question, answer)
    )
    replace_verbatims(
        consultation_id=response.survey.consultation_id,
        origin=("response", str(response.pk)),
        territory_id=response.territory_id,
        given_on=response.submitted_on,
        texts={
            question.code: (str(answer), question.needs)
            for question, answer in answers
            if question.type == QuestionType.TEXT
        },
    )
    needs = needs_of(definition, response.answers)
    replace_links(
        source=("response", str(response.pk)),
        targets=[
            (Relation.RAISED_IN, ("survey", str(response.survey_id))),
            *((Relation.CODED_AS, ("need", code)) for code in needs),
        ],
        on=response.submitted_on,
    )
    Response.objects.filter(pk=response.pk).update(is_projected=True)


def facts_of(response: Response, question: Question, answer: Answer) -> Iterator[AnswerFact]:
    """One fact by choice ticked, one for a number, a commune or a date; none for words."""
    key = {"response": response, "survey_id": response.survey_id, "question_code": question.code}
    if question.type in NUMBERS and isinstance(answer, int | float):
        yield AnswerFact(**key, number=float(answer))
    elif question.type in CODES:
        for code in answer if isinstance(answer, list) else [answer]:
            yield AnswerFact(**key, choice_code=str(code))


def needs_of(definition: Definition, answers: dict[str, Answer]) -> list[str]:
    """The needs a response speaks of: those of the choices ticked, and of the questions answered in words.

    A question's own needs say what it is about; when its choices carry needs, only the ticked ones count.
    """
    found: dict[str, None] = {}
    for question in definition.questions:
        answer = answers.get(question.code)
        if answer is None:
            continue
        coded = [choice for choice in question.choices if choice.needs]
        ticked = answer if isinstance(answer, list) else [answer]
        spoken = [code for choice in coded if choice.code in ticked for code in choice.needs]
        found |= dict.fromkeys(spoken if coded else question.needs)
    return list(found)


@transaction.atomic
def refresh_participation(*, survey_id: UUID) -> None:
    """Move what organisers see, if at least five responses came since it last moved."""
    ParticipationState.objects.get_or_create(survey_id=survey_id)
    state = ParticipationState.objects.select_for_update().get(survey_id=survey_id)
    shown = Shown.from_json(state.shown)
    rows = Response.objects.filter(survey_id=survey_id).order_by()
    days = rows.values_list("submitted_on").annotate(n=Count("pk"))
    by_day = {day.isoformat(): count for day, count in days}
    if 0 <= sum(by_day.values()) - shown.total < 5:
        return
    by_mode = dict(rows.values_list("mode").annotate(n=Count("pk")))
    places = rows.values_list("mode", "territory").annotate(n=Count("pk"))
    cells: dict[str, int] = {}
    for mode in by_mode:
        shares = territories_shown({place: count for one, place, count in places if one == mode})
        cells |= {key_of(mode, territory): count for territory, count in shares.items()}
    by_territory: dict[str, int] = {}
    for key, count in cells.items():
        by_territory[territory_of(key)] = by_territory.get(territory_of(key), 0) + count
    invited = Invitation.objects.filter(survey_id=survey_id, is_spent=True).count()
    counted = Counted(by_day, by_mode, by_territory, cells, min(invited, sum(by_day.values())))
    state.shown = advance(shown, counted).to_json()
    state.save(update_fields=["shown"])


def rebuild_projection(survey: Survey) -> int:
    """Project again every response of the survey; gives how many. Safe while people answer."""
    count = 0
    for response in _responses().filter(survey=survey).order_by("pk").iterator(chunk_size=500):
        project(response)
        count += 1
    refresh_participation(survey_id=survey.pk)
    return count


def project_waiting() -> int:
    """Project a batch of the responses that wait; gives how many. The tick calls it too, for lost tasks.

    One that fails does not keep the others waiting: its error is raised after them.
    """
    waiting = list(_responses().filter(is_projected=False).order_by("submitted_on")[:BATCH])
    failure: Exception | None = None
    for response in waiting:
        try:
            project(response)
        except Exception as error:
            failure = error
    for survey_id in {response.survey_id for response in waiting}:
        refresh_participation(survey_id=survey_id)
    if failure is not None:
        raise failure
    return len(waiting)
