"""What an invitation code is worth, where it is typed, and how a list of addresses is read."""

import uuid
from collections.abc import Collection
from enum import StrEnum

from django.urls import reverse
from django.utils import timezone

from consultations.surveys.models import Invitation, Survey
from core import addresses
from core.addresses import MAX_ADDRESSES, AddressList
from core.qr import public_url
from core.receipts import derive_code, hash_code

MAX_INVITATIONS = MAX_ADDRESSES
SENDING, REMINDING = "surveys.invitations", "surveys.reminders"  # kinds of jobs


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


def read_addresses(text: str, *, survey: Survey) -> AddressList:
    """Addresses pasted or imported, without those this survey already invited."""

    def invited(found: Collection[str]) -> set[str]:
        return set(survey.invitations.filter(email__in=found).values_list("email", flat=True))

    return addresses.read_addresses(text, invited=invited)
