"""The person says anew how they can be reached: by phone at once, by e-mail once the new address has answered.

Whoever holds the receipt code may; the old phone number or address is never shown. Services that have already read the
old one are told to read the new one.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.services import record_audit
from core.throttle import count_hit
from orientation.models import HelpRequest, Sending
from orientation.services import mailing
from orientation.services.asking import checked_contact
from orientation.services.locking import lock_request
from orientation.states import Part
from orientation.tokens import find_new_address

LETTERS_PER_MINUTE = 2
WAYS = (HelpRequest.Reach.PHONE, HelpRequest.Reach.EMAIL)
HAVE_READ = (Sending.State.SEEN, Sending.State.STUDYING, Sending.State.ACCEPTED)


@transaction.atomic
def change_contact(*, request: HelpRequest, reach: str, contact: str, parts: frozenset[Part]) -> HelpRequest:
    """A phone number replaces what was given; an e-mail address waits for the link that is sent to it.

    Raises ValidationError for a wrong number or address, or when letters have just left for this request.
    """
    if Part.PERSON not in parts:
        raise PermissionDenied(_("Only the person may change how to reach them."))
    locked = lock_request(request.pk)
    if locked.is_erased:
        raise ValidationError(_("This request was erased."))
    if reach not in WAYS:
        raise ValidationError({"reach": _("Choose one way.")})
    contact = checked_contact(reach, contact)
    if (locked.reach, locked.contact) == (reach, contact) and not locked.contact_returned_on:
        locked.contact_waiting = ""
        locked.save(update_fields=["contact_waiting"])
        return locked
    if reach == HelpRequest.Reach.PHONE:
        return _replace(locked, reach, contact)
    if count_hit(f"orientation.reach:{locked.pk}") > LETTERS_PER_MINUTE:
        raise ValidationError(_("Letters have just left for this request. Wait one minute, then try again."))
    locked.contact_waiting = contact
    locked.save(update_fields=["contact_waiting"])
    mailing.ask_address(locked)
    return locked


@transaction.atomic
def confirm_address(*, token: str) -> HelpRequest | None:
    """The new address answers: it takes the place of the old one. None when nothing waits for this link any more."""
    found = find_new_address(token)
    if found is None:
        return None
    locked = lock_request(found.pk)
    if locked.is_erased or locked.contact_waiting != found.contact_waiting:
        return None
    return _replace(locked, HelpRequest.Reach.EMAIL, locked.contact_waiting)


def _replace(locked: HelpRequest, reach: str, contact: str) -> HelpRequest:
    locked.reach, locked.contact, locked.contact_waiting = reach, contact, ""
    locked.contact_returned_on = locked.told_on = None
    locked.save(update_fields=["reach", "contact", "contact_waiting", "contact_returned_on", "told_on"])
    record_audit(actor=None, verb="help_request_reached_anew", target=locked, changes={"kind": reach})
    for sending in locked.sendings.filter(state__in=HAVE_READ):
        mailing.send_link(sending, mailing.REACH)
    return locked
