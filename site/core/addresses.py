"""A list of e-mail addresses as people paste it: read line by line, each line left out with its reason."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

MAX_ADDRESSES = 2000
SEPARATORS = re.compile(r"[;,\t]+")
ADDRESS = re.compile(r"<([^<>]*)>")


@dataclass(frozen=True)
class LineProblem:
    """A line of the list that is left out, and why."""

    line: int
    text: str
    message: str


@dataclass(frozen=True)
class AddressList:
    """Addresses to invite, and what was left out."""

    addresses: tuple[str, ...]
    problems: tuple[LineProblem, ...]


def read_addresses(text: str, *, invited: Callable[[Collection[str]], Collection[str]]) -> AddressList:
    """Addresses pasted or imported: one or several by line, «Name <address>» accepted, columns ignored.

    `invited` says which of the addresses found were invited before.
    """
    found: dict[str, int] = {}
    problems: list[LineProblem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        parts = [part.strip().strip("\"'") for part in SEPARATORS.split(line)]
        addresses = [part for part in parts if "@" in part]
        if not addresses and line.strip() and number > 1:  # the first line may be a header
            problems.append(LineProblem(number, line.strip()[:80], _("There is no e-mail address here.")))
        for part in addresses:
            bracketed = ADDRESS.search(part)
            address = (bracketed[1] if bracketed else part).strip().lower()
            if message := _problem(address, found):
                problems.append(LineProblem(number, part[:80], message))
            else:
                found[address] = number
    known = set(invited(found.keys())) & found.keys()
    problems += [LineProblem(found[one], one, _("This address is already invited.")) for one in sorted(known)]
    kept = [address for address in found if address not in known]
    return AddressList(tuple(kept), tuple(sorted(problems, key=lambda one: one.line)))


def _problem(address: str, found: dict[str, int]) -> str:
    try:
        validate_email(address)
    except ValidationError:
        return _("This address is not complete. Write for example prenom.nom@exemple.fr.")
    if address in found:
        return _("This address is already on line %(line)d.") % {"line": found[address]}
    if len(found) >= MAX_ADDRESSES:
        return _("This is more than %(maximum)d addresses: send the others next.") % {
            "maximum": MAX_ADDRESSES
        }
    return ""
