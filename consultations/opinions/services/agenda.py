"""Between opinions and meetings: what comes before the council by itself, and what follows from a meeting."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from consultations.meetings.models import AgendaItem, Decision, Meeting
from consultations.meetings.services.agenda import take_suggestion
from consultations.opinions.models import Opinion, OpinionAnswer
from consultations.opinions.services.answering import mark_read_back
from consultations.opinions.services.life import follow_decision, record_debate

ANSWER = "opinion_answer"
BEFORE_NOTICE = (Meeting.State.DRAFT,)


@transaction.atomic
def put_on_next_agenda(answer: OpinionAnswer) -> AgendaItem | None:
    """Read back to the council: the answer enters the agenda being prepared, if there is one that is not convened.

    Once only: taken off by the president, it is not forced back, but still proposed.
    """
    if answer.read_back_on is not None or _was_placed(answer):
        return None
    council = answer.opinion.council
    drafts = Meeting.objects.of(council).filter(state__in=BEFORE_NOTICE, held_at__gte=timezone.now())
    meeting = drafts.order_by("held_at").first()
    if meeting is None or meeting.held_on < answer.answered_on:
        return None
    return take_suggestion(actor=None, meeting=meeting, kind=ANSWER, key=str(answer.pk))


def _was_placed(answer: OpinionAnswer) -> bool:
    """Already on an agenda, wherever that item has come to, unless that meeting was cancelled."""
    items = AgendaItem.objects.filter(subject_kind=ANSWER, subject_key=str(answer.pk))
    return items.exclude(meeting__state=Meeting.State.CANCELLED).exists()


def put_answers_on_agendas() -> int:
    """By the tick: answers nobody has read back yet, of councils that prepare a meeting."""
    preparing = Meeting.objects.filter(state__in=BEFORE_NOTICE, held_at__gte=timezone.now()).values("council")
    waiting = OpinionAnswer.objects.filter(read_back_on=None, opinion__council__in=preparing)
    return sum(put_on_next_agenda(one) is not None for one in waiting.select_related("opinion__council"))


def opinion_treated(*, item: AgendaItem, actor: User | None) -> None:
    """Treated without a vote that decides: it was debated."""
    opinion = Opinion.objects.filter(pk=item.subject_key, state=Opinion.State.PROPOSED).first()
    if opinion is not None:
        meeting = item.meeting
        record_debate(actor=actor, opinion=opinion, on=meeting.held_on, meeting=meeting, entitled=True)


def opinion_decided(*, item: AgendaItem, decision: Decision, actor: User | None) -> None:
    """The vote on it is closed."""
    opinion = Opinion.objects.filter(pk=item.subject_key).first()
    if opinion is not None:
        follow_decision(actor=actor, opinion=opinion, decision=decision)


def answer_treated(*, item: AgendaItem, actor: User | None) -> None:
    """The answer was read to the council."""
    answer = OpinionAnswer.objects.filter(pk=item.subject_key).select_related("opinion").first()
    if answer is not None:
        meeting = item.meeting
        mark_read_back(actor=actor, answer=answer, on=meeting.held_on, meeting=meeting, entitled=True)
