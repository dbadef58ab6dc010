"""What a poll asks: one question, its options with permanent codes, and what makes a ballot whole.

A definition is a plain JSON document while the poll is prepared; it is frozen with its hash at opening.
A ballot is one mapping from option codes to whole numbers, whatever the kind: 1 for a choice, the place in a
ranking, the score or the dots given. Pure: no query.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from consultations.metrics import CSAT, FOUR_LEVELS, NPS, Scale

MIN_OPTIONS, MAX_OPTIONS = 2, 12
MAX_POINTS = 20
CODE_LENGTH, LABEL_LENGTH, QUESTION_LENGTH = 15, 120, 200
ABSTAIN = "abstain"
BANDS = ("bottom", "middle", "top")


class Kind(TextChoices):
    """How one answers."""

    SINGLE = "single", gettext_lazy("one choice")
    MULTIPLE = "multiple", gettext_lazy("several choices")
    YES_NO = "yes_no", gettext_lazy("yes or no")
    RANKING = "ranking", gettext_lazy("ranking")
    SCORE = "score", gettext_lazy("scores")
    DOTS = "dots", gettext_lazy("points to share out")
    SATISFACTION = "satisfaction", gettext_lazy("satisfaction, four levels")
    CSAT = "csat", gettext_lazy("satisfaction, from 1 to 5 (CSAT)")
    NPS = "nps", gettext_lazy("recommendation, from 0 to 10 (NPS)")


SCALES: dict[str, Scale] = {Kind.SATISFACTION: FOUR_LEVELS, Kind.CSAT: CSAT, Kind.NPS: NPS}
ONE_CHOICE = {Kind.SINGLE, Kind.YES_NO, *SCALES}
POINTS = {Kind.RANKING, Kind.SCORE, Kind.DOTS}


@dataclass(frozen=True)
class Option:
    """A choice; its code never changes once the poll is open."""

    code: str
    label: str


@dataclass(frozen=True)
class Definition:
    """`least` and `most` bound how many options are chosen or ranked; `points` is the budget of dots, or the
    highest score."""

    kind: str
    question: str
    easy_question: str
    options: tuple[Option, ...]
    least: int
    most: int
    points: int
    may_abstain: bool

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """The typed form of a stored document."""
        options = tuple(Option(**each) for each in document["options"])
        return cls(**{**document, "options": options})

    def document(self) -> dict[str, Any]:
        """What is stored."""
        return json.loads(json.dumps(asdict(self)))

    @property
    def content_hash(self) -> str:
        """Changes with any word or any option."""
        text = json.dumps(self.document(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def scale(self) -> Scale | None:
        return SCALES.get(self.kind)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options)

    @property
    def is_partition(self) -> bool:
        """True when each ballot falls under exactly one option."""
        return self.kind in ONE_CHOICE

    @property
    def has_points(self) -> bool:
        return self.kind in POINTS

    @property
    def is_bound(self) -> bool:
        """True when a hidden option could be had by subtraction from what every ballot gives in all."""
        return self.kind in {Kind.RANKING, Kind.DOTS} or (
            self.kind == Kind.MULTIPLE and self.least == self.most
        )

    def choices(self) -> tuple[Option, ...]:
        """The options as they are offered, abstention last."""
        return (*self.options, Option(ABSTAIN, _("I have no opinion"))) if self.may_abstain else self.options

    def figures(self) -> tuple[Option, ...]:
        """What is counted and shown: the options; for recommendation, its three bands."""
        if self.kind != Kind.NPS:
            return self.choices()
        words = {
            "bottom": _("0 to 6: would not recommend"),
            "middle": _("7 or 8"),
            "top": _("9 or 10: would recommend"),
        }
        bands = tuple(Option(code, words[code]) for code in BANDS)
        return bands if not self.may_abstain else (*bands, self.choices()[-1])

    def bands(self) -> tuple[tuple[str, ...], ...]:
        """How steps of satisfaction are first grouped when some are rare, so that its figure remains."""
        if self.scale is None or self.kind == Kind.NPS:
            return ()
        found = {
            band: tuple(str(s) for s in self.scale.steps if self.scale.band(s) == band) for band in BANDS
        }
        groups = tuple(codes for codes in found.values() if codes)
        return (*groups, (ABSTAIN,)) if self.may_abstain else groups


def make_definition(
    *,
    kind: str,
    question: str,
    options: Sequence[str] = (),
    easy_question: str = "",
    least: int | None = None,
    most: int | None = None,
    points: int | None = None,
    may_abstain: bool = False,
) -> Definition:
    """A definition from what an organiser wrote; ValidationError by field when it cannot be answered."""
    if kind not in Kind.values:
        raise ValidationError({"kind": _("Choose a kind of question in the list.")})
    question, labels = question.strip(), [label.strip() for label in options if label.strip()]
    with override(settings.LANGUAGE_CODE):  # people read them in the site's language, whoever writes the poll
        fixed = _fixed_options(kind)
    made = fixed or tuple(Option(code, label) for code, label in zip(_codes(labels), labels, strict=True))
    defaults = {Kind.MULTIPLE: (1, len(made)), Kind.RANKING: (len(made), len(made))}.get(Kind(kind), (1, 1))
    found = Definition(
        kind=kind,
        question=question,
        easy_question=easy_question.strip(),
        options=made,
        least=defaults[0] if least is None else least,
        most=defaults[1] if most is None else most,
        points=points if points is not None else 5,
        may_abstain=may_abstain,
    )
    errors = _problems(found, labels)
    if errors:
        raise ValidationError(errors)
    return found


def _fixed_options(kind: str) -> tuple[Option, ...]:
    """The options a kind brings with it, worded once: the words are frozen with the poll."""
    words: dict[str, list[tuple[str, str]]] = {
        Kind.YES_NO: [("yes", _("Yes")), ("no", _("No"))],
        Kind.SATISFACTION: [
            ("4", _("Very satisfied")), ("3", _("Rather satisfied")), ("2", _("Rather dissatisfied")),
            ("1", _("Very dissatisfied")),
        ],
        Kind.CSAT: [
            ("1", _("1, not satisfied at all")), ("2", "2"), ("3", "3"), ("4", "4"), ("5", _("5, very satisfied")),
        ],
        Kind.NPS: [
            ("0", _("0, certainly not")), *((str(step), str(step)) for step in range(1, 10)), ("10", _("10, certainly")),
        ],
    }  # fmt: skip
    return tuple(Option(code, label) for code, label in words.get(kind, []))


def _codes(labels: Sequence[str]) -> list[str]:
    """A readable code for each label, all different."""
    found: list[str] = []
    for number, label in enumerate(labels, start=1):
        base = slugify(label)[:CODE_LENGTH].strip("-") or f"choix-{number}"
        taken = base in found or base == ABSTAIN
        found.append(f"{base[: CODE_LENGTH - 3]}-{number}" if taken else base)
    return found


def _problems(found: Definition, labels: Sequence[str]) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not found.question:
        errors["question"] = _("Write the question.")
    elif len(found.question) > QUESTION_LENGTH:
        errors["question"] = _("Keep the question under %(maximum)d signs.") % {"maximum": QUESTION_LENGTH}
    if not MIN_OPTIONS <= len(found.options) <= MAX_OPTIONS:
        errors["options"] = _("Write %(least)d to %(most)d choices, one per line.") % {
            "least": MIN_OPTIONS, "most": MAX_OPTIONS,
        }  # fmt: skip
    elif any(len(label) > LABEL_LENGTH for label in labels):
        errors["options"] = _("Keep each choice under %(maximum)d signs.") % {"maximum": LABEL_LENGTH}
    elif len({label.casefold() for label in labels}) < len(labels):
        errors["options"] = _("Two choices are the same. Keep one of them.")
    if found.kind == Kind.MULTIPLE and not (
        0 <= found.least <= found.most and 2 <= found.most <= len(found.options)
    ):
        errors["most"] = _("People must be able to choose at least 2, and no more than there are choices.")
    if found.kind == Kind.RANKING and not 1 <= found.least <= len(found.options):
        errors["least"] = _("Ask to rank from 1 choice up to all of them.")
    if found.may_abstain and not found.is_partition:
        errors["may_abstain"] = _("“I have no opinion” goes only with one-choice questions.")
    if found.kind in {Kind.SCORE, Kind.DOTS} and not 1 <= found.points <= MAX_POINTS:
        errors["points"] = _("Give 1 to %(maximum)d points.") % {"maximum": MAX_POINTS}
    return errors


def check_choices(definition: Definition, choices: Mapping[str, int]) -> dict[str, int]:
    """The ballot in its canonical form, or ValidationError with the reason and the remedy: whole or nothing."""
    known = {option.code for option in definition.choices()}
    unknown = [code for code, number in choices.items() if code not in known or type(number) is not int]
    if unknown:
        raise ValidationError(_("This choice is not in the list. Reload the page and choose again."))
    if ABSTAIN in choices:
        if set(choices) != {ABSTAIN}:
            raise ValidationError(
                _("You ticked “I have no opinion” and something else. Keep one of the two.")
            )
        return {ABSTAIN: 1}
    check = {Kind.MULTIPLE: _check_multiple, Kind.RANKING: _check_ranking, Kind.SCORE: _check_scores,
             Kind.DOTS: _check_dots}.get(Kind(definition.kind), _check_one)  # fmt: skip
    return check(definition, choices)


def _in_order(definition: Definition, choices: Mapping[str, int]) -> dict[str, int]:
    return {code: choices[code] for code in definition.codes if code in choices}


def _check_one(definition: Definition, choices: Mapping[str, int]) -> dict[str, int]:
    if len(choices) != 1:
        raise ValidationError(_("Choose one answer."))
    return dict.fromkeys(choices, 1)


def _check_multiple(definition: Definition, choices: Mapping[str, int]) -> dict[str, int]:
    if len(choices) < definition.least:
        text = ngettext(
            "Choose at least %(count)d answer.", "Choose at least %(count)d answers.", definition.least
        )
        raise ValidationError(text % {"count": definition.least})
    if len(choices) > definition.most:
        text = _("You chose %(given)d answers. Keep %(count)d at most.")
        raise ValidationError(text % {"given": len(choices), "count": definition.most})
    return dict.fromkeys(_in_order(definition, choices), 1)


def _check_ranking(definition: Definition, choices: Mapping[str, int]) -> dict[str, int]:
    places = sorted(choices.values())
    twice = next((place for place in places if places.count(place) > 1), None)
    if twice is not None:
        raise ValidationError(
            _("Two choices have place %(place)d. Give each its own place.") % {"place": twice}
        )
    if len(places) < definition.least:
        text = ngettext(
            "Rank at least %(count)d choice.", "Rank at least %(count)d choices.", definition.least
        )
        raise ValidationError(text % {"count": definition.least})
    if places != list(range(1, len(places) + 1)):
        raise ValidationError(_("A place is missing: begin with 1, and leave none out."))
    return _in_order(definition, choices)


def _check_scores(definition: Definition, choices: Mapping[str, int]) -> dict[str, int]:
    if not choices:
        raise ValidationError(_("Give a score to one choice at least."))
    if any(not 0 <= number <= definition.points for number in choices.values()):
        raise ValidationError(_("Scores go from 0 to %(most)d.") % {"most": definition.points})
    return _in_order(definition, choices)


def _check_dots(definition: Definition, choices: Mapping[str, int]) -> dict[str, int]:
    given = sum(choices.values())
    if any(number < 0 for number in choices.values()) or given > definition.points:
        text = _("You gave %(given)d points and you have %(budget)d. Take some back.")
        raise ValidationError(text % {"given": given, "budget": definition.points})
    if not given:
        raise ValidationError(_("Give one point at least."))
    return {code: number for code, number in _in_order(definition, choices).items() if number}
