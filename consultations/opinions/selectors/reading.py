"""One opinion, as its page tells it: what is asked, the vote, the thread of dates, the answers, what it rests on."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from consultations.lineage.models import Link, Relation
from consultations.lineage.registries import Item
from consultations.lineage.selectors import resolve
from consultations.opinions.models import Opinion, OpinionAnswer, OpinionEvent
from consultations.opinions.wording import (
    day_words,
    due_words,
    event_words,
    role_words,
    state_words,
    tone_of,
    validity_words,
    vote_words,
    votes_by_constituency,
)
from needs.models import Need

OPINION = "opinion"
State = Opinion.State
SAY_WHO = ("acknowledged", "studied")


@dataclass(frozen=True)
class Step:
    """One knot of the thread, as `components/thread.html` draws it."""

    label: str
    status: str  # done, under_way, late, to_come
    date: str = ""
    figure: str = ""
    note: str = ""


@dataclass(frozen=True)
class EventLine:
    """One thing that happened: on which day, what, as what, in whose words."""

    on: datetime.date
    words: str
    by: str
    text: str
    is_public: bool


@dataclass(frozen=True)
class OpinionPage:
    """Everything a page shows. `rests_on` and `led_to` hold only what has a public page unless `inside`."""

    opinion: Opinion
    state: str
    tone: str
    due: str
    vote: str
    votes: list[tuple[str, str]]
    validity: str
    thread: list[Step]
    events: list[EventLine]
    answers: list[OpinionAnswer]
    needs: list[Need]
    rests_on: list[Item]
    led_to: list[Item]


def opinion_page(opinion: Opinion, *, inside: bool = False) -> OpinionPage:
    """`inside`: for those who work on it, with what is not told to anyone."""
    events = opinion.events.all() if inside else opinion.events.filter(is_public=True)
    rests_on, led_to = _links(opinion, inside=inside)
    return OpinionPage(
        opinion=opinion,
        state=state_words(opinion),
        tone=tone_of(opinion),
        due=due_words(opinion),
        vote=vote_words(opinion),
        votes=votes_by_constituency(opinion),
        validity=validity_words(opinion),
        thread=thread_of(opinion),
        events=[
            EventLine(one.on, event_words(one.verb), _by(one), one.text, one.is_public) for one in events
        ],
        answers=list(opinion.answers.select_related("read_back_in", "relayed_from__opinion__council")),
        needs=list(opinion.needs.all()),
        rests_on=rests_on,
        led_to=led_to,
    )


def _by(event: OpinionEvent) -> str:
    """As what someone acted, unless the words of the step say it."""
    return "" if event.verb in SAY_WHO and event.actor_role == "body" else role_words(event.actor_role)


def _links(opinion: Opinion, *, inside: bool) -> tuple[list[Item], list[Item]]:
    """What leads to it, and what measured it; federation links have their own part of the page."""
    key = str(opinion.pk)
    to_it = Link.objects.filter(target_kind=OPINION, target_id=key, relation=Relation.SUPPORTS)
    from_it = Link.objects.filter(source_kind=OPINION, source_id=key, relation=Relation.EVALUATED_BY)
    sources = [(one.source_kind, one.source_id) for one in to_it]
    targets = [(one.target_kind, one.target_id) for one in from_it]
    found = resolve([*sources, *targets])
    shown = {node: item for node, item in found.items() if item.is_public or inside}
    return ([shown[one] for one in sources if one in shown], [shown[one] for one in targets if one in shown])


def thread_of(opinion: Opinion) -> list[Step]:
    """From the proposal to what it changed; an opinion that ended before says so at the place it stopped."""
    steps = [
        _step("proposed", opinion.proposed_on),
        _step("debated", opinion.debated_on),
        _step("voted", opinion.voted_on),
        _step("sent", opinion.sent_on),
        _step("acknowledged", opinion.acknowledged_on),
        _answer_step(opinion),
        _step("carried_out", opinion.carried_out_on),
        _step("evaluated", opinion.evaluated_on),
    ]
    if opinion.state in {State.NOT_ADOPTED, State.WITHDRAWN}:
        done = [one for one in steps if one.status == "done"]
        last = "withdrawn" if opinion.state == State.WITHDRAWN else "not_adopted"
        return [*done, _step(last, opinion.ended_on)]
    if opinion.answer_kind == "refused" and opinion.state == State.ANSWERED:
        steps = steps[:-2]
    if opinion.answered_on is not None:  # a step that was skipped is not to come
        steps = [one for one in steps[:5] if one.status == "done"] + steps[5:]
    return steps


def _step(verb: str, day: datetime.date | None) -> Step:
    if day is None:
        return Step(event_words(verb), "to_come")
    return Step(event_words(verb), "done", day_words(day))


def _answer_step(opinion: Opinion) -> Step:
    if opinion.answered_on is not None:
        note = str(opinion.get_answer_kind_display())
        return Step(event_words("answered"), "done", day_words(opinion.answered_on), note=note)
    if opinion.due_on is None:
        return Step(event_words("answered"), "to_come")
    status = "late" if opinion.is_overdue else "under_way"
    return Step(str(_("Answer awaited")), status, day_words(opinion.due_on))
