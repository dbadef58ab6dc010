"""Reads of surveys: definitions, the union codebook, and the counts other apps protect and publish."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.surveys.bands import band_of, bands_of
from consultations.surveys.crossing import OTHERS, Crossing
from consultations.surveys.definition import (
    Definition,
    DefinitionProblem,
    Question,
    QuestionRole,
    QuestionType,
    read_definition,
)
from consultations.surveys.models import AnswerFact, Mode, ParticipationState, Survey, SurveyVersion
from consultations.surveys.participation import Breakdown, Period, Shown
from consultations.surveys.publication import check_publication
from needs.models import Need
from territories.models import Territory, TerritoryRelation
from territories.names import search_key
from territories.selectors import search_territories


@lru_cache(maxsize=128)
def _definition(version_id: int, content_hash: str) -> Definition:
    document = SurveyVersion.objects.values_list("definition", flat=True).get(pk=version_id)
    return read_definition(document)[0]


def load_definition(version: SurveyVersion) -> Definition:
    """The typed definition of a published version, parsed once by process: versions never change.

    Give a version whose `definition` column is deferred, so that the document is read only once.
    """
    return _definition(version.pk, version.content_hash)


def publication_problems(survey: Survey) -> list[DefinitionProblem]:
    """What keeps the survey's draft from being published, and advice; blocking ones first."""
    today = timezone.localdate()
    return check_publication(
        survey.draft,
        previous_versions=list(survey.versions.order_by("number").values_list("definition", flat=True)),
        need_codes=set(Need.objects.valid_on(today).values_list("code", flat=True)),
    )


def codebook(survey: Survey) -> tuple[Question, ...]:
    """Every question ever published, in its latest wording, with the choices of all versions."""
    known: dict[str, Question] = {}
    for document in survey.versions.order_by("number").values_list("definition", flat=True):
        for question in read_definition(document)[0].questions:
            kept = {choice.code: choice for choice in question.choices}
            old = known[question.code].choices if question.code in known else ()
            dropped = tuple(choice for choice in old if choice.code not in kept)
            known[question.code] = replace(question, choices=(*question.choices, *dropped))
    return tuple(known.values())


@dataclass(frozen=True)
class ClosedCount:
    """How many responses of a territory gave one choice. Not protected: never show it as it is."""

    question_code: str
    choice_code: str
    territory_id: int | None
    territory_code: str
    count: int


@dataclass(frozen=True)
class QuestionBase:
    """How many responses of a territory answered a question."""

    question_code: str
    territory_id: int | None
    territory_code: str
    count: int


@dataclass(frozen=True)
class ClosedAnswers:
    """Counts by question, choice and commune, with their bases, read from the projection."""

    response_count: int
    counts: tuple[ClosedCount, ...]
    bases: tuple[QuestionBase, ...]


def closed_answers(survey: Survey) -> ClosedAnswers:
    """Every answer that can be counted, by commune of the response, None when not given.

    The `choice_code` of a scale is its value, of a number or a date its band, of a commune its INSEE code.
    Dates out of the range count for nothing. For the observatory's feed, which protects before publishing.
    """
    questions = {one.code: one for one in codebook(survey) if is_counted(one)}
    place = ["response__territory_id", "response__territory__code"]
    facts = AnswerFact.objects.filter(survey=survey, question_code__in=questions)
    counts = facts.values_list("question_code", "choice_code", "number", *place).annotate(n=Count("pk"))
    found: dict[tuple[str, str, int | None, str], int] = {}
    for code, choice, number, territory, insee, count in counts.order_by(
        "question_code", "choice_code", "number", *place
    ):
        counted = _counted_as(questions[code], choice, number)
        if counted is not None:
            key = (code, counted, territory, insee or "")
            found[key] = found.get(key, 0) + count
    return ClosedAnswers(
        response_count=survey.responses.filter(is_projected=True).count(),
        counts=tuple(ClosedCount(*key, count) for key, count in found.items()),
        bases=_bases(facts, questions, found),
    )


def is_counted(question: Question) -> bool:
    """Whether the answers to a question are counted in figures."""
    if question.type in {QuestionType.NUMBER, QuestionType.DATE}:
        return bool(bands_of(question))
    return question.type != QuestionType.TEXT and question.role != QuestionRole.TERRITORY


def _counted_as(question: Question, choice: str, number: float | None) -> str | None:
    if question.type == QuestionType.NUMBER:
        return band_of(question, number or 0.0)
    if question.type == QuestionType.DATE:
        return band_of(question, choice)
    return choice or f"{number:g}"


def _bases(
    facts: QuerySet[AnswerFact],
    questions: Mapping[str, Question],
    counts: Mapping[tuple[str, str, int | None, str], int],
) -> tuple[QuestionBase, ...]:
    """How many people are counted: where answers overlap they are counted once."""
    found: dict[tuple[str, int | None, str], int] = {}
    for (code, _choice, territory, insee), count in counts.items():
        key = (code, territory, insee)
        if questions[code].type != QuestionType.MULTIPLE:
            found[key] = found.get(key, 0) + count
    several = [code for code, one in questions.items() if one.type == QuestionType.MULTIPLE]
    place = ["response__territory_id", "response__territory__code"]
    rows = facts.filter(question_code__in=several).values_list("question_code", *place)
    for code, territory, insee, count in rows.annotate(n=Count("response", distinct=True)).order_by():
        found[code, territory, insee or ""] = count
    return tuple(QuestionBase(*key, count) for key, count in found.items())


def responses_by_commune(survey: Survey) -> dict[int | None, int]:
    """Unprotected counts of responses by commune, for the observatory's feed."""
    rows = survey.responses.order_by("territory").values_list("territory").annotate(n=Count("pk"))
    return dict(rows)


SHOWN_LEVEL = "epci"


def find_communes(codes: Iterable[str]) -> dict[str, int]:
    """Territories by INSEE code; a code that no longer exists gives the commune it was."""
    rows = Territory.objects.at_level("commune").filter(code__in=list(codes))
    return dict(rows.order_by("valid_from").values_list("code", "pk"))


def territories_shown(by_commune: Mapping[int | None, int]) -> dict[str, int]:
    """Counts by commune added up by the one level organisers see; "" when it is not known."""
    relations = TerritoryRelation.objects.filter(
        child__in=[pk for pk in by_commune if pk],
        parent__level=SHOWN_LEVEL,
        kind=TerritoryRelation.Kind.MEMBERSHIP,
        valid_to=None,
    )
    parents = dict(relations.order_by("-weight", "parent").values_list("child", "parent"))
    counts: dict[str, int] = {}
    for commune, count in by_commune.items():
        key = str(parents.get(commune, "")) if commune else ""
        counts[key] = counts.get(key, 0) + count
    return counts


@dataclass(frozen=True)
class Line:
    """One category and its count."""

    label: str
    count: int


@dataclass(frozen=True)
class Crossed:
    """Territories by way of answering; each row holds one count for each column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    total: int


@dataclass(frozen=True)
class Participation:
    """What organisers may see (`consultations.surveys.participation`); a withheld breakdown is None."""

    total: int
    is_waiting: bool
    periods: tuple[Period, ...]
    by_mode: tuple[Line, ...] | None
    by_territory: tuple[Line, ...] | None
    crossed: Crossed | None


def participation(survey: Survey) -> Participation:
    """The protected counts by day, mode and territory. The caller checks `can_read_participation`."""
    state = ParticipationState.objects.filter(survey=survey).first()
    shown = Shown.from_json(state.shown if state else {})
    names = dict(Territory.objects.filter(pk__in=_keys(shown)).values_list("pk", "name"))
    places = {str(pk): name for pk, name in names.items()} | {"": _("Place not given")}
    return Participation(
        total=shown.total,
        is_waiting=survey.responses.count() > shown.total,
        periods=shown.periods,
        by_mode=_lines(shown.by_mode, {key: str(label) for key, label in Mode.choices}),
        by_territory=_lines(shown.by_territory, places),
        crossed=_crossed(shown.crossing, places),
    )


def _crossed(crossing: Crossing, places: Mapping[str, str]) -> Crossed | None:
    """The table shown of a crossing; None while it has fewer than two rows or two columns."""
    cells = crossing.shown()
    labels = {key: str(label) for key, label in Mode.choices} | {OTHERS: _("Others")}
    modes = [mode for mode in labels if any(mode == one for one, _place in cells)]
    names = {place: places.get(place, _("Others")) for _mode, place in cells}
    if len(modes) < 2 or len(names) < 2:
        return None
    rows = [
        (name, tuple(cells.get((mode, place), 0) for mode in modes))
        for place, name in sorted(names.items(), key=lambda one: (one[0] == OTHERS, one[1]))
    ]
    return Crossed(tuple(labels[mode] for mode in modes), tuple(rows), sum(cells.values()))


def _keys(shown: Shown) -> list[int]:
    return [int(key) for key in shown.by_territory.counts if key]


def _lines(breakdown: Breakdown, labels: Mapping[str, str]) -> tuple[Line, ...] | None:
    if breakdown.is_withheld:
        return None
    lines = [Line(labels.get(key, key), count) for key, count in breakdown.shown().items()]
    lines.sort(key=lambda line: (-line.count, line.label))
    if breakdown.others:
        lines.append(Line(_("Others"), breakdown.others_count))
    return tuple(lines)


@dataclass(frozen=True)
class Commune:
    """A commune one may have meant."""

    code: str
    name: str


MAX_CANDIDATES = 12


def search_communes(typed: str) -> list[Commune]:
    """Current communes of this name or code: only the exact ones if any, else those that contain it."""
    key = search_key(typed[:80])
    if not key:
        return []
    communes = Territory.objects.at_level("commune").current()
    rows = list(communes.filter(Q(search_name=key) | Q(code__iexact=key)).order_by("search_name", "code"))
    if not rows and len(key) > 1:
        near = Q(search_name__startswith=key) | Q(search_name__contains=f" {key}")
        rows = list(communes.filter(near).order_by("search_name", "code")[:MAX_CANDIDATES])
    return [Commune(row.code, row.name) for row in rows]


def similar_communes(typed: str) -> list[Commune]:
    """Communes that an unknown name or code may mean: old names and codes, typing errors."""
    found = search_territories(typed, levels=["commune"], limit=MAX_CANDIDATES)
    return [Commune(one.territory.code, one.territory.name) for one in found]


def commune_names(codes: Iterable[str]) -> dict[str, str]:
    """Names by INSEE code, in their most recent wording."""
    rows = Territory.objects.at_level("commune").filter(code__in=list(codes))
    return dict(rows.order_by("valid_from").values_list("code", "name"))
