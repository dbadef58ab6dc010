"""Sending a request, asking another service, taking it back, erasing it."""

import datetime
from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.models import Receipt
from core.receipts import hash_code
from core.services import issue_receipt, record_audit
from directory.codes import Status
from directory.models import Service
from directory.models.base import validate_phone
from needs.models import Need
from needs.selectors import needs_by_code
from orientation.draft import Draft
from orientation.models import Coordination, HelpRequest, Sending
from orientation.permissions import can_act_for, takes_requests
from orientation.selectors.offers import address_of, epci_of, matches_of, wish_of
from orientation.services import mailing
from orientation.services.locking import lock_request, lock_sending
from orientation.situations import MOST_NEEDS
from orientation.states import LIFE, Part

RECEIPT = "orientation.request"
MOST_SERVICES, MOST_SENDINGS, MOST_AUTOMATIC = 5, 10, 3
ANONYMISED_AFTER = datetime.timedelta(days=730)


@transaction.atomic
def send_request(*, actor: User | None, draft: Draft, services: Sequence[Service]) -> tuple[HelpRequest, str]:
    """Send to each service once; the request and its receipt code. The same key gives the first ones again.

    Raises ValidationError naming what to change, PermissionDenied for a counter that is not the actor's.
    """
    if draft.counter is not None and not can_act_for(actor, draft.counter):
        raise PermissionDenied(_("You may act for someone only at the counter of your organisation."))
    if known := _known(draft.key):
        return known, _code_of(known)
    needs = _checked_needs(draft)
    _check_services(services)
    today = timezone.localdate()
    try:
        with transaction.atomic():
            request = _create(draft, actor=actor, today=today)
    except IntegrityError:  # the same form sent twice at the same moment
        known = HelpRequest.objects.get(client_key=draft.key)
        return known, _code_of(known)
    request.needs.set(needs)
    for service in dict.fromkeys(services):
        _send(request, service, today=today)
    record_audit(
        actor=actor,
        verb="help_request_sent",
        target=request,
        changes={"count": len(set(services)), "kind": request.origin},
    )
    return request, _code_of(request)


def _known(key: UUID) -> HelpRequest | None:
    known = HelpRequest.objects.filter(client_key=key).first()
    if known is not None and known.is_erased:
        raise ValidationError(_("This request was erased. To ask again, start from the first question."))
    return known


def _create(draft: Draft, *, actor: User | None, today: datetime.date) -> HelpRequest:
    request = HelpRequest(
        client_key=draft.key,
        created_on=today,
        origin=draft.origin,
        counter=draft.counter,
        recorded_by=actor if draft.counter is not None else None,
        about=draft.about,
        age=draft.age,
        commune=draft.commune,
        epci=epci_of(draft.commune),
        modes=list(draft.modes),
        reach=draft.reach,
        contact=checked_contact(draft.reach, draft.contact),
        first_name=draft.first_name.strip(),
        words=draft.words.strip(),
        language=draft.language[:5],
        agrees_second_choice=draft.agrees_second_choice,
        consent_words=draft.consent_words,
        consent_said=draft.consent_said,
        consent_on=today,
    )
    request.full_clean(exclude=["client_key"])
    request.save()
    return request


def checked_contact(reach: str, contact: str) -> str:
    """The phone number or the address, checked; nothing when the counter is the way."""
    contact = contact.strip()
    if reach == HelpRequest.Reach.COUNTER:
        return ""
    if not contact:
        raise ValidationError({"contact": _("Write how the service can reach you.")})
    if reach == HelpRequest.Reach.EMAIL:
        try:
            validate_email(contact)
        except ValidationError:
            raise ValidationError(
                {"contact": _("This address is not complete. Write for example prenom.nom@exemple.fr.")}
            ) from None
        return contact
    try:
        validate_phone(contact)
    except ValidationError as error:
        raise ValidationError({"contact": error.messages}) from None
    if sum(char.isdigit() for char in contact) < 10:
        raise ValidationError({"contact": _("A phone number has ten digits, for example 06 00 00 00 00.")})
    return contact


def _checked_needs(draft: Draft) -> list[Need]:
    if not draft.needs:
        raise ValidationError({"needs": _("Say first what you need help with.")})
    if len(set(draft.needs)) > MOST_NEEDS:
        raise ValidationError({"needs": _("Keep to %(most)d needs.") % {"most": MOST_NEEDS}})
    found = needs_by_code(draft.needs)
    if len(found) < len(set(draft.needs)):
        raise ValidationError({"needs": _("One of these needs no longer exists: choose again.")})
    return list(found.values())


def _check_services(services: Sequence[Service]) -> None:
    if not services:
        raise ValidationError({"services": _("Choose at least one service.")})
    if len(set(services)) > MOST_SERVICES:
        raise ValidationError({"services": _("Choose at most %(most)d services.") % {"most": MOST_SERVICES}})
    if gone := [one.name for one in services if not (takes_requests(one) and address_of(one))]:
        raise ValidationError(
            {
                "services": _("“%(names)s” no longer takes requests from here: choose again.")
                % {"names": "”, “".join(gone)}
            }
        )


def _send(
    request: HelpRequest, service: Service, *, today: datetime.date, after: Sending | None = None
) -> Sending:
    sending = Sending.objects.create(
        help_request=request, service=service, sent_on=today, moved_on=today, after=after
    )
    mailing.send_link(sending, mailing.NEW)
    return sending


def _code_of(request: HelpRequest) -> str:
    return issue_receipt(
        seed=str(request.client_key), subject_kind=RECEIPT, subject_id=str(request.pk), on=request.created_on
    )


def find_request(code: str) -> HelpRequest | None:
    """The request a receipt code opens (canonical form), unless it was erased."""
    receipt = Receipt.objects.filter(code_hash=hash_code("receipt", code), subject_kind=RECEIPT).first()
    if receipt is None:
        return None
    return (
        HelpRequest.objects.kept().select_related("commune", "counter").filter(pk=receipt.subject_id).first()
    )


@transaction.atomic
def follow_up(*, sending: Sending) -> Sending | None:
    """After a service that cannot help: ask the next one when that was agreed, or propose it to the person."""
    request = sending.help_request
    if request.is_erased:
        return None
    choice = _next_choice(request)
    automatic = sum(one.after_id is not None for one in request.sendings.all())
    if choice is not None and request.agrees_second_choice and automatic < MOST_AUTOMATIC:
        return _send(request, choice, today=timezone.localdate(), after=sending)
    _propose(sending, choice)
    return None


def propose_other(*, sending: Sending) -> None:
    """Name another service to the person, without asking it: the first one may still answer."""
    if not sending.proposed_id:
        _propose(sending, _next_choice(sending.help_request))


@transaction.atomic
def look_for_other(*, sending: Sending, parts: frozenset[Part]) -> Service | None:
    """The person asks for another service while this one is closed for a time: named, not yet asked; None without any."""
    if not parts & {Part.PERSON, Part.COUNTER}:
        raise PermissionDenied(_("Only the person, or the counter that helps them, may ask another service."))
    locked = lock_sending(sending)
    if locked.state in Sending.WAITING and locked.service.status == Status.CLOSED:
        propose_other(sending=locked)
    return locked.proposed


def _propose(sending: Sending, choice: Service | None) -> None:
    if choice is not None:
        sending.proposed = choice
        sending.save(update_fields=["proposed"])


def _next_choice(request: HelpRequest) -> Service | None:
    """The first suitable service that can take someone and was neither asked nor proposed."""
    sent = list(request.sendings.all())
    if len(sent) >= MOST_SENDINGS or any(one.state == Sending.State.ACCEPTED for one in sent):
        return None
    wish = wish_of(
        needs=[need.code for need in request.needs.all()],
        commune=request.commune,
        age=request.age,
        modes=request.modes,
    )
    asked = {one.service_id for one in sent} | {one.proposed_id for one in sent}
    able = (service for match, service in matches_of(wish) if match.is_available and service.pk not in asked)
    return next((one for one in able if takes_requests(one) and address_of(one)), None)


@transaction.atomic
def accept_second_choice(*, actor: User | None, sending: Sending, parts: frozenset[Part]) -> Sending:
    """The person, or the counter with their agreement, asks the service proposed. Once: asked again, it is the same."""
    if not parts & {Part.PERSON, Part.COUNTER}:
        raise PermissionDenied(_("Only the person, or the counter that helps them, may ask another service."))
    locked = lock_sending(sending)
    service = locked.proposed
    if locked.help_request.is_erased or service is None:
        raise ValidationError(_("No other service is proposed any more."))
    known = locked.help_request.sendings.filter(service=service).first()
    if known is not None:
        return known
    if not (takes_requests(service) and address_of(service)):
        locked.proposed = None
        locked.save(update_fields=["proposed"])
        raise ValidationError(_("“%(name)s” no longer takes requests from here.") % {"name": service.name})
    made = _send(locked.help_request, service, today=timezone.localdate(), after=locked)
    record_audit(actor=actor, verb="help_request_sent_on", target=locked.help_request)
    return made


@transaction.atomic
def withdraw_sending(*, actor: User | None, sending: Sending, parts: frozenset[Part]) -> Sending:
    """Take the request back from one service, which is told that nothing more is needed."""
    locked = lock_sending(sending)
    if locked.state == Sending.State.WITHDRAWN:
        return locked
    LIFE.apply("withdraw", who=parts, subject=locked)
    locked.moved_on = timezone.localdate()
    locked.save(update_fields=["state", "moved_on"])
    mailing.tell_over(locked)
    record_audit(actor=actor, verb="help_request_withdrawn", target=locked.help_request)
    return locked


@transaction.atomic
def keep_to_chosen(*, actor: User | None, request: HelpRequest, parts: frozenset[Part]) -> None:
    """Take back the agreement to another service: from now on it is proposed, never asked by itself."""
    if not parts & {Part.PERSON, Part.COUNTER}:
        raise PermissionDenied(
            _("Only the person, or the counter that helps them, may change what was agreed.")
        )
    locked = lock_request(request.pk)
    if locked.agrees_second_choice and not locked.is_erased:
        locked.agrees_second_choice = False
        locked.save(update_fields=["agrees_second_choice"])
        record_audit(actor=actor, verb="help_request_narrowed", target=locked)


@transaction.atomic
def erase_request(*, actor: User | None, request: HelpRequest, parts: frozenset[Part]) -> None:
    """The person takes everything back: what waits is withdrawn, and nothing about them is kept. Twice is once."""
    if not parts & {Part.PERSON, Part.COUNTER, Part.PLATFORM}:
        raise PermissionDenied(_("Only the person, or the counter that helps them, may erase a request."))
    locked = lock_request(request.pk)
    if locked.is_erased:
        return
    if Part.PLATFORM not in parts:
        for sending in locked.sendings.filter(state__in=[*Sending.WAITING, Sending.State.ACCEPTED]):
            withdraw_sending(actor=actor, sending=sending, parts=parts)
        locked.withdrawn_on = timezone.localdate()
    forget(locked)
    record_audit(actor=actor, verb="help_request_erased", target=locked)


def forget(request: HelpRequest) -> None:
    """Empty everything that leads to the person or says who they are; the code opens nothing any more."""
    today = timezone.localdate()
    request.contact = request.contact_waiting = request.reach = ""
    request.first_name = request.words = request.age = ""
    request.about, request.commune, request.recorded_by = HelpRequest.About.SELF, None, None
    request.modes, request.erased_on = [], today
    request.save()
    request.sendings.update(answer="", proposed=None)
    Coordination.objects.filter(help_request=request).exclude(state__in=["done", "stopped"]).update(
        state=Coordination.State.STOPPED, ended_on=today
    )
    Coordination.objects.filter(help_request=request).update(outcome="")
    Receipt.objects.filter(subject_kind=RECEIPT, subject_id=str(request.pk)).delete()
