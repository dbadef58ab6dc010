"""Changes of a questionnaire document, as pure functions: they return a new document, never touch the old one.

What a change may not do (reuse a code, change a published type) is refused by `publication`, not here.
"""

import copy
import re
from collections.abc import Collection, Mapping
from typing import Any

from consultations.metrics import SCALES
from consultations.surveys.expressions.nodes import FUNCTIONS, KEYWORDS
from consultations.surveys.structure import CLOSED_TYPES, MEASURES, QuestionType, content_hash, empty_document
from core.text import fold

Document = dict[str, Any]
MAX_CODE = 40
TEXT_KEYS = ("label", "help", "why", "constraint_message", "min_label", "max_label", "unit")
RESERVED = KEYWORDS | FUNCTIONS.keys()
TYPE_KEYS: dict[str, tuple[str, ...]] = {
    QuestionType.SINGLE: ("choices", "measure"),
    QuestionType.MULTIPLE: ("choices",),
    QuestionType.SCALE: ("min", "max", "step", "min_label", "max_label", "measure"),
    QuestionType.NUMBER: ("min", "max", "step", "unit", "bands"),
    QuestionType.TEXT: ("max_length", "rows"),
    QuestionType.COMMUNE: (),
    QuestionType.DATE: ("first_day", "last_day", "group_by"),
}
"""What only some types have; the rest is common to all."""


LEVELS = [
    {"code": "4", "label": {"fr": "Très satisfait ou satisfaite", "fr-easy": "Très content", "en": "Very satisfied"}},
    {"code": "3", "label": {"fr": "Plutôt satisfait ou satisfaite", "fr-easy": "Plutôt content", "en": "Rather satisfied"}},
    {"code": "2", "label": {"fr": "Plutôt pas satisfait ou satisfaite", "fr-easy": "Pas très content", "en": "Rather dissatisfied"}},
    {"code": "1", "label": {"fr": "Pas du tout satisfait ou satisfaite", "fr-easy": "Pas content du tout", "en": "Not satisfied at all"}},
    {"code": "sans_avis", "label": {"fr": "Je n’ai pas d’avis", "en": "I have no opinion"}},
]  # fmt: skip
"""The four levels of satisfaction as answers, and a way out that no figure counts."""


class QuestionGone(LookupError):
    """The question was deleted meanwhile, by this person in another window or by someone else."""


def questions(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The questions that are objects, in order; a draft may hold anything."""
    raw = document.get("questions")
    return [each for each in raw if isinstance(each, dict)] if isinstance(raw, list) else []


def texts(words: object) -> dict[str, str]:
    """A text by language as a new object; anything else, which a draft may hold, is no text."""
    return {str(key): str(value) for key, value in words.items()} if isinstance(words, Mapping) else {}


def find(document: Mapping[str, Any], code: str) -> dict[str, Any]:
    """The question of this code; raises QuestionGone."""
    for question in questions(document):
        if question.get("code") == code:
            return question
    raise QuestionGone(code)


def fingerprint(question: Mapping[str, Any]) -> str:
    """What a question was when its form was opened, to tell whether someone changed it since."""
    return content_hash(question)[:16]


def free_code(words: str, taken: Collection[str]) -> str:
    """A code made from words that nothing else has: `Vivez-vous seul ?` gives `vivez_vous_seul`."""
    base = re.sub(r"^[^a-z]+", "", fold(words).replace(" ", "_"))[:MAX_CODE].strip("_") or "question"
    if base in RESERVED:
        base = f"{base}_1"
    candidates = (base if n == 1 else f"{base}_{n}" for n in range(1, len(taken) + 2))
    return next(code for code in candidates if code not in taken)


def free_choice_code(words: str, taken: Collection[str]) -> str:
    """A choice code made from its words; digits may come first."""
    base = fold(words).replace(" ", "_")[:MAX_CODE].strip("_") or "choix"
    candidates = (base if n == 1 else f"{base}_{n}" for n in range(1, len(taken) + 2))
    return next(code for code in candidates if code not in taken)


def codes(document: Mapping[str, Any]) -> set[str]:
    return {str(question.get("code")) for question in questions(document)}


def _changed(document: Mapping[str, Any], new_questions: list[dict[str, Any]]) -> Document:
    return {**empty_document(), **document, "questions": copy.deepcopy(new_questions)}


def _index(found: list[dict[str, Any]], code: str) -> int:
    for index, question in enumerate(found):
        if question.get("code") == code:
            return index
    raise QuestionGone(code)


def new_question(kind: str, label: str, taken: Collection[str]) -> dict[str, Any]:
    """A question of this type, or that measures this, with its words, ready to be completed."""
    measured = next((type_ for type_, measures in MEASURES.items() if kind in measures), None)
    question: dict[str, Any] = {
        "code": free_code(label, taken),
        "type": str(measured or kind),
        "label": {"fr": label},
    }
    if question["type"] == QuestionType.SCALE:
        question |= {"min": 0, "max": 10, "step": 1}
    if question["type"] in CLOSED_TYPES:
        question["choices"] = []
    return with_measure({**question, "measure": kind}) if measured else question


def with_measure(question: Mapping[str, Any]) -> dict[str, Any]:
    """The question with the answers of what it measures: the same everywhere, so that figures compare.

    Choices written before are kept; `publication` says when they are not those of the measure.
    """
    scale = SCALES.get(str(question.get("measure")))
    if scale is None:
        return dict(question)
    if question["type"] == QuestionType.SCALE:
        return {**question, "min": scale.steps[0], "max": scale.steps[-1], "step": 1}
    return {**question, "choices": question.get("choices") or copy.deepcopy(LEVELS)}


def with_question(document: Mapping[str, Any], question: Mapping[str, Any]) -> Document:
    """The question at the end."""
    return _changed(document, [*questions(document), dict(question)])


def replaced(document: Mapping[str, Any], code: str, question: Mapping[str, Any]) -> Document:
    """The question in the place of the one of this code."""
    found = questions(document)
    index = _index(found, code)
    return _changed(document, [*found[:index], dict(question), *found[index + 1 :]])


def moved(document: Mapping[str, Any], code: str, offset: int) -> Document:
    """The question `offset` places further; it stops at the ends."""
    found = questions(document)
    index = _index(found, code)
    question = found.pop(index)
    found.insert(max(0, min(len(found), index + offset)), question)
    return _changed(document, found)


def duplicated(document: Mapping[str, Any], code: str) -> Document:
    """A copy just after, under a code of its own and without the role, which only one question may have."""
    found = questions(document)
    index = _index(found, code)
    twin = {**found[index], "code": free_code(code, codes(document)), "role": None}
    return _changed(document, [*found[: index + 1], twin, *found[index + 1 :]])


def without(document: Mapping[str, Any], code: str) -> Document:
    """Everything but this question."""
    found = questions(document)
    index = _index(found, code)
    return _changed(document, found[:index] + found[index + 1 :])


def cleaned_question(question: Mapping[str, Any]) -> dict[str, Any]:
    """The question without what its type does not use and without empty texts."""
    unused = {key for keys in TYPE_KEYS.values() for key in keys} - set(
        TYPE_KEYS.get(str(question["type"]), ())
    )
    kept = {key: value for key, value in question.items() if key not in unused}
    for key in TEXT_KEYS:
        if isinstance(kept.get(key), Mapping):
            kept[key] = {language: text for language, text in kept[key].items() if text}
    return {key: value for key, value in kept.items() if value not in (None, "", {}, []) or key == "choices"}
