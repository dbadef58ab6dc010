"""A notice that comes back by itself, hours after the mail server took it: the member is reached another way."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.meetings.models import ConveningProof
from consultations.meetings.services.acting import audit, lock

NOTICE = "notice"  # the kind of letter, in `core.returned_mail`
State = ConveningProof.State


@transaction.atomic
def notice_returned(key: str, status: str) -> bool:
    """Mark the sending as come back; False when it had been, or was never handed to a mail server."""
    try:
        found = ConveningProof.objects.select_related("convening__meeting").filter(pk=UUID(key)).first()
    except ValueError:
        return False
    if found is None:
        return False
    meeting = lock(found.convening.meeting)
    changed = ConveningProof.objects.filter(pk=found.pk, state=State.HANDED).update(
        state=State.BOUNCED, at=timezone.now(), by_label=_("the mail server"), note=status_words(status)
    )
    if changed:
        audit(None, "convening_returned", meeting, mandate=str(found.mandate_id), status=status)
    return bool(changed)


def status_words(status: str) -> str:
    """What the other server answered (RFC 3463), for someone who has to find another way."""
    classes = {
        "1": _("this address does not exist"),
        "2": _("this mailbox is full or closed"),
        "7": _("the letter was refused"),
    }
    words = classes.get(status.split(".")[1] if status.count(".") == 2 else "", _("it was not delivered"))
    return f"{words} ({status})" if status else words
