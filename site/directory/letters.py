"""Letters of the directory, to mailboxes of teams and to those who keep records."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.models import Membership, User
from core.qr import public_url
from directory.models import OrganisationRecord, Service
from directory.permissions import EDITORS
from organisations.models import Organisation


def readers_of(organisation: Organisation, services: Iterable[Service] = ()) -> list[str]:
    """The known mailbox of the organisation, then the people who keep its records; each address once.

    When there is neither, the mailboxes of the teams of these services.
    """
    record = OrganisationRecord.objects.filter(organisation=organisation).first()
    held = Membership.objects.active_on(timezone.localdate()).filter(
        role__in=EDITORS, organisation=organisation
    )
    people = User.objects.filter(memberships__in=held, is_active=True).order_by("pk").distinct()
    known = [record.email] if record and record.email else []
    found = [*known, *(one.email for one in people)]
    return list(dict.fromkeys(found or [one.email for one in services if one.email]))


def write(to: Iterable[str], subject: str, template: str, context: Mapping[str, Any]) -> int:
    """One letter each, in the language of the house; how many were written. Refused addresses stop nobody."""
    sent, title = (
        0,
        " ".join(str(subject).split()),
    )  # a line break in a name would make two headers: no letter leaves
    with translation.override(settings.LANGUAGE_CODE):
        body = render_to_string(template, dict(context))
        for address in to:
            sent += send_mail(title, body, None, [address], fail_silently=True)
    return sent


def link_to(path: str) -> str:
    """An address that works outside the site."""
    return public_url(path)
