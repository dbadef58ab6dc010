"""How each kind of question is counted: its slices in order, known before anyone answers, and its words."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise

from django.utils.translation import gettext as _

from consultations.surveys.bands import Grouping, bands_of, grouping_of
from consultations.surveys.definition import Question, QuestionRole, QuestionType
from consultations.surveys.structure import READ_BY_BAND
from territories.models import Territory, TerritoryRelation

SCALE_BANDS = 5
"""A scale of more than six steps is read in this many bands."""
ELSEWHERE = "ailleurs"
SECRECY = "Rien n’est montré sur moins de 11 personnes, ni ne peut se déduire par soustraction."
PERIODS = {Grouping.MONTH: "par mois", Grouping.YEAR: "par année", Grouping.DECADE: "par périodes de dix ans"}


@dataclass(frozen=True)
class Choice:
    """What is counted as one slice: a choice, a band, or the steps of a scale taken together."""

    code: str
    label: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Neighbours:
    """The intercommunalities of a département, and the one of each of their communes."""

    names: Mapping[str, str]
    by_commune: Mapping[str, str]


def choices_of(question: Question, neighbours: Callable[[], Neighbours]) -> list[Choice]:
    """The slices of a question; they never change with the answers."""
    if question.type is QuestionType.SCALE:
        return _scale(question)
    if question.type in {QuestionType.NUMBER, QuestionType.DATE}:
        return [Choice(band.code, band.label, (band.code,)) for band in bands_of(question)]
    if question.type is QuestionType.COMMUNE:
        return _places(neighbours())
    return [Choice(one.code, one.label.say(), (one.code,)) for one in question.choices]


def neighbours_of(departement: Territory, day: datetime.date) -> Neighbours:
    """The intercommunalities that have a commune in this département on `day`."""
    communes = TerritoryRelation.objects.valid_on(day).full().filter(child__level="commune")
    inside = communes.filter(parent=departement).values("child")
    epci = communes.filter(parent__level="epci")
    here = epci.filter(child__in=inside).values("parent")
    rows = epci.filter(parent__in=here).values_list("child__code", "parent__code", "parent__name")
    found = list(rows.order_by("parent__name", "parent__code", "child__code"))
    return Neighbours(
        {code: name for _commune, code, name in found}, {commune: code for commune, code, _name in found}
    )


def _places(neighbours: Neighbours) -> list[Choice]:
    groups: dict[str, list[str]] = {code: [] for code in neighbours.names}
    for commune, code in neighbours.by_commune.items():
        groups[code].append(commune)
    inside = [Choice(code, neighbours.names[code], tuple(communes)) for code, communes in groups.items()]
    return [*inside, Choice(ELSEWHERE, "Ailleurs", ())]


def by_choice(
    choices: Iterable[Choice], counts: Mapping[str, Mapping[int, int]]
) -> dict[str, dict[int, int]]:
    """Counts of answers by place added up by slice; what no slice holds is elsewhere."""
    holder = {answer: choice.code for choice in choices for answer in choice.answers}
    found: dict[str, dict[int, int]] = {}
    for answer, places in counts.items():
        slice_ = found.setdefault(holder.get(answer, ELSEWHERE), {})
        for place, count in places.items():
            slice_[place] = slice_.get(place, 0) + count
    return found


def _scale(question: Question) -> list[Choice]:
    values = [f"{value:g}" for value in question.steps()]
    edges = [round(index * len(values) / SCALE_BANDS) for index in range(SCALE_BANDS + 1)]
    bands = (
        [values[start:end] for start, end in pairwise(edges)]
        if len(values) > SCALE_BANDS + 1
        else [[v] for v in values]
    )
    if question.scale and question.measure in READ_BY_BAND:
        named = groupby(question.scale.steps, question.scale.band)
        bands = [[str(step) for step in steps] for _band_name, steps in named]
    return [_band(question, band, values) for band in bands]


def _band(question: Question, band: list[str], values: list[str]) -> Choice:
    words = {values[0]: question.min_label.say(), values[-1]: question.max_label.say()}
    said = next((words[value] for value in band if words.get(value)), "")
    text = band[0] if len(band) == 1 else f"{band[0]} à {band[-1]}"
    return Choice(
        "-".join(dict.fromkeys((band[0], band[-1]))), f"{text} ({said})" if said else text, tuple(band)
    )


def method_of(question: Question) -> str:
    """How the figure is made, for anyone; content, in French."""
    text = "Part des personnes qui ont répondu à cette question. Personne n’est obligé de répondre. "
    if question.type is QuestionType.MULTIPLE:
        text += "Chacun pouvait donner plusieurs réponses : leur total dépasse 100 %. "
    if question.type is QuestionType.NUMBER:
        text += (
            "Les nombres sont comptés par tranches, fixées avec la question et jamais d’après les réponses. "
        )
    grouping = grouping_of(question)
    if grouping:
        text += f"Les dates sont comptées {PERIODS[grouping]}, entre les deux jours fixés avec la question. "
    if question.type is QuestionType.COMMUNE:
        text += "Les communes citées sont comptées par intercommunalité. "
    if question.visible_when is not None:
        text += "La question n’était posée qu’à une partie des personnes. "
    return text + SECRECY


def counting_of(question: Question) -> str:
    """How a question is counted, in short, for those who ask it."""
    bands = " · ".join(band.label for band in bands_of(question))
    return {
        QuestionType.MULTIPLE: _("Share of each answer; several were possible."),
        QuestionType.NUMBER: _("Share of each band: %(bands)s.") % {"bands": bands},
        QuestionType.DATE: _("Share of each period: %(bands)s.") % {"bands": bands},
        QuestionType.COMMUNE: _("Share of each group of communes."),
    }.get(question.type, _("Share of each answer."))


def reason_without_figure(question: Question) -> str:
    """Why a question has no figure, as a code of `indicators.wording`; empty when it has one."""
    if question.type is QuestionType.TEXT:
        return "text"
    if question.role is QuestionRole.TERRITORY:
        return "territory"
    if question.type is QuestionType.NUMBER and not bands_of(question):
        return "no_bands"
    if question.type is QuestionType.DATE and not bands_of(question):
        return "no_days"
    return ""
