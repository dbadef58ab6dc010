"""One order of locks for all: the request, then what was sent to a service. Two services answer at once without harm."""

from uuid import UUID

from orientation.models import HelpRequest, Sending


def lock_request(key: UUID) -> HelpRequest:
    """The request, as it is now and until the transaction ends."""
    return HelpRequest.objects.select_for_update(of=("self",)).get(pk=key)


def lock_sending(sending: Sending) -> Sending:
    """What was sent, its request locked before it."""
    lock_request(sending.help_request_id)
    rows = Sending.objects.select_for_update(of=("self",))
    return rows.select_related("help_request__commune", "service__organisation").get(pk=sending.pk)
