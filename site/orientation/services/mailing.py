"""The letters, in plain words. A letter to a service names needs and a link; a letter to a person, a page: nothing else."""

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from core.qr import public_url
from core.returned_mail import traced_id
from orientation.models import HelpRequest, Sending
from orientation.selectors.offers import address_of
from orientation.tokens import VALID, new_address_token, new_link

NEW, REMINDER, AGAIN, REACH = "new", "reminder", "again", "reach"
TO_SERVICE, TO_PERSON = "help_link", "help_news"  # kinds of letters, in `core.returned_mail`


def send_link(sending: Sending, kind: str) -> None:
    """Write to the service once the transaction is committed."""
    transaction.on_commit(lambda: write_to_service.enqueue(str(sending.pk), kind))


def tell_over(sending: Sending) -> None:
    """Tell the service that nothing more is needed, and why."""
    transaction.on_commit(lambda: write_over.enqueue(str(sending.pk)))


def ask_address(request: HelpRequest) -> None:
    """Ask the new address of the person whether it is theirs."""
    transaction.on_commit(lambda: write_to_new_address.enqueue(str(request.pk)))


def tell_person(request: HelpRequest) -> None:
    """Tell the person that there is news, when an e-mail address is what they gave."""
    if request.reach == HelpRequest.Reach.EMAIL and not request.is_erased:
        transaction.on_commit(lambda: write_to_person.enqueue(str(request.pk)))


@task()
def write_to_service(sending_id: str, kind: str) -> None:
    """A link valid for eight days, made as the letter leaves: the queue never holds it."""
    rows = Sending.objects.select_related("service__organisation__record", "help_request")
    sending = rows.filter(pk=sending_id).first()
    if sending is None or not _may_read(sending, kind) or not (address := address_of(sending.service)):
        return
    with translation.override("fr"):
        token, link = new_link(sending)
        page = public_url(reverse("orientation:answer", args=[token]))
        context = {
            "service": sending.service,
            "key": sending.help_request.short_key,
            "kind": kind,
            "needs": [need.plain_label for need in sending.help_request.needs.all()],
            "page": page,
            "days": VALID.days,
            "sent_on": sending.sent_on,
            "is_waiting": sending.is_waiting,
        }
        subject = {
            NEW: _("Someone asks for your help (request %(key)s)"),
            REMINDER: _("Someone still waits for your answer (request %(key)s)"),
            AGAIN: _("Your new link to answer (request %(key)s)"),
            REACH: _("A person has changed how to reach them (request %(key)s)"),
        }[kind] % {"key": sending.help_request.short_key}
        body = render_to_string("orientation/email/request.txt", context)
        _letter(subject, body, address, trace=traced_id(TO_SERVICE, link.pk))


def _may_read(sending: Sending, kind: str) -> bool:
    """Who has still to answer; who accepted too, when the person is reached in another way."""
    accepted = kind == REACH and sending.state == Sending.State.ACCEPTED
    return (sending.is_waiting or accepted) and not sending.help_request.is_erased


@task()
def write_over(sending_id: str) -> None:
    """The number of the request and how it ended, and nothing of the person."""
    rows = Sending.objects.select_related("service__organisation__record", "help_request")
    sending = rows.filter(pk=sending_id).first()
    address = address_of(sending.service) if sending else ""
    if sending is None or not address:
        return
    with translation.override("fr"):
        key = sending.help_request.short_key
        body = render_to_string(
            "orientation/email/over.txt", {"service": sending.service, "key": key, "sending": sending}
        )
        words = (
            _("Request %(key)s was withdrawn")
            if sending.state == "withdrawn"
            else _("Request %(key)s has ended")
        )
        _letter(words % {"key": key}, body, address)


@task()
def write_to_person(request_id: str) -> None:
    """At most one letter a day; it does not say which service, nor what about."""
    rows = HelpRequest.objects.kept().filter(contact_returned_on=None, reach=HelpRequest.Reach.EMAIL)
    request, today = rows.filter(pk=request_id).first(), timezone.localdate()
    if request is None or request.told_on == today:
        return
    with translation.override(request.language):
        page = public_url(reverse("lineage:follow"))
        body = render_to_string("orientation/email/person.txt", {"page": page, "name": request.first_name})
        day = f"{request.pk.hex}-{today.timetuple().tm_yday:03d}"
        _letter(_("News of your request"), body, request.contact, trace=traced_id(TO_PERSON, day))
    request.told_on = today
    request.save(update_fields=["told_on"])


@task()
def write_to_new_address(request_id: str) -> None:
    """A link that makes this address the one we write to; the letter says nothing of the request."""
    request = HelpRequest.objects.kept().exclude(contact_waiting="").filter(pk=request_id).first()
    if request is None:
        return
    with translation.override(request.language):
        page = public_url(reverse("orientation:reach_confirm", args=[new_address_token(request)]))
        body = render_to_string("orientation/email/reach.txt", {"page": page, "days": VALID.days})
        _letter(_("Is this your e-mail address?"), body, request.contact_waiting)


def _letter(subject: str, body: str, address: str, *, trace: str = "") -> None:
    headers = {"Auto-Submitted": "auto-generated", **({"Message-ID": trace} if trace else {})}
    EmailMessage(" ".join(subject.split()), body, to=[address], headers=headers).send()
