"""What an invitation code is worth, where it is typed, and how a list of addresses is read."""

import re
import uuid
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.surveys.models import Invitation, Survey
from core.qr import public_url
from core.receipts import derive_code, hash_code

MAX_INVITATIONS = 2000
SENDING, REMINDING = "surveys.invitations", "surveys.reminders"  # kinds of jobs
SEPARATORS = re.compile(r"[;,\t]+")
ADDRESS = re.compile(r"<([^<>]*)>")


class InvitationState(StrEnum):
    USABLE = "usable"
    UNKNOWN = "unknown"
    SPENT = "spent"
    EXPIRED = "expired"


def code_of(key: uuid.UUID) -> str:
    """The code of an invitation, in canonical form: derived under the secret key, never stored."""
    return derive_code("invitation", key.hex)


def invitation_state(survey: Survey, code: str) -> InvitationState:
    """What this canonical code is worth for this survey today. One query."""
    found = (
        Invitation.objects.filter(survey_id=survey.pk, code_hash=hash_code("invitation", code))
        .select_related("batch")
        .first()
    )
    if found is None:
        return InvitationState.UNKNOWN
    if found.is_spent:
        return InvitationState.SPENT
    last = found.batch.expires_on
    is_over = last is not None and last < timezone.localdate()
    return InvitationState.EXPIRED if is_over else InvitationState.USABLE


def invitation_address(survey: Survey, code: str = "") -> str:
    """Where the code is typed. After the `#`, a code is never sent by the browser, hence in no log or referrer."""
    page = public_url(reverse("surveys:invitation", args=[survey.slug]))
    return f"{page}#{code}" if code else page


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


def read_addresses(text: str, *, survey: Survey) -> AddressList:
    """Addresses pasted or imported: one or several by line, «Name <address>» accepted, columns ignored."""
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
    known = set(survey.invitations.exclude(email="").values_list("email", flat=True)) & found.keys()
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
    if len(found) >= MAX_INVITATIONS:
        return _("This is more than %(maximum)d addresses: send the others next.") % {
            "maximum": MAX_INVITATIONS
        }
    return ""
