"""What a service does with a request: open it, answer it, ask for another link."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.services import record_audit
from orientation.models import Sending
from orientation.models.sending import ANSWER
from orientation.services import asking, mailing
from orientation.services.locking import lock_sending
from orientation.states import ANSWERS, LIFE, Part
from orientation.tokens import was_just_sent


@transaction.atomic
def open_sending(*, actor: User | None, sending: Sending, parts: frozenset[Part]) -> Sending:
    """The service opens the request: from now on the person knows that it was read. Opening twice changes nothing."""
    locked = lock_sending(sending)
    LIFE.entitle("read", who=parts, subject=locked)
    if locked.state != Sending.State.SENT or Part.SERVICE not in parts:
        return locked
    LIFE.apply("open", who=parts, subject=locked)
    locked.seen_on = locked.moved_on = timezone.localdate()
    locked.save(update_fields=["state", "seen_on", "moved_on"])
    return locked


@transaction.atomic
def answer_sending(
    *,
    actor: User | None,
    sending: Sending,
    parts: frozenset[Part],
    verb: str,
    refusal: str = "",
    answer: str = "",
) -> Sending:
    """Under study, accepted, refused with its reason, or no place left; the person is told. The same answer twice is one.

    Raises RefusedTransition when it was answered or withdrawn meanwhile, ValidationError for words or a reason.
    """
    if verb not in ANSWERS:
        raise ValidationError({"verb": _("Choose one of the answers.")})
    locked, answer = lock_sending(sending), answer.strip()
    if locked.state == ANSWERS[verb] and (locked.refusal, locked.answer) == (refusal, answer):
        return locked
    _check(verb, refusal, answer)
    LIFE.apply(verb, who=parts, subject=locked, given={"refusal": refusal})
    today = timezone.localdate()
    locked.seen_on = locked.seen_on or today
    locked.moved_on = today
    locked.answered_on = locked.answered_on or today
    locked.refusal = refusal if verb == "refuse" else ""
    locked.answer = answer
    locked.save()
    record_audit(
        actor=actor, verb="help_request_answered", target=locked.help_request, changes={"state": locked.state}
    )
    if locked.state in Sending.UNMET:
        asking.follow_up(sending=locked)
    mailing.tell_person(locked.help_request)
    return locked


def _check(verb: str, refusal: str, answer: str) -> None:
    if len(answer) > ANSWER:
        raise ValidationError({"answer": _("Keep to %(most)d characters.") % {"most": ANSWER}})
    if verb == "refuse":
        if refusal not in Sending.Refusal.values:
            raise ValidationError({"refusal": _("Choose why: the person needs to know where to turn next.")})
        if refusal == Sending.Refusal.OTHER and not answer:
            raise ValidationError({"answer": _("Say the reason in a few words for the person.")})


@transaction.atomic
def renew_link(*, sending: Sending) -> bool:
    """Send another link to the address the directory knows; False when one left a few minutes ago, or nothing waits."""
    locked = lock_sending(sending)
    if not locked.is_waiting or locked.help_request.is_erased or was_just_sent(locked):
        return False
    mailing.send_link(locked, mailing.AGAIN)
    return True
