"""Letters that come back: a service that cannot be written to is said to the person at once, not after thirty days."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from core.services import record_audit
from directory.models import Report
from directory.services.reports import report_mistake
from orientation.models import AnswerLink, HelpRequest, Sending
from orientation.services import asking, mailing
from orientation.services.locking import lock_sending

FULL_MAILBOX = "5.2.2"


@transaction.atomic
def letter_to_service_returned(key: str, status: str) -> bool:
    """The service never received the request: the person is told, another one is proposed, the record is reported.

    The request stays open: the service may still read it in its workspace. Told twice, it is done once.
    """
    link = AnswerLink.objects.select_related("sending").filter(pk=key).first() if key.isdecimal() else None
    if link is None:
        return False
    sending = lock_sending(link.sending)
    if sending.state != Sending.State.SENT or sending.returned_on or sending.help_request.is_erased:
        return False
    sending.returned_on = timezone.localdate()
    sending.save(update_fields=["returned_on"])
    record_audit(
        actor=None,
        verb="help_request_returned",
        target=sending.help_request,
        changes={"status": status},
    )
    asking.propose_other(sending=sending)
    mailing.tell_person(sending.help_request)
    _report(sending)
    return True


def _report(sending: Sending) -> None:
    """The keeper of the record is told that its address does not work."""
    try:
        report_mistake(service=sending.service, kind=Report.Kind.PHONE)
    except (PermissionDenied, ValidationError):  # no longer public, or reported many times already
        return


@transaction.atomic
def letter_to_person_returned(key: str, status: str) -> bool:
    """The person's address does not work: those who may help see it, and no more letter leaves. A full mailbox is one for today."""
    if status == FULL_MAILBOX:
        return False
    try:
        pk = UUID(key[:32])
    except ValueError:
        return False
    rows = HelpRequest.objects.kept().filter(pk=pk, contact_returned_on=None)
    return bool(rows.update(contact_returned_on=timezone.localdate()))
