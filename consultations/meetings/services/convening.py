"""Convening: the notice is checked against the bylaws, sent, and its sending proved member by member."""

from collections.abc import Sequence
from smtplib import SMTPException

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import User
from consultations.councils.models import Office
from consultations.councils.selectors import bylaw, members, office_holder
from consultations.councils.writing.pdf import write_pdf
from consultations.meetings.calendars import CONTENT_TYPE, calendar_of, file_name
from consultations.meetings.codes import door_address, member_code
from consultations.meetings.models import Convening, ConveningProof, Meeting
from consultations.meetings.notice import Notice, notice
from consultations.meetings.papers import minutes_to_send
from consultations.meetings.permissions import parts_of
from consultations.meetings.selectors.sending import letters_to_print
from consultations.meetings.services.acting import audit, check, lock, move
from consultations.meetings.services.returning import NOTICE
from consultations.meetings.states import Part
from consultations.meetings.wording import notice_words
from core.receipts import format_code
from core.returned_mail import traced_id

Way, State = ConveningProof.Way, ConveningProof.State
Attached = Sequence[tuple[str, bytes]]
DONE = {Way.EMAIL: State.HANDED, Way.POST: State.PRINTED, Way.HAND: State.GIVEN}


def notice_of(meeting: Meeting) -> Notice:
    """What sending today gives, under the bylaws of the day of the meeting."""
    required = int(bylaw(meeting.council, "agenda_notice_days", meeting.held_on).value)
    return notice(sent_on=timezone.localdate(), held_on=meeting.held_on, required=required)


@transaction.atomic
def convene_meeting(
    *, actor: User | None, meeting: Meeting, late_reason: str = "", presidents_order: str = ""
) -> Convening:
    """Send the notice to every member in office on the day: by e-mail to those with an account, else to print.

    Late under the bylaws only with a recorded reason; by someone else than the president only saying how the
    president asked for it. The notice keeps its text as it was sent.
    """
    meeting = lock(meeting)
    verb_given = {"late_reason": late_reason, "presidents_order": presidents_order}
    is_again = meeting.state == Meeting.State.CONVENED
    move("convene", actor=actor, meeting=meeting)
    found = notice_of(meeting)
    _refuse_wrong(actor, meeting, found, verb_given)
    meeting.save(update_fields=["state"])
    rule = bylaw(meeting.council, "agenda_notice_days", meeting.held_on)
    president = office_holder(meeting.council, Office.PRESIDENT)
    convening = Convening.objects.create(
        meeting=meeting,
        number=meeting.convenings.count() + 1,
        sent_on=timezone.localdate(),
        held_at=meeting.held_at,
        required_days=found.required,
        required_source=rule.source[:200],
        late_reason=late_reason.strip()[:300] if found.is_late else "",
        presidents_order=presidents_order.strip()[:200],
        text=notice_text(meeting),
        signed_by_title=_("The president") if president else _("For the council"),
        convened_by=actor,
    )
    proofs = _make_proofs(convening)
    audit(
        actor, "meeting_convened", meeting,
        days=found.days, required=found.required, again=is_again, members=len(proofs),
    )  # fmt: skip
    transaction.on_commit(lambda: send_notices.enqueue(str(convening.pk)))
    return convening


def _refuse_wrong(actor: User | None, meeting: Meeting, found: Notice, given: dict[str, str]) -> None:
    errors: dict[str, str] = {}
    if found.days < 0:
        errors["held_at"] = _("The day of the meeting is past: choose another day first.")
    if found.is_late and not given["late_reason"].strip():
        errors["late_reason"] = (
            notice_words(found) + " " + _("Choose a later day, or write why it is sent late.")
        )
    if not meeting.items.on_agenda().exists():
        errors["agenda"] = _("The agenda is empty: put at least one item on it.")
    if not (meeting.place or meeting.remote_url):
        errors["place"] = _("Write where it is held, or the address to take part from afar.")
    if not members(meeting.council, meeting.held_on):
        errors["members"] = _("Nobody sits in the council on that day: record the mandates first.")
    is_president = actor is None or Part.PRESIDENT in parts_of(actor, meeting)
    if not is_president and not given["presidents_order"].strip():
        errors["presidents_order"] = _(
            "The president convenes (CASF D311-16). Write how the president asked you to do it."
        )
    if errors:
        raise ValidationError(errors)


def _make_proofs(convening: Convening) -> list[ConveningProof]:
    """One line per member: those with an account get an e-mail, the others a letter to print."""
    meeting = convening.meeting
    rows = []
    for one in members(meeting.council, meeting.held_on):
        user = one.mandate.user
        reachable = user is not None and user.is_active and bool(user.email)
        way = Way.EMAIL if reachable else Way.POST
        rows.append(ConveningProof(convening=convening, mandate=one.mandate, way=way))
    return ConveningProof.objects.bulk_create(rows)


def notice_text(meeting: Meeting) -> str:
    """The notice in plain words, the same for every member."""
    with translation.override(settings.LANGUAGE_CODE):
        context = {"meeting": meeting, "items": list(meeting.items.on_agenda().prefetch_related("documents"))}
        return render_to_string("meetings/email/notice.txt", context).strip()


@task()
def send_notices(convening_id: str) -> None:
    """Every e-mail that waits, each once: run again after a failure, it goes on where it stopped."""
    convening = Convening.objects.select_related("meeting__council").get(pk=convening_id)
    waiting = convening.proofs.filter(state=State.WAITING, way=Way.EMAIL).select_related("mandate__user")
    minutes = [(name, write_pdf([paper])) for name, paper in minutes_to_send(convening.meeting)]
    for proof in waiting:
        _send(convening, proof, minutes)


def _send(convening: Convening, proof: ConveningProof, minutes: Attached) -> None:
    """Handed to the mail server, or refused by it at once; an unreachable server leaves it to be sent again."""
    user = proof.mandate.user
    if user is None or not user.email:
        return
    mine = ConveningProof.objects.filter(pk=proof.pk, state=State.WAITING)
    if not mine.update(state=State.HANDED, at=timezone.now(), by_label=_("the platform")):
        return
    try:
        _letter(convening, proof, user, minutes).send()
    except (SMTPException, ValueError) as error:  # refused: another way is needed
        ConveningProof.objects.filter(pk=proof.pk).update(state=State.BOUNCED, note=type(error).__name__)
    except OSError:
        ConveningProof.objects.filter(pk=proof.pk).update(state=State.WAITING, at=None)
        raise


def _letter(convening: Convening, proof: ConveningProof, user: User, minutes: Attached = ()) -> EmailMessage:
    meeting = convening.meeting
    with translation.override(settings.LANGUAGE_CODE):
        code = member_code(meeting, proof.mandate_id)
        context = {
            "text": convening.text,
            "spoken_code": format_code(code),
            "door": door_address(meeting, code),
            "meeting": meeting,
        }
        email = EmailMessage(
            _("Notice of meeting: %(council)s") % {"council": meeting.council.name},
            render_to_string("meetings/email/convening.txt", context),
            to=[user.email],
            headers={"Message-ID": traced_id(NOTICE, proof.pk)},
        )
        email.attach(file_name(meeting), calendar_of(meeting).decode(), CONTENT_TYPE)
        for name, pdf in minutes:
            email.attach(name, pdf, "application/pdf")
        return email


def resume_notices() -> int:
    """Notices whose e-mails could not leave are tried again, by the tick; gives how many notices."""
    waiting = ConveningProof.objects.filter(
        state=State.WAITING, way=Way.EMAIL, convening__meeting__state=Meeting.State.CONVENED
    )
    keys = list(waiting.order_by().values_list("convening_id", flat=True).distinct()[:20])
    for key in keys:
        send_notices.enqueue(str(key))
    return len(keys)


@transaction.atomic
def record_proof(
    *, actor: User, proof: ConveningProof, way: str, state: str = "", by_label: str = "", note: str = ""
) -> ConveningProof:
    """Say how a notice went: printed for the post, given by hand and by whom, or that the e-mail came back.

    What was recorded stays: another way adds a line beside it.
    """
    meeting = lock(proof.convening.meeting)
    check("prove", actor=actor, meeting=meeting)
    wanted = State(state) if state else DONE[Way(way)]
    if wanted == State.HANDED:
        raise PermissionDenied(_("Only the platform says that it handed an e-mail to the mail server."))
    if wanted == State.GIVEN and not by_label.strip():
        raise ValidationError({"by_label": _("Write who gave it by hand.")})
    if wanted == State.BOUNCED and proof.state != State.HANDED:
        raise ValidationError(_("Only an e-mail that left can come back."))
    is_fresh = proof.state == State.WAITING or wanted == State.BOUNCED
    row = proof if is_fresh else ConveningProof(convening=proof.convening, mandate=proof.mandate)
    row.way, row.state = Way.EMAIL if wanted == State.BOUNCED else Way(way), wanted
    row.at, row.by, row.by_label, row.note = timezone.now(), actor, by_label.strip(), note.strip()
    row.full_clean(exclude=["convening", "mandate", "by"])
    row.save()
    audit(actor, "convening_proved", meeting, way=row.way, state=row.state, mandate=str(row.mandate_id))
    return row


@transaction.atomic
def print_letters(*, actor: User, convening: Convening) -> int:
    """Record that the letters of those without an e-mail, or whose e-mail came back, were printed for the post."""
    meeting = lock(convening.meeting)
    check("prove", actor=actor, meeting=meeting)
    rows = letters_to_print(convening)
    for proof in rows:
        record_proof(actor=actor, proof=proof, way=Way.POST, by_label=str(actor)[:120])
    return len(rows)
