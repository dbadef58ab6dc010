"""What the tick does: remind after ten days, end after thirty, leave closed services, count, forget after 730 days.

Each step takes what is due, a batch at a time, under a lock: running twice does it once.
"""

import datetime
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from directory.codes import Status
from orientation.models import AnswerLink, HelpRequest, OrientationSignal, Sending
from orientation.services import asking, mailing
from orientation.states import LIFE

REMIND_AFTER, EXPIRE_AFTER = datetime.timedelta(days=10), datetime.timedelta(days=30)
BATCH = 100
CLOSED = Q(service__published=False) | Q(service__status=Status.DEFUNCT) | Q(service__status=Status.INACTIVE)
CLOSED |= Q(service__merged_into__isnull=False) | Q(service__takes_requests=False)
ENDED = (Sending.State.ACCEPTED, *Sending.UNMET)


def remind_services() -> int:
    """One reminder to each service that has had a request for ten days and neither answered nor said it studies it."""
    limit = timezone.localdate() - REMIND_AFTER
    late = Sending.objects.filter(state__in=["sent", "seen"], sent_on__lte=limit, reminded_on=None)
    return _each(late.readable(), _remind)


def _remind(sending: Sending) -> None:
    LIFE.follow("remind", subject=sending)
    sending.reminded_on = timezone.localdate()
    sending.save(update_fields=["reminded_on"])
    mailing.send_link(sending, mailing.REMINDER)


def expire_sendings() -> int:
    """What nobody answered for thirty days ends; both are told, another service is asked or proposed."""
    limit = timezone.localdate() - EXPIRE_AFTER
    return _each(Sending.objects.waiting().filter(moved_on__lte=limit).readable(), _end("expire"))


def close_sendings() -> int:
    """Requests that wait at a service that has closed or no longer takes them end; both are told, as above."""
    return _each(Sending.objects.waiting().filter(CLOSED).readable(), _end("close"))


def _end(verb: str) -> Callable[[Sending], None]:
    def end(sending: Sending) -> None:
        LIFE.follow(verb, subject=sending)
        sending.moved_on = timezone.localdate()
        sending.save(update_fields=["state", "moved_on"])
        asking.follow_up(sending=sending)
        mailing.tell_over(sending)
        mailing.tell_person(sending.help_request)

    return end


def _each(rows: QuerySet[Sending], act: Callable[[Sending], None]) -> int:
    """Act on each row in a transaction of its own, if it is still due once locked."""
    done = 0
    for key in list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            HelpRequest.objects.select_for_update(of=("self",)).filter(sendings=key).first()
            locked = rows.select_for_update(of=("self",)).select_related("help_request").filter(pk=key)
            sending = locked.first()
            if sending is not None:
                act(sending)
                done += 1
    return done


def count_signals() -> int:
    """Ended requests become counts by month, need and group of communes; what was withdrawn is not counted."""
    rows = Sending.objects.filter(state__in=ENDED, is_counted=False)
    return _each(rows, _count)


def _count(sending: Sending) -> None:
    needs = [need.code for need in sending.help_request.needs.all()]
    month = (sending.answered_on or sending.moved_on).replace(day=1)
    add_signals(needs, epci=sending.help_request.epci, outcome=sending.state, month=month)
    sending.is_counted = True
    sending.save(update_fields=["is_counted"])


def add_signals(needs: Iterable[str], *, epci: str, outcome: str, month: datetime.date | None = None) -> None:
    """One more orientation with this outcome, for each need."""
    first = (month or timezone.localdate()).replace(day=1)
    for need in needs:
        row, _is_new = OrientationSignal.objects.get_or_create(
            month=first, need=need, epci=epci, outcome=outcome
        )
        OrientationSignal.objects.filter(pk=row.pk).update(count=F("count") + 1)


def forget_old_requests() -> int:
    """Two years after it was made, a request no longer says anything of the person, and its links are forgotten."""
    AnswerLink.objects.filter(sent_at__lt=timezone.now() - asking.ANONYMISED_AFTER).delete()
    limit = timezone.localdate() - asking.ANONYMISED_AFTER
    old = HelpRequest.objects.kept().filter(created_on__lte=limit)
    done = 0
    for key in list(old.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            request = old.select_for_update(of=("self",)).filter(pk=key).first()
            if request is not None:
                for sending in request.sendings.waiting():
                    LIFE.follow("expire", subject=sending)
                    sending.save(update_fields=["state"])
                asking.forget(request)
                done += 1
    return done
