"""Needs many people voiced that no action answers.

For anyone: published cells only, eleven answers at least. For those who organise: the answers to their own surveys,
five at least, told by steps of five so that one more answer is never seen arriving.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from accounts.models import User
from consultations.actions.models import ActionSheet, State
from consultations.lineage.selectors.stories import around
from consultations.process.models import Consultation
from consultations.process.permissions import ORGANISING, covered_territory_ids
from consultations.surveys.definition import QuestionType
from consultations.surveys.models import AnswerFact, Survey
from consultations.surveys.selectors import load_definition
from needs.models import Need
from observatory.disclosure import PUBLIC
from observatory.indicators.selectors import voiced_places, voices_of_needs
from territories.models import Territory

STEP = 5  # organisers see nothing about fewer, and counts that move by as many
MOST, MOST_SURVEYS = 60, 40
REACHED = {State.DONE, State.EVALUATED}
STOPPED = {State.ABANDONED}


@dataclass(frozen=True)
class NeedLine:
    """A need, how many answers voice it at least, and how many actions that would answer it were given up."""

    need: Need
    voices: int
    given_up: int = 0


def unanswered_needs(*, territory: Territory | None = None) -> list[NeedLine]:
    """What anyone may read: needs voiced there in published figures that no public action answers."""
    place = (territory.level_id, territory.code) if territory else None
    voices = voices_of_needs(place=place)
    kept = {code: count for code, count in voices.items() if count >= PUBLIC.minimum}
    return _lines(kept, territory.pk if territory else None)


def unanswered_inside(user: User, *, territory: Territory | None = None) -> list[NeedLine]:
    """What an organiser may read of the surveys of their own places."""
    surveys = _surveys_of(user)
    counted = _voices_inside(surveys, territory)
    kept = {code: count - count % STEP for code, count in counted.items() if count >= STEP}
    return _lines(kept, territory.pk if territory else None)


def answered_codes(territory_id: int | None = None) -> tuple[set[str], Mapping[str, int]]:
    """Codes that a public action answers there, and how many actions given up would have. One or two queries."""
    sheets = ActionSheet.objects.public().exclude(needs=None)
    if territory_id is not None:
        near = around(territory_id)
        sheets = sheets.filter(Q(territory__in=near) | Q(places__in=near))
    rows = sheets.values_list("state", "needs__code").annotate(count=Count("pk", distinct=True)).order_by()
    answered: set[str] = set()
    given_up: dict[str, int] = defaultdict(int)
    for state, code, count in rows:
        if state in STOPPED:
            given_up[code] += count
        else:
            answered.add(code)
    return answered, given_up


def is_answered(code: str, answered: Collection[str]) -> bool:
    """True when an action answers this need, or a wider one that holds it."""
    return any(code == one or code.startswith(f"{one}.") for one in answered)


def _lines(voices: Mapping[str, int], territory_id: int | None) -> list[NeedLine]:
    answered, given_up = answered_codes(territory_id)
    left = [code for code in voices if not is_answered(code, answered)]
    left = sorted(left, key=lambda code: (-voices[code], code))[:MOST]
    needs = named(left)
    return [NeedLine(needs[code], voices[code], given_up.get(code, 0)) for code in left if code in needs]


def named(codes: Iterable[str]) -> dict[str, Need]:
    """Needs by code, in their most recent wording."""
    return {need.code: need for need in Need.objects.filter(code__in=list(codes)).order_by("valid_from")}


def _surveys_of(user: User) -> list[Survey]:
    found = Survey.objects.exclude(current_version=None).select_related("current_version")
    if not user.is_superuser:
        held = covered_territory_ids(user, *ORGANISING)
        found = found.filter(consultation__in=Consultation.objects.filter(territory__in=held))
    return list(found.order_by("-consultation__starts_on", "pk")[:MOST_SURVEYS])


def _voices_inside(surveys: list[Survey], territory: Territory | None) -> dict[str, int]:
    """In each survey the question that voices a need most, answers that exclude each other added up."""
    facts = AnswerFact.objects.filter(survey__in=surveys).exclude(choice_code="")
    if territory is not None:
        facts = facts.filter(response__territory__in=around(territory.pk))
    rows = facts.values("survey_id", "question_code", "choice_code").annotate(given=Count("pk")).order_by()
    counts: dict[UUID, dict[tuple[str, str], int]] = defaultdict(dict)
    for row in rows:
        counts[row["survey_id"]][row["question_code"], row["choice_code"]] = row["given"]
    found: dict[str, int] = defaultdict(int)
    for survey in surveys:
        for code, count in _voices_of(survey, counts[survey.pk]).items():
            found[code] += count
    return found


def _voices_of(survey: Survey, counts: Mapping[tuple[str, str], int]) -> dict[str, int]:
    highest: dict[str, int] = {}
    if survey.current_version is None or not counts:
        return highest
    for question in load_definition(survey.current_version).questions:
        pooled: dict[str, int] = defaultdict(int)
        for choice in question.choices:
            given = counts.get((question.code, choice.code), 0)
            for code in choice.needs:
                many = question.type is QuestionType.MULTIPLE
                pooled[code] = max(pooled[code], given) if many else pooled[code] + given
        for code, count in pooled.items():
            highest[code] = max(highest.get(code, 0), count)
    return highest


def places_voiced() -> list[tuple[str, str]]:
    """Places with published voices, widest first: address for `asked_territory`, name. Names of communes are many."""
    levels = {"departement": 0, "arrondissement": 1, "epci": 2}
    found = [one for one in voiced_places() if one[0] in levels]
    ordered = sorted(found, key=lambda one: (levels[one[0]], one[2], one[1]))
    return [(f"{level}:{code}", name) for level, code, name in ordered]
