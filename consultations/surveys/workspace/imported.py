"""Reading a questionnaire file: what no page could show is refused before it replaces a draft.

A draft may be unfinished, and so may a file: a missing text is said later, in its place. A question without a
usable code or kind, or a character no database keeps, has no place to say it from.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consultations.surveys.definition import read_definition


def read_file(content: bytes) -> dict[str, Any]:
    """The document of a file; raises ValidationError with the reason and the remedy."""
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
        is_text = all(_is_keepable(text) for text in _texts(document))
    except (UnicodeDecodeError, ValueError, RecursionError):
        is_text = False
    if not is_text:
        raise ValidationError(_("This file is not a questionnaire: choose a JSON file exported from here."))
    if not isinstance(document, dict) or not isinstance(document.get("questions"), list):
        raise ValidationError(_("This file holds no questions."))
    _refuse_misshapen(document)
    return document


def _refuse_constant(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are not JSON, and databases refuse them


def _texts(value: object) -> Iterator[str]:
    """Every text of a document, names of keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _is_keepable(text: str) -> bool:
    """False for the null character and for halves of characters."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _refuse_misshapen(document: dict[str, Any]) -> None:
    """Refuse questions that could not be read, at the first of them."""
    definition, problems = read_definition(document)
    needs = [problem for problem in problems if problem.place.endswith(".needs")]
    if len(definition.questions) == len(document["questions"]) and not needs:
        return
    for problem in needs or problems:
        raise ValidationError(
            _("In this file, at %(place)s: %(message)s %(remedy)s"),
            params={"place": problem.place, "message": problem.message, "remedy": problem.remedy},
        )
