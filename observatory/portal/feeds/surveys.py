"""Answers of surveys as facts about persons: by question, choice and commune, never below."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.utils import timezone

from consultations.surveys.definition import Question, QuestionType
from consultations.surveys.models import Survey
from consultations.surveys.selectors import closed_answers, codebook, responses_by_commune
from needs.models import Need
from observatory.indicators.models import Indicator, Slice, Source
from observatory.indicators.tables import FactRow
from observatory.portal.feeds.names import SURVEY
from territories.models import Territory, TerritoryRelation
from territories.selectors import ancestors

CLOSED = {QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.SCALE}
BANDS = 5
"""A scale of more than six steps is read in this many bands."""

Counts = Mapping[str, Mapping[int, int]]


@dataclass(frozen=True)
class SurveyFeed:
    """The rows of a delivery, with what a release needs to know of the survey."""

    source: Source
    geography_on: datetime.date
    response_count: int
    rows: list[FactRow]


@dataclass(frozen=True)
class _Choice:
    """What is counted as one slice: a choice, or the steps of a scale taken together."""

    code: str
    label: str
    steps: tuple[str, ...]


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
    """Everything closed that people answered, by commune; those who gave no commune count for the whole."""
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
    questions = [one for one in codebook(survey) if one.type in CLOSED]
    for order, question in enumerate(questions):
        indicator = _indicator(survey, question, order)
        chosen = counts.get(question.code, {})
        slices = _slices(indicator, _choices(question), chosen, whole)
        slices.append((_shared_slice(Slice.TOTAL), bases.get(question.code, {})))
        if indicator.is_conditional:
            slices.append((_shared_slice(Slice.OTHERS), _others(respondents, bases.get(question.code, {}))))
        rows += _rows(indicator, period, slices, bases.get(question.code, {}))
    day = survey.opens_on or survey.consultation.starts_on
    return SurveyFeed(_source(survey), day, answers.response_count, rows)


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


def _choices(question: Question) -> list[_Choice]:
    """The choices, or the steps of a scale: a long one in bands that never change with the answers."""
    if question.type is not QuestionType.SCALE:
        return [_Choice(one.code, one.label.say(), (one.code,)) for one in question.choices]
    values = [f"{value:g}" for value in question.steps()]
    edges = [round(index * len(values) / BANDS) for index in range(BANDS + 1)]
    bands = (
        [values[start:end] for start, end in pairwise(edges)]
        if len(values) > BANDS + 1
        else [[v] for v in values]
    )
    return [_band(question, band, values) for band in bands]


def _band(question: Question, band: list[str], values: list[str]) -> _Choice:
    words = {values[0]: question.min_label.say(), values[-1]: question.max_label.say()}
    said = next((words[value] for value in band if words.get(value)), "")
    text = band[0] if len(band) == 1 else f"{band[0]} à {band[-1]}"
    return _Choice(
        "-".join(dict.fromkeys((band[0], band[-1]))), f"{text} ({said})" if said else text, tuple(band)
    )


def _slices(
    indicator: Indicator, choices: Iterable[_Choice], counts: Counts, whole: int
) -> list[tuple[Slice, Mapping[int, int]]]:
    found: list[tuple[Slice, Mapping[int, int]]] = []
    for order, choice in enumerate(choices):
        slice_ = Slice.objects.update_or_create(
            key=f"{indicator.code}:{choice.code}",
            defaults={"members": {"choice": choice.code}, "label": choice.label[:300], "order": order},
        )[0]
        places: dict[int, int] = {}
        for step in choice.steps:
            for territory, count in counts.get(step, {}).items():
                places[territory] = places.get(territory, 0) + count
        found.append((slice_, places or {whole: 0}))  # a choice nobody made is shown as zero
    return found


def _shared_slice(key: str) -> Slice:
    return Slice.objects.get_or_create(key=key)[0]


def _indicator(survey: Survey, question: Question, order: int) -> Indicator:
    words = question.label.say() or question.code
    indicator = Indicator.objects.update_or_create(
        code=indicator_code(survey, question.code),
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
            "method": _method(question),
            "source_text": _source(survey).citation,
            "origin_kind": SURVEY,
            "origin_id": str(survey.pk),
            "is_demo": survey.consultation.is_demo,
        },
    )[0]
    codes = {*question.needs, *(code for choice in question.choices for code in choice.needs)}
    indicator.needs.set(Need.objects.valid_on(timezone.localdate()).filter(code__in=codes))
    return indicator


def _method(question: Question) -> str:
    text = "Part des personnes qui ont répondu à cette question. Personne n’est obligé de répondre. "
    if question.type is QuestionType.MULTIPLE:
        text += "Chacun pouvait donner plusieurs réponses : leur total dépasse 100 %. "
    if question.visible_when is not None:
        text += "La question n’était posée qu’à une partie des personnes. "
    return text + "Rien n’est montré sur moins de 11 personnes, ni ne peut se déduire par soustraction."


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
