"""Answers come before the council by themselves: they enter the agenda that is being prepared."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consultations.meetings.models import AgendaItem, Meeting
from consultations.meetings.services.agenda import take_suggestion
from consultations.opinions.models import Opinion, OpinionAnswer

ANSWER = "opinion_answer"
BEFORE_NOTICE = (Meeting.State.DRAFT,)


@transaction.atomic
def put_on_next_agenda(answer: OpinionAnswer) -> AgendaItem | None:
    """Read back to the council: the answer enters the agenda being prepared, if there is one that is not convened.

    Once only: taken off by the president, it is not forced back, but still proposed.
    """
    withdrawn = answer.opinion.state == Opinion.State.WITHDRAWN
    if withdrawn or answer.read_back_on is not None or _was_placed(answer):
        return None
    council = answer.opinion.council
    drafts = Meeting.objects.of(council).filter(state__in=BEFORE_NOTICE, held_at__gte=timezone.now())
    meeting = drafts.order_by("held_at").first()
    if meeting is None or meeting.held_on < answer.answered_on:
        return None
    try:
        return take_suggestion(actor=None, meeting=meeting, kind=ANSWER, key=str(answer.pk))
    except ValidationError:  # the agenda is full: it stays proposed, and an answer is never refused for that
        return None


def _was_placed(answer: OpinionAnswer) -> bool:
    """Already on an agenda, wherever that item has come to, unless that meeting was cancelled."""
    items = AgendaItem.objects.filter(subject_kind=ANSWER, subject_key=str(answer.pk))
    return items.exclude(meeting__state=Meeting.State.CANCELLED).exists()


def put_answers_on_agendas() -> int:
    """By the tick: answers nobody has read back yet, of councils that prepare a meeting."""
    preparing = Meeting.objects.filter(state__in=BEFORE_NOTICE, held_at__gte=timezone.now()).values("council")
    waiting = OpinionAnswer.objects.filter(read_back_on=None, opinion__council__in=preparing)
    return sum(put_on_next_agenda(one) is not None for one in waiting.select_related("opinion__council"))
