"""Opinions of the demo, brought as far as the story goes by the services, each step on its own day. Idempotent."""

import datetime

from django.db import transaction
from django.utils import timezone

from consultations.councils.models import Council
from consultations.meetings.majority import Votes
from consultations.meetings.models import AgendaItem, Decision, Meeting
from consultations.opinions.models import Opinion
from consultations.opinions.selectors.sources import find_sources
from consultations.opinions.services import after, answering, due, life, placing, resting
from consultations.opinions.services.acting import record
from consultations.opinions.services.answering import Given
from demo.opinions_story import OPINIONS, DemoAnswer, DemoOpinion, When
from needs.models import Need
from observatory.portal.council_figures import publish_council_figures
from organisations.models import Organisation

ON_PAPER = "Relevé de conclusions sur papier, gardé par le secrétariat."
READ_ITEM = "Suite donnée à l’avis sur le dîner"


@transaction.atomic
def load() -> None:
    """Create what is missing; what was changed by hand since is left as it is."""
    for one in OPINIONS:
        council = Council.objects.get(slug=one.council)
        if not Opinion.objects.of(council).filter(title=one.title).exists():
            _load(council, one)
    _announce_answer()
    due.fall_due()
    publish_council_figures()


def _day(when: When) -> datetime.date:
    if isinstance(when, int):
        return timezone.localdate() - datetime.timedelta(days=when)
    return when


def _load(council: Council, one: DemoOpinion) -> None:
    opinion = life.propose_opinion(
        actor=None,
        council=council,
        title=one.title,
        text=one.text,
        easy_read=one.easy_read,
        theme=one.theme,
        needs=list(Need.objects.current().filter(code__in=one.needs)),
        proposed_on=_day(one.proposed),
        is_demo=True,
    )
    if one.rests_on and (found := find_sources(one.rests_on)):
        resting.rest_on(actor=None, opinion=opinion, source=(found[0].kind, found[0].key))
    _vote(opinion, one)
    if one.sent is not None:
        _send(opinion, one)
    if one.withdrawn:
        day, reason = one.withdrawn
        life.withdraw_opinion(actor=None, opinion=opinion, reason=reason, on=_day(day))


def _vote(opinion: Opinion, one: DemoOpinion) -> None:
    """The vote of a meeting, or one held on paper."""
    if one.unable_in:
        first = Meeting.objects.get(council=opinion.council, number=one.unable_in)
        record(None, "no_quorum", opinion, on=first.held_on, meeting=first)
    if one.meeting:
        decision = Decision.objects.get(
            item__meeting__council=opinion.council, item__meeting__number=one.meeting, item__title=one.item
        )
        AgendaItem.objects.filter(pk=decision.item_id).update(
            subject_kind="opinion", subject_key=str(opinion.pk)
        )
        life.follow_decision(actor=None, opinion=opinion, decision=decision)
    elif one.voted is not None:
        votes = Votes(*one.votes)
        life.record_vote(actor=None, opinion=opinion, on=_day(one.voted), votes=votes, note=ON_PAPER)


def _send(opinion: Opinion, one: DemoOpinion) -> None:
    to = Organisation.objects.get(slug=one.sent_to)
    life.send_opinion(actor=None, opinion=opinion, sent_to=to, on=_day(one.sent or 0), to_title=one.to_title)
    if one.received is not None:
        answering.acknowledge_opinion(actor=None, opinion=opinion, on=_day(one.received), role="body")
    for answer in one.answers:
        _answer(opinion, answer)
    if one.carried_out:
        day, text = one.carried_out
        after.carry_out_opinion(actor=None, opinion=opinion, text=text, on=_day(day))
    if one.evaluated:
        day, text = one.evaluated
        after.evaluate_opinion(actor=None, opinion=opinion, text=text, on=_day(day))


def _answer(opinion: Opinion, one: DemoAnswer) -> None:
    given = Given(
        kind=one.kind,
        text=one.text,
        by_title=one.by_title,
        on=_day(one.on),
        reasons=one.reasons,
        easy_read=one.easy_read,
        decide_by=None if one.decide_by is None else _day(one.decide_by),
    )
    made = answering.answer_opinion(actor=None, opinion=opinion, given=given, way=answering.Way.ACCOUNT)
    if one.read_on is not None:
        day = _day(one.read_on)
        meeting = Meeting.objects.of(opinion.council).held().filter(held_at__date=day).first()
        answering.mark_read_back(actor=None, answer=made, on=day, meeting=meeting)


def _announce_answer() -> None:
    """The item of the coming meeting that reads the answer about dinner back is about that answer."""
    opinion = Opinion.objects.get(council__slug="cvs-ehpad-agen", title="Dîner à 19 heures")
    answer = opinion.answers.last()
    item = AgendaItem.objects.filter(
        meeting__council=opinion.council, title=READ_ITEM, subject_kind=""
    ).first()
    if item is not None and answer is not None:
        AgendaItem.objects.filter(pk=item.pk).update(subject_kind=placing.ANSWER, subject_key=str(answer.pk))
