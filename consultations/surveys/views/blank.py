"""Empty questions, drawn once by version and way of reading: a version never changes."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from consultations.surveys.definition import Definition
from consultations.surveys.flow import deciding_codes, visible_questions
from consultations.surveys.models import SurveyVersion
from consultations.surveys.pages import Reader, draw_question, quotes_answers
from consultations.surveys.selectors import load_definition


def blank_fields(version: SurveyVersion, reader: Reader) -> SafeString:
    """The questions that apply before any answer, one under the other."""
    return _fields(version.pk, version.content_hash, reader, load_definition(version))


@lru_cache(maxsize=64)
def _fields(_pk: int, _hash: str, reader: Reader, definition: Definition) -> SafeString:
    shown = visible_questions(definition, {})
    drawn = [draw_question(each, definition, {}, reader=reader) for each in shown]
    context = {"pages": drawn, "deciding": deciding_codes(definition)}
    return mark_safe(render_to_string("surveys/questions.html", context))


def blank_question(version: SurveyVersion, code: str, reader: Reader) -> SafeString:
    """One question as the title of its page; nothing when it quotes answers, which differ by person."""
    definition = load_definition(version)
    if quotes_answers(definition.by_code[code]):
        return SafeString("")
    return _question(version.pk, code, reader, definition)


@lru_cache(maxsize=1024)
def _question(_pk: int, code: str, reader: Reader, definition: Definition) -> SafeString:
    page = draw_question(definition.by_code[code], definition, {}, reader=reader)
    return mark_safe(render_to_string("surveys/question_fields.html", {"page": page, "heading": "h1"}))
