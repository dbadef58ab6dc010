"""Answers of surveys as facts about persons: by question, choice or band, and commune, never below."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import timezone

from consultations.surveys.definition import Question, QuestionType
from consultations.surveys.models import Survey
from consultations.surveys.selectors import closed_answers, codebook, is_counted, responses_by_commune
from needs.models import Need
from needs.selectors import needs_by_code
from observatory.indicators.figures import LeftOut
from observatory.indicators.models import Indicator, Slice, Source
from observatory.indicators.pooling import Pooled, pooled_code
from observatory.indicators.releasing import Derived
from observatory.indicators.tables import FactRow
from observatory.portal.feeds.measures import derived_from, described
from observatory.portal.feeds.names import SURVEY
from observatory.portal.feeds.questions import (
    Choice,
    by_choice,
    choices_of,
    method_of,
    neighbours_of,
    reason_without_figure,
)
from territories.models import Territory, TerritoryRelation
from territories.selectors import ancestors

Counts = Mapping[str, Mapping[int, int]]


@dataclass(frozen=True)
class SurveyFeed:
    """The rows of a delivery, with what a release needs to know of the survey."""

    source: Source
    geography_on: datetime.date
    response_count: int
    rows: list[FactRow]
    left_out: tuple[LeftOut, ...]
    derived: tuple[Derived, ...] = ()
    pooled: Pooled | None = None


def indicator_code(survey: Survey, question_code: str) -> str:
    """The permanent address of a question in the observatory."""
    return f"{survey.slug}--{question_code}"


def scope_of(survey: Survey) -> Territory:
    """The territory that holds everyone who answered: that of the consultation, or its département."""
    own = survey.consultation.territory
    located = survey.responses.exclude(territory=None).exclude(territory=own)
    day = survey.opens_on or survey.consultation.starts_on
    inside = TerritoryRelation.objects.valid_on(day).full().filter(parent=own).values("child")
    if not located.exclude(territory__in=inside).exists():
        return own
    above = [kin.territory for kin in ancestors(own, on=day) if kin.territory.level_id == "departement"]
    return above[0] if above else own


def survey_feed(survey: Survey, scope: Territory) -> SurveyFeed:
    """Everything people answered that can be counted, by commune; those who gave none count for the whole."""
    answers = closed_answers(survey)
    counts: dict[str, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    bases: dict[str, dict[int, int]] = defaultdict(dict)
    whole = scope.pk
    for one in answers.counts:
        place = counts[one.question_code][one.choice_code]
        territory = one.territory_id or whole
        place[territory] = place.get(territory, 0) + one.count
    for base in answers.bases:
        territory = base.territory_id or whole
        bases[base.question_code][territory] = bases[base.question_code].get(territory, 0) + base.count
    respondents: dict[int, int] = {}
    for key, count in responses_by_commune(survey).items():
        respondents[key or whole] = respondents.get(key or whole, 0) + count
    period = str((survey.opens_on or survey.consultation.starts_on).year)
    rows: list[FactRow] = []
    asked = codebook(survey)
    day = survey.opens_on or survey.consultation.starts_on
    neighbours = cache(lambda: neighbours_of(_departement(scope, day), day))
    for order, question in enumerate(one for one in asked if is_counted(one)):
        indicator = _indicator(survey, question, order)
        choices = choices_of(question, neighbours)
        slices = _slices(indicator, choices, by_choice(choices, counts.get(question.code, {})), whole)
        slices.append((_shared_slice(Slice.TOTAL), bases.get(question.code, {})))
        if indicator.is_conditional:
            slices.append((_shared_slice(Slice.OTHERS), _others(respondents, bases.get(question.code, {}))))
        rows += _rows(indicator, period, slices, bases.get(question.code, {}))
    return SurveyFeed(
        _source(survey),
        day,
        answers.response_count,
        rows,
        left_out_of(asked),
        measured(survey, asked),
        pooled_needs(survey, asked),
    )


def pooled_needs(survey: Survey, questions: Sequence[Question]) -> Pooled:
    """Which answers of this survey voice which needs: the choices that carry a code."""
    by_question: dict[str, dict[str, frozenset[str]]] = {}
    for question in (one for one in questions if is_counted(one)):
        coded = {choice.code: frozenset(choice.needs) for choice in question.choices if choice.needs}
        if coded:
            by_question[indicator_code(survey, question.code)] = coded
    codes = {code for coded in by_question.values() for needs in coded.values() for code in needs}
    known = needs_by_code(codes)
    kept = {
        name: {choice: needs.intersection(known) for choice, needs in coded.items()}
        for name, coded in by_question.items()
    }
    overlapping = {indicator_code(survey, one.code) for one in questions if one.type is QuestionType.MULTIPLE}
    labels = {code: need.plain_label for code, need in known.items()}
    return Pooled(pooled_code(survey.slug), kept, labels, frozenset(overlapping))


def measured(survey: Survey, questions: Sequence[Question]) -> tuple[Derived, ...]:
    """The figures of the questions that declare what they measure, listed after their answers."""
    found = []
    for order, question in enumerate(one for one in questions if is_counted(one)):
        scale = question.scale
        if scale is None:
            continue
        derived = derived_from(indicator_code(survey, question.code), scale)
        _record(survey, question, 2 * order + 1, code=derived.code, aggregation=Indicator.Aggregation.NONE,
                choices_overlap=False, is_conditional=False, **described(question, scale))  # fmt: skip
        found.append(derived)
    return tuple(found)


def left_out_of(questions: Sequence[Question]) -> tuple[LeftOut, ...]:
    """The questions without figure and why, in the order they are asked."""
    found = (LeftOut(one.label.say() or one.code, reason_without_figure(one)) for one in questions)
    return tuple(one for one in found if one.reason)


def _departement(scope: Territory, day: datetime.date) -> Territory:
    if scope.level_id == "departement":
        return scope
    above = [kin.territory for kin in ancestors(scope, on=day) if kin.territory.level_id == "departement"]
    return above[0] if above else scope


def _rows(
    indicator: Indicator, period: str, slices: list[tuple[Slice, Mapping[int, int]]], base: Mapping[int, int]
) -> list[FactRow]:
    return [
        FactRow(indicator.pk, territory, period, slice_.pk, float(count), base.get(territory, 0))
        for slice_, places in slices
        for territory, count in sorted(places.items())
    ]


def _others(respondents: Mapping[int, int], base: Mapping[int, int]) -> dict[int, int]:
    return {place: count - base.get(place, 0) for place, count in respondents.items()}


def _slices(
    indicator: Indicator, choices: Sequence[Choice], counts: Counts, whole: int
) -> list[tuple[Slice, Mapping[int, int]]]:
    found: list[tuple[Slice, Mapping[int, int]]] = []
    for order, choice in enumerate(choices):
        slice_ = Slice.objects.update_or_create(
            key=f"{indicator.code}:{choice.code}",
            defaults={"members": {"choice": choice.code}, "label": choice.label[:300], "order": order},
        )[0]
        found.append((slice_, counts.get(choice.code) or {whole: 0}))  # what nobody chose is shown as zero
    return found


def _shared_slice(key: str) -> Slice:
    return Slice.objects.get_or_create(key=key)[0]


def _indicator(survey: Survey, question: Question, order: int) -> Indicator:
    return _record(survey, question, 2 * order, code=indicator_code(survey, question.code))


def _record(survey: Survey, question: Question, order: int, *, code: str, **values: Any) -> Indicator:
    words = question.label.say() or question.code
    indicator = Indicator.objects.update_or_create(
        code=code,
        defaults={
            "theme": "voix",
            "order": order,
            "title": words[:200],
            "question": words,
            "unit": "%",
            "aggregation": Indicator.Aggregation.RATIO,
            "sensitivity": Indicator.Sensitivity.PERSONS,
            "choices_overlap": question.type is QuestionType.MULTIPLE,
            "is_conditional": question.visible_when is not None,
            "method": method_of(question),
            "source_text": _source(survey).citation,
            "origin_kind": SURVEY,
            "origin_id": str(survey.pk),
            "is_demo": survey.consultation.is_demo,
            **values,
        },
    )[0]
    codes = {*question.needs, *(code for choice in question.choices for code in choice.needs)}
    indicator.needs.set(Need.objects.valid_on(timezone.localdate()).filter(code__in=codes))
    return indicator


def _source(survey: Survey) -> Source:
    body = survey.consultation.organisation.name
    return Source.objects.update_or_create(
        slug=survey.slug,
        defaults={
            "producer": body,
            "title": survey.title,
            "licence": "Licence Ouverte 2.0",
            "citation": f"{body}, « {survey.title} »"[:300],
        },
    )[0]
