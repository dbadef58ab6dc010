"""What follows from a meeting: an item treated, a vote closed, an answer read."""

from accounts.models import User
from consultations.meetings.models import AgendaItem, Decision
from consultations.opinions.models import Opinion, OpinionAnswer
from consultations.opinions.services.answering import mark_read_back
from consultations.opinions.services.life import follow_decision, record_debate


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
