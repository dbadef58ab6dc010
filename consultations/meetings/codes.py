"""The code by which a member checks in: derived from the secret key, so that it is never stored."""

from uuid import UUID

from django.urls import reverse

from consultations.meetings.models import Meeting
from core.qr import public_url
from core.receipts import derive_code

PURPOSE = "meeting"  # of wrong codes, for the tolls


def member_code(meeting: Meeting, mandate_id: UUID) -> str:
    """The same code for the same member at the same meeting, on paper and in the e-mail."""
    return derive_code("meetings.member", f"{meeting.pk}:{mandate_id}")


def door_address(meeting: Meeting, code: str = "") -> str:
    """The full address to check in, with the code when it is known."""
    path = reverse("meetings:door", args=[meeting.council.slug, meeting.number])
    return public_url(f"{path}?code={code}" if code else path)
