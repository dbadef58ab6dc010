"""What comes back: acknowledgement, answer, study; read to the council; relayed from a federation."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.meetings.models import Meeting
from consultations.opinions.models import AnswerKind, Opinion, OpinionAnswer
from consultations.opinions.models.answer import FINAL, NEED_REASONS
from consultations.opinions.permissions import speaks_for_addressee
from consultations.opinions.selectors.passages import receivers_of
from consultations.opinions.services.acting import check_day, lock, move, record
from consultations.opinions.services.placing import put_on_next_agenda
from consultations.opinions.states import LIFE

Way = OpinionAnswer.Way
BODY = "body"


@dataclass(frozen=True)
class Given:
    """An answer as it was written. `decide_by` only when it is under study."""

    kind: str
    text: str
    by_title: str
    on: datetime.date | None = None
    reasons: str = ""
    easy_read: str = ""
    decide_by: datetime.date | None = None


@transaction.atomic
def acknowledge_opinion(
    *, actor: User | None, opinion: Opinion, on: datetime.date | None = None, role: str | None = None
) -> Opinion:
    """The body asked has it. Doing it again is refused by the state, named."""
    opinion = lock(opinion)
    move("acknowledge", actor=actor, opinion=opinion)
    day = check_day(on or timezone.localdate(), field="on", after=opinion.sent_on, after_words=_("sent"))
    opinion.acknowledged_on = day
    opinion.save(update_fields=["state", "acknowledged_on"])
    record(actor, "acknowledged", opinion, on=day, role=role)
    return opinion


@transaction.atomic
def answer_opinion(
    *, actor: User | None, opinion: Opinion, given: Given, way: str | None = None
) -> OpinionAnswer:
    """The answer of the body asked, by itself or copied by the council; an earlier answer stays in the thread.

    “Under study” is not an answer yet: it gives a day, and the clock first set keeps running for figures.
    """
    opinion = lock(opinion)
    day = given.on or timezone.localdate()
    _refuse_incomplete(opinion, given, day)
    verb = "study" if given.kind == AnswerKind.UNDER_STUDY else "answer"
    said = {"kind": given.kind, "text": given.text, "decide_by": given.decide_by}
    move(verb, actor=actor, opinion=opinion, given=said)
    answer = _add_answer(opinion, given, day, way or _way(actor, opinion), actor)
    opinion.answer_kind = given.kind
    if verb == "study":
        opinion.due_on, opinion.reminders_sent = given.decide_by, 0
    else:
        opinion.answered_on = day
    opinion.save()
    record(actor, "studied" if verb == "study" else "answered", opinion, on=day,
           role=BODY if way == Way.LINK else None)  # fmt: skip
    put_on_next_agenda(answer)
    flow_back(actor=actor, answer=answer)
    return answer


def _way(actor: User | None, opinion: Opinion) -> str:
    return Way.ACCOUNT if speaks_for_addressee(actor, opinion) else Way.RECORDED


def _refuse_incomplete(opinion: Opinion, given: Given, day: datetime.date) -> None:
    """Every reason at once, each at its place."""
    wrong: dict[str, str] = {}
    if given.kind not in AnswerKind.values:
        wrong["kind"] = _("Choose an answer: accepted, accepted in part, refused or under study.")
    if not given.text.strip():
        wrong["text"] = _("Write what is answered to the council.")
    if not given.by_title.strip():
        wrong["by_title"] = _("Say which office answers, for instance: the director.")
    if given.kind in NEED_REASONS and not given.reasons.strip():
        wrong["reasons"] = _("An opinion is not refused, even in part, without reasons: write them.")
    if given.kind == AnswerKind.UNDER_STUDY and (given.decide_by is None or given.decide_by <= day):
        wrong["decide_by"] = _("Give the day, after this one, when the council will have the final answer.")
    if wrong:
        raise ValidationError(wrong)
    last = opinion.answers.aggregate(last=Max("answered_on"))["last"]
    check_day(day, field="on", after=last or opinion.acknowledged_on or opinion.sent_on,
              after_words=_("last answer") if last else _("acknowledged") if opinion.acknowledged_on else _("sent"))  # fmt: skip


def _add_answer(
    opinion: Opinion, given: Given, day: datetime.date, way: str, actor: User | None
) -> OpinionAnswer:
    answer = OpinionAnswer(
        opinion=opinion,
        number=opinion.answers.count() + 1,
        kind=given.kind,
        text=given.text.strip(),
        reasons=given.reasons.strip(),
        easy_read=given.easy_read.strip(),
        answered_on=day,
        answered_by_title=given.by_title.strip(),
        decide_by=given.decide_by if given.kind == AnswerKind.UNDER_STUDY else None,
        way=way,
        recorded_by=actor,
    )
    answer.full_clean(exclude=["opinion", "recorded_by"])
    answer.save(force_insert=True)
    return answer


@transaction.atomic
def relay_answer(*, actor: User | None, opinion: Opinion, answer: OpinionAnswer) -> OpinionAnswer:
    """The answer given to a joint opinion comes back to one it came from; relaying it twice changes nothing.

    The caller has checked that this opinion is in the joint one. A final answer moves it to “answered”, from
    “voted” too: the federation sent it on for the council. What the council withdrew, or saw carried out, stays
    where it is and gets the answer all the same.
    """
    opinion = lock(opinion)
    known = opinion.answers.filter(relayed_from=answer).first()
    if known is not None:
        return known
    copy = OpinionAnswer.objects.create(
        opinion=opinion,
        number=opinion.answers.count() + 1,
        kind=answer.kind,
        text=answer.text,
        reasons=answer.reasons,
        easy_read=answer.easy_read,
        answered_on=answer.answered_on,
        answered_by_title=answer.answered_by_title,
        decide_by=answer.decide_by,
        way=Way.RELAYED,
        relayed_from=answer,
        recorded_by=actor,
    )
    if answer.kind in FINAL and LIFE.find("relay", opinion.state) is not None:
        move("relay", actor=None, opinion=opinion)
        opinion.answer_kind = answer.kind
        opinion.answered_on = max(answer.answered_on, opinion.sent_on or answer.answered_on)
        opinion.save(update_fields=["state", "answer_kind", "answered_on"])
    record(actor, "relayed", opinion, on=answer.answered_on)
    put_on_next_agenda(copy)
    flow_back(actor=actor, answer=copy)
    return copy


def flow_back(*, actor: User | None, answer: OpinionAnswer) -> None:
    """To every opinion joined in the one that is answered, at any depth; again changes nothing."""
    for origin in receivers_of(answer.opinion):
        relay_answer(actor=actor, opinion=origin, answer=answer)


@transaction.atomic
def mark_read_back(
    *,
    actor: User | None,
    answer: OpinionAnswer,
    on: datetime.date,
    meeting: Meeting | None = None,
    entitled: bool = False,
) -> OpinionAnswer:
    """The council heard the answer. `entitled`: the meeting, which has its own rights, says so."""
    opinion = lock(answer.opinion)
    answer = OpinionAnswer.objects.select_for_update(of=("self",)).get(pk=answer.pk)
    if answer.read_back_on is not None:
        return answer
    move("read_back", actor=None if entitled else actor, opinion=opinion)
    if meeting is not None and meeting.council_id != opinion.council_id:
        raise ValidationError({"meeting": _("This meeting is not one of this council.")})
    answer.read_back_on = check_day(on, field="on", after=answer.answered_on, after_words=_("answered"))
    answer.read_back_in = meeting
    answer.save(update_fields=["read_back_on", "read_back_in"])
    record(actor, "read_back", opinion, on=on, meeting=meeting)
    return answer
