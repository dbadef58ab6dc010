"""A file of whole ballots, and counting it again away from the platform. Pure: no query.

The file holds what was asked and the ballots in the order of random keys: no voter, no time, no group of people.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consultations.polls.definition import Definition, check_choices
from consultations.polls.tally import Tally, add_hands, tally

FORMAT = "diapason-ballots-1"


@dataclass(frozen=True)
class BallotFile:
    """What was asked, with its hash, every ballot, and the hands raised for each option of an open vote."""

    definition: Definition
    ballots: tuple[Mapping[str, int], ...]
    hands: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> str:
        """The file, as programs read it."""
        content = {
            "format": FORMAT,
            "definition": self.definition.document(),
            "definition_hash": self.definition.content_hash,
            "ballots": [dict(one) for one in self.ballots],
            "hands": dict(self.hands),
        }
        return json.dumps(content, ensure_ascii=False, indent=1)

    def rows(self) -> list[list[str]]:
        """The same for spreadsheets: a column for each option, a line for each ballot."""
        options = self.definition.choices()
        lines = [[str(one.get(option.code, "")) for option in options] for one in self.ballots]
        return [[option.label for option in options], *lines]

    def count(self) -> Tally:
        """The ballots counted, with the hands."""
        counted = tally(self.definition, list(self.ballots))
        return add_hands(counted, self.hands) if self.hands else counted


def read_ballots(text: str) -> BallotFile:
    """The file of `to_json`; ValidationError says what is wrong with another."""
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise ValidationError(_("This is not a file of ballots of this platform."))
        definition = Definition.read(content["definition"])
        ballots, hands = content["ballots"], content["hands"]
    except (ValueError, KeyError, TypeError) as error:
        raise ValidationError(_("This is not a file of ballots of this platform.")) from error
    if definition.content_hash != content.get("definition_hash"):
        raise ValidationError(_("The question or its choices were changed in this file."))
    problems = problems_of(definition, ballots)
    known = {option.code for option in definition.choices()}
    if not isinstance(hands, dict) or any(
        code not in known or type(n) is not int for code, n in hands.items()
    ):
        problems.append(_("The hands counted do not match the choices."))
    if problems:
        raise ValidationError(problems)
    return BallotFile(definition, tuple(ballots), hands)


def problems_of(definition: Definition, ballots: Sequence[Any]) -> list[str]:
    """The ballots that are not whole, by their place in the file, with the reason."""
    found = []
    for number, ballot in enumerate(ballots, start=1):
        try:
            is_canonical = isinstance(ballot, Mapping) and check_choices(definition, ballot) == dict(ballot)
        except (ValidationError, TypeError):
            is_canonical = False
        if not is_canonical:
            found.append(_("Ballot %(number)d is not whole.") % {"number": number})
    return found


def alone(ballots: Sequence[Mapping[str, int]], minimum: int) -> int:
    """How many ballots are like fewer than `minimum` others: whole ballots can be recognised."""
    kinds = Counter(json.dumps(dict(one), sort_keys=True) for one in ballots)
    return sum(count for count in kinds.values() if count < minimum)


def told(counted: Tally) -> dict[str, Any]:
    """A count, as programs read it."""
    return asdict(counted)
