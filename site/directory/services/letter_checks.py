"""Whoever opens the mailbox of a team says that a record is still right, without an account, from the letter."""

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from directory.models import Service
from directory.services.records import confirm_record

SALT, WITHIN = "directory.check", 60 * 86_400  # seconds
LONGEST = 200


def check_token(service: Service) -> str:
    """Names the record and the day of its last check: once it is checked again, the link has served."""
    return signing.dumps([service.pk, str(service.checked_on)], salt=SALT)


def read_check(token: str) -> Service | None:
    """The record to read again; None for a link that is forged, old or has served, or when nobody may find it any more."""
    if len(token) > LONGEST:
        return None
    try:
        key, day = signing.loads(token, salt=SALT, max_age=WITHIN)
    except signing.BadSignature:
        return None
    found = Service.objects.public().select_related("organisation").filter(pk=key).first()
    return found if found is not None and str(found.checked_on) == day else None


@transaction.atomic
def confirm_by_letter(*, token: str) -> Service:
    """Everything on it is still right, says the team. Raises ValidationError when the link has served meanwhile."""
    found = read_check(token)
    if found is None:
        raise ValidationError(_("This has already been answered."))
    locked = Service.objects.select_for_update(of=("self",)).get(pk=found.pk)
    return confirm_record(actor=None, service=locked)
