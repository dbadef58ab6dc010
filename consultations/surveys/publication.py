"""What publication refuses or advises, beyond a readable document.

Blocking: expressions that read unknown, later or circular questions, conditions no answer can meet,
unknown need codes, and codes that would change meaning between versions. Advice: data better not asked.
"""

import difflib
import itertools
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from consultations.surveys.bands import bands_of, keeps_bands
from consultations.surveys.definition import read_definition
from consultations.surveys.expressions import Node, piped, references, walk
from consultations.surveys.expressions.nodes import (
    ARITHMETIC,
    Binary,
    Call,
    Literal,
    Member,
    Negative,
    Reference,
)
from consultations.surveys.flow import visible_questions
from consultations.surveys.structure import (
    CLOSED_TYPES,
    READ_BY_BAND,
    Definition,
    DefinitionProblem,
    Question,
    QuestionType,
    Words,
)

MAX_COMBINATIONS = 4096
MAX_TICKED = 8
SENSITIVE = re.compile(
    r"\b(nom de famille|votre nom|adresse (postale|électronique|mail)|téléphone|e-?mail|courriel"
    r"|numéro de sécurité sociale|date de naissance|maladies?|diagnostic|traitements?|médicaments?|handicaps?"
    r"|religion|opinions? politiques?|syndicat|orientation sexuelle|origine ethnique|casier judiciaire)\b",
    re.IGNORECASE,
)


def check_publication(
    document: object, *, previous_versions: Sequence[Mapping[str, Any]], need_codes: Collection[str]
) -> list[DefinitionProblem]:
    """Every problem of the document, blocking ones first; an empty list means it can be published."""
    definition, problems = read_definition(document)
    problems += [
        *check_references(definition),
        *check_choices_quoted(definition),
        *check_needs(definition, need_codes),
        *check_single_roles(definition),
        *check_history(definition, previous_versions),
        *check_sensitive(definition),
        *check_figures(definition),
    ]
    told = {problem.place for problem in problems}
    problems += [problem for problem in check_reachable(definition) if problem.place not in told]
    return sorted(problems, key=lambda problem: not problem.is_blocking)


def check_references(definition: Definition) -> Iterator[DefinitionProblem]:
    """Conditions read earlier questions only; a constraint may also read its own."""
    order = [question.code for question in definition.questions]
    cycles = find_cycles(definition)
    yield from cycle_problems(cycles)
    circular = {code for cycle in cycles for code in cycle}
    for index, question in enumerate(definition.questions):
        for place, codes, may_read in readings(question, order[:index]):
            for code in sorted(codes - set(may_read)):
                if code not in definition.by_code:
                    yield DefinitionProblem(
                        place,
                        _("There is no question “%(code)s”.") % {"code": code},
                        _("Correct the code, or add the question before this one."),
                    )
                elif not (place.endswith("visible_when") and question.code in circular):
                    yield DefinitionProblem(
                        place,
                        _("“%(code)s” is asked later.") % {"code": code},
                        _("Move this question after it."),
                    )


def readings(question: Question, before: list[str]) -> Iterator[tuple[str, frozenset[str], list[str]]]:
    """Each place of a question that reads answers: the codes read, and those it may read."""
    own = [*before, question.code]
    if question.visible_when is not None:
        yield f"{question.code}.visible_when", references(question.visible_when), before
    if question.constraint is not None:
        yield f"{question.code}.constraint", references(question.constraint), own
    for name in ("label", "help", "why"):
        yield f"{question.code}.{name}", quoted(getattr(question, name)), before
    for choice in question.choices:
        yield f"{question.code}.choices.{choice.code}.label", quoted(choice.label), before


def quoted(words: Words) -> frozenset[str]:
    return frozenset().union(*(piped(text) for text in words.by_language.values()))


def find_cycles(definition: Definition) -> list[list[str]]:
    """Questions whose conditions depend on each other, each cycle once."""
    reads = {
        question.code: sorted(references(question.visible_when) & definition.by_code.keys())
        for question in definition.questions
        if question.visible_when is not None
    }
    cycles: list[list[str]] = []
    done: set[str] = set()
    for start in reads:
        path = [start]
        trails = [iter(reads[start])]
        while trails:
            following = next(trails[-1], None)
            if following is None:
                done.add(path.pop())
                trails.pop()
            elif following in path:
                cycles.append(path[path.index(following) :])
            elif following in reads and following not in done:
                path.append(following)
                trails.append(iter(reads[following]))
    return [cycle for index, cycle in enumerate(cycles) if set(cycle) not in map(set, cycles[:index])]


def cycle_problems(cycles: list[list[str]]) -> Iterator[DefinitionProblem]:
    for cycle in cycles:
        yield DefinitionProblem(
            f"{cycle[0]}.visible_when",
            _("These conditions wait for each other: %(codes)s.") % {"codes": " → ".join([*cycle, cycle[0]])},
            _("Remove one of these conditions."),
        )


def check_choices_quoted(definition: Definition) -> Iterator[DefinitionProblem]:
    """A condition that names a choice names one that exists, in the way its question allows."""
    for question in definition.questions:
        for name in ("visible_when", "constraint"):
            expression = getattr(question, name)
            for code, value in comparisons(expression) if expression is not None else ():
                asked = definition.by_code.get(code)
                if asked is None or asked.type not in CLOSED_TYPES:
                    continue
                if asked.choice(value) is None:
                    yield DefinitionProblem(
                        f"{question.code}.{name}",
                        _("“%(code)s” has no answer “%(value)s”.") % {"code": code, "value": value},
                        _("Choose one of its answers."),
                    )
            for code in multiples_compared(expression, definition) if expression is not None else ():
                yield DefinitionProblem(
                    f"{question.code}.{name}",
                    _("“%(code)s” has several answers and cannot be compared.") % {"code": code},
                    _("Write selected(%(code)s, 'answer').") % {"code": code},
                )


def comparisons(expression: Node) -> Iterator[tuple[str, object]]:
    """Each question compared with a literal."""
    for node in walk(expression):
        match node:
            case Binary("=" | "!=", Reference(code), Literal(value)):
                yield code, value
            case Binary("=" | "!=", Literal(value), Reference(code)):
                yield code, value
            case Call("selected", (Reference(code), Literal(value))):
                yield code, value
            case Member(Reference(code), options):
                yield from ((code, option.value) for option in options)


def multiples_compared(expression: Node, definition: Definition) -> Iterator[str]:
    for node in walk(expression):
        sides: Iterable[Node] = ()
        if isinstance(node, Binary):
            sides = (node.left, node.right)
        elif isinstance(node, Member):
            sides = (node.item,)
        for side in sides:
            asked = definition.by_code.get(side.code) if isinstance(side, Reference) else None
            if asked is not None and asked.type == QuestionType.MULTIPLE:
                yield asked.code


def check_reachable(definition: Definition) -> Iterator[DefinitionProblem]:
    """A question that no combination of answers shows; what cannot be tried in full is let through."""
    for question in definition.questions:
        if question.visible_when is None:
            continue
        codes = dependencies(definition, question)
        if codes <= definition.by_code.keys() and not is_reachable(definition, question, codes):
            yield DefinitionProblem(
                f"{question.code}.visible_when",
                _("No answer can show this question."),
                _("Correct its condition, or delete the question."),
            )


def is_reachable(definition: Definition, question: Question, codes: set[str]) -> bool:
    """Tries every combination of answers that matters; True when there are too many, or arithmetic."""
    kept = Definition(tuple(each for each in definition.questions if each.code in codes | {question.code}))
    asked = [each for each in kept.questions if each.code != question.code]
    domains = [samples(definition, each) for each in asked]
    conditions = [each.visible_when for each in kept.questions if each.visible_when is not None]
    computed = any(
        isinstance(node, Negative) or (isinstance(node, Binary) and node.operator in ARITHMETIC)
        for condition in conditions
        for node in walk(condition)
    )
    if computed or math.prod(len(domain) for domain in domains) > MAX_COMBINATIONS:
        return True
    names = [each.code for each in asked]
    return any(
        question.code
        in {each.code for each in visible_questions(kept, dict(zip(names, values, strict=True)))}
        for values in itertools.product(*domains)
    )


def dependencies(definition: Definition, question: Question) -> set[str]:
    """The codes the question's visibility rests on, directly or not."""
    found: set[str] = set()
    waiting = [question]
    while waiting:
        current = waiting.pop()
        if current.visible_when is None:
            continue
        for code in references(current.visible_when) - found:
            found.add(code)
            if code in definition.by_code:
                waiting.append(definition.by_code[code])
    return found - {question.code}


def samples(definition: Definition, question: Question) -> list[object]:
    """Enough answers to decide every condition: all choices, or values around each literal compared."""
    codes = [choice.code for choice in question.choices]
    if question.type == QuestionType.SINGLE:
        return [None, *codes]
    if question.type == QuestionType.MULTIPLE:
        alone = [[choice.code] for choice in question.choices if choice.exclusive]
        together = [choice.code for choice in question.choices if not choice.exclusive]
        if len(together) > MAX_TICKED:
            return [None] * (MAX_COMBINATIONS + 1)
        sizes = range(len(together) + 1)
        return [*(list(some) for size in sizes for some in itertools.combinations(together, size)), *alone]
    if question.type == QuestionType.SCALE:
        return [None, *question.steps()]
    literals = {
        node.value
        for each in definition.questions
        if each.visible_when is not None
        for node in walk(each.visible_when)
        if isinstance(node, Literal)
    }
    if question.type == QuestionType.NUMBER:
        numbers = {float(value) for value in literals if not isinstance(value, str)} | {0.0}
        near = sorted({value + shift for value in numbers for shift in (-1, 0, 1)})
        between = [(low + high) / 2 for low, high in itertools.pairwise(near)]
        ends = [end for end in (question.minimum, question.maximum) if end is not None]
        return [None, *(value for value in {*near, *between, *ends} if in_bounds(question, value))]
    texts = [value for value in literals if isinstance(value, str)]
    return [None, "0", "zzz", *texts, *(f"{value}0" for value in texts)]


def in_bounds(question: Question, value: float) -> bool:
    above = question.minimum is None or value >= question.minimum
    return above and (question.maximum is None or value <= question.maximum)


def check_needs(definition: Definition, need_codes: Collection[str]) -> Iterator[DefinitionProblem]:
    for question in definition.questions:
        holders = [(f"{question.code}.needs", question.needs)]
        holders += [(f"{question.code}.choices.{each.code}.needs", each.needs) for each in question.choices]
        for place, codes in holders:
            for code in codes:
                if code not in need_codes:
                    yield DefinitionProblem(
                        place,
                        _("The nomenclature has no need “%(code)s”.") % {"code": code[:40]},
                        _("Choose a need in the list."),
                    )


def check_single_roles(definition: Definition) -> Iterator[DefinitionProblem]:
    seen: dict[str, str] = {}
    for question in definition.questions:
        if question.role is None:
            continue
        if question.role in seen:
            yield DefinitionProblem(
                f"{question.code}.role",
                _("“%(code)s” already plays this role.") % {"code": seen[question.role]},
                _("Keep the role on one question."),
            )
        seen.setdefault(question.role, question.code)


def check_history(
    definition: Definition, previous_versions: Sequence[Mapping[str, Any]]
) -> Iterator[DefinitionProblem]:
    """A code keeps its type and its scale for ever, and a choice keeps its meaning."""
    told: set[str] = set()
    for document in reversed(previous_versions):
        before = read_definition(document)[0]
        for question in definition.questions:
            old = before.by_code.get(question.code)
            if old is None or question.code in told:
                continue
            told.add(question.code)
            yield from compare(old, question)


def compare(old: Question, new: Question) -> Iterator[DefinitionProblem]:
    if old.type != new.type:
        yield DefinitionProblem(
            f"{new.code}.type",
            _("“%(code)s” was already published as another kind of question.") % {"code": new.code},
            _("Give the new question another code."),
        )
        return
    if new.type == QuestionType.SCALE and old.steps() != new.steps():
        yield DefinitionProblem(
            f"{new.code}.min",
            _("“%(code)s” was already published with another scale.") % {"code": new.code},
            _("Give the new question another code."),
        )
    if old.measure != new.measure and {old.measure, new.measure} & READ_BY_BAND:
        yield DefinitionProblem(
            f"{new.code}.measure",
            _("“%(code)s” was already published with another measure.") % {"code": new.code},
            _("Give the new question another code."),
        )
    if not keeps_bands(old, new):
        yield DefinitionProblem(
            f"{new.code}.{'bands' if new.type == QuestionType.NUMBER else 'group_by'}",
            _("“%(code)s” was already published with other bands: %(bands)s.")
            % {"code": new.code, "bands": ", ".join(band.label for band in bands_of(old))[:200]},
            _("Put them back, with the same lowest value or days, or give the new question another code."),
        )
    for choice in new.choices:
        known = old.choice(choice.code)
        if known and not resembles(known.label.say(), choice.label.say()):
            yield DefinitionProblem(
                f"{new.code}.choices.{choice.code}.label",
                _("The choice “%(code)s” used to say “%(label)s”.")
                % {"code": choice.code, "label": known.label.say()[:80]},
                _("A new meaning needs a new code; correct only spelling and wording here."),
            )


def resembles(old: str, new: str) -> bool:
    """True for a correction of wording: more than 4 characters in 10 are kept, in order."""
    return difflib.SequenceMatcher(None, old.lower(), new.lower()).ratio() > 0.4


def check_sensitive(definition: Definition) -> Iterator[DefinitionProblem]:
    for question in definition.questions:
        found = SENSITIVE.search(question.label.say())
        if found:
            yield DefinitionProblem(
                f"{question.code}.label",
                _("“%(words)s” may lead people to give personal or health data.") % {"words": found[0]},
                _("Ask for a band or a list of choices, or delete the question if you can do without it."),
                is_blocking=False,
            )
        elif question.type == QuestionType.DATE:
            yield DefinitionProblem(
                f"{question.code}.type",
                _("An exact date can help to recognise a person."),
                _("Ask for the year or an age band when that is enough."),
                is_blocking=False,
            )


def check_figures(definition: Definition) -> Iterator[DefinitionProblem]:
    """Advice for a number or a date that will have no figure."""
    for question in definition.questions:
        if question.type == QuestionType.NUMBER and not bands_of(question):
            yield DefinitionProblem(
                f"{question.code}.bands",
                _("Without bands, nothing of this number can be published."),
                _("Write bands, or the lowest and the highest value."),
                is_blocking=False,
            )
        elif question.type == QuestionType.DATE and not bands_of(question):
            yield DefinitionProblem(
                f"{question.code}.first_day",
                _("Without a first and a last day, nothing of this date can be published."),
                _("Give both, if you want a figure."),
                is_blocking=False,
            )
