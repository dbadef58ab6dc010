"""An opinion before it is sent: proposed, debated, voted; then sent, or withdrawn with a reason."""

import datetime
from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.councils.models import Council
from consultations.councils.permissions import mandate_of
from consultations.councils.selectors import bylaw
from consultations.meetings.majority import Base, Result, Votes, decide
from consultations.meetings.models import Decision, Meeting
from consultations.opinions.models import Opinion
from consultations.opinions.permissions import can_propose
from consultations.opinions.services.acting import check, check_day, lock, move, record
from needs.models import Need
from organisations.models import Organisation

State = Opinion.State
MOST_PROPOSED = 200
FROZEN_BY_VOTE = ("title", "text")


class OpinionFields(TypedDict, total=False):
    """What is written of an opinion."""

    title: str
    text: str
    easy_read: str
    theme: str
    is_public: bool


@transaction.atomic
def propose_opinion(
    *,
    actor: User | None,
    council: Council,
    needs: Sequence[Need] = (),
    proposed_on: datetime.date | None = None,
    is_demo: bool = False,
    **fields: Unpack[OpinionFields],
) -> Opinion:
    """A member asks the council to say something; it waits for an agenda."""
    if actor is not None and not can_propose(actor, council):
        raise PermissionDenied(_("Only members in office today propose an opinion to their council."))
    if Opinion.objects.of(council).filter(state=State.PROPOSED).count() >= MOST_PROPOSED:
        raise ValidationError(_("Too many opinions wait to be debated: they have to be sorted first."))
    day = check_day(proposed_on or timezone.localdate(), field="proposed_on", after=council.created_on,
                    after_words=_("creation of the council"))  # fmt: skip
    opinion = Opinion(council=council, proposed_on=day, created_by=actor, is_demo=is_demo, **fields)
    opinion.proposed_by = mandate_of(actor, council) if actor is not None else None
    opinion.full_clean(exclude=["council", "proposed_by", "created_by"])
    opinion.save(force_insert=True)
    opinion.needs.set(needs)
    record(actor, "proposed", opinion, on=day, is_public=False)
    return opinion


@transaction.atomic
def update_opinion(
    *,
    actor: User | None,
    opinion: Opinion,
    needs: Sequence[Need] | None = None,
    **fields: Unpack[OpinionFields],
) -> Opinion:
    """Change its words; what was voted (title, text) does not change any more."""
    opinion = lock(opinion)
    check("edit", actor=actor, opinion=opinion)
    values: dict[str, Any] = dict(fields)
    changed = {name for name, value in values.items() if getattr(opinion, name) != value}
    if opinion.voted_on is not None and changed & set(FROZEN_BY_VOTE):
        raise ValidationError(
            {name: _("The council voted on these words: they do not change any more.")
             for name in sorted(changed & set(FROZEN_BY_VOTE))}
        )  # fmt: skip
    for name in changed:
        setattr(opinion, name, values[name])
    opinion.full_clean(exclude=["council", "proposed_by", "created_by"])
    opinion.save(update_fields=sorted(changed))
    if needs is not None:
        opinion.needs.set(needs)
    record(actor, "changed", opinion, on=timezone.localdate(), is_public=False)
    return opinion


@transaction.atomic
def record_debate(
    *,
    actor: User | None,
    opinion: Opinion,
    on: datetime.date,
    meeting: Meeting | None = None,
    entitled: bool = False,
) -> Opinion:
    """The council debated it. `entitled`: the meeting, which has its own rights, says that an item was treated."""
    opinion = lock(opinion)
    move("debate", actor=None if entitled else actor, opinion=opinion)
    _same_council(opinion, meeting)
    opinion.debated_on = check_day(on, field="on", after=opinion.proposed_on, after_words=_("proposed"))
    opinion.debated_in = meeting
    opinion.save(update_fields=["state", "debated_on", "debated_in"])
    record(actor, "debated", opinion, on=on, meeting=meeting)
    return opinion


@transaction.atomic
def record_vote(
    *,
    actor: User | None,
    opinion: Opinion,
    on: datetime.date,
    votes: Votes,
    note: str,
    meeting: Meeting | None = None,
) -> Opinion:
    """A vote held outside the platform, and where its record is (`note`), decided as votes of meetings are.
    A tie decides nothing and is refused."""
    opinion = lock(opinion)
    if not note.strip():
        raise ValidationError(
            {"note": _("Say where this vote is recorded, for instance: minutes of 12 March.")}
        )
    if not votes.total:
        raise ValidationError(_("Write how many voted for, against, and abstained."))
    base = Base(bylaw(opinion.council, "majority_rule", on=on).value)
    result = decide(votes, present=votes.total, base=base)
    if result == Result.TIED:
        raise ValidationError(_("As many votes for as against: nothing is decided, and nothing to record."))
    verb = "vote" if result == Result.ADOPTED else "reject"
    move(verb, actor=actor, opinion=opinion)
    _same_council(opinion, meeting)
    kept = {"counts": {"": votes.as_json()}, "note": note.strip()[:300]}
    return _keep_vote(actor, opinion, kept, on=on, meeting=meeting)


@transaction.atomic
def follow_decision(*, actor: User | None, opinion: Opinion, decision: Decision) -> Opinion:
    """What a vote of a meeting decided. A tie leaves it debated; without quorum it stays and is carried."""
    opinion, meeting = lock(opinion), decision.item.meeting
    on = meeting.held_on
    if opinion.state not in Opinion.BEFORE or decision.state != Decision.State.CLOSED:
        return opinion
    if decision.result == Decision.Result.NO_QUORUM:
        record(actor, "no_quorum", opinion, on=on, meeting=meeting)
    elif decision.result == Decision.Result.TIED:
        record(actor, "tied", opinion, on=on, meeting=meeting)
        if opinion.state == State.PROPOSED:
            record_debate(actor=actor, opinion=opinion, on=on, meeting=meeting, entitled=True)
    else:
        verb = "vote" if decision.result == Decision.Result.ADOPTED else "reject"
        move(verb, actor=None, opinion=opinion)
        opinion.decision = decision
        kept = {"counts": dict(decision.counts), "quorum": decision.quorum, "is_secret": decision.is_secret}
        return _keep_vote(actor, opinion, kept, on=on, meeting=meeting)
    opinion.refresh_from_db()
    return opinion


def _keep_vote(
    actor: User | None, opinion: Opinion, kept: dict[str, Any], *, on: datetime.date, meeting: Meeting | None
) -> Opinion:
    before = opinion.debated_on or opinion.proposed_on
    check_day(on, field="on", after=before, after_words=_("debated") if opinion.debated_on else _("proposed"))
    opinion.vote = kept
    if opinion.state == State.VOTED:
        opinion.voted_on, opinion.number = on, _next_number(opinion.council)
    else:
        opinion.ended_on = on
    if opinion.debated_on is None:
        opinion.debated_on, opinion.debated_in = on, meeting
    opinion.save()
    record(actor, "voted" if opinion.voted_on else "not_adopted", opinion, on=on, meeting=meeting)
    return opinion


def _next_number(council: Council) -> int:
    Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    found: int | None = Opinion.objects.of(council).aggregate(last=Max("number"))["last"]
    return (found or 0) + 1


def _same_council(opinion: Opinion, meeting: Meeting | None) -> None:
    if meeting is not None and meeting.council_id != opinion.council_id:
        raise ValidationError({"meeting": _("This meeting is not one of this council.")})


@transaction.atomic
def send_opinion(
    *,
    actor: User | None,
    opinion: Opinion,
    sent_to: Organisation | None,
    on: datetime.date,
    to_title: str = "",
    to_email: str = "",
) -> Opinion:
    """Sent to the body that must answer; the day it is due comes from the council's own rules on that day."""
    opinion = lock(opinion)
    if sent_to is None:
        raise ValidationError({"sent_to": _("Say which body has to answer.")})
    move("send", actor=actor, opinion=opinion, given={"sent_to": sent_to})
    check_day(on, field="on", after=opinion.voted_on, after_words=_("vote of the council"))
    days = int(bylaw(opinion.council, "follow_up_due_days", on=on).value)
    opinion.sent_to, opinion.sent_on = sent_to, on
    opinion.sent_to_title, opinion.sent_to_email = to_title.strip(), to_email.strip()
    opinion.due_on = opinion.first_due_on = on + datetime.timedelta(days=days)
    opinion.full_clean(exclude=["council", "proposed_by", "created_by", "sent_to"])
    opinion.save()
    record(actor, "sent", opinion, on=on)
    return opinion


@transaction.atomic
def withdraw_opinion(
    *, actor: User | None, opinion: Opinion, reason: str, on: datetime.date | None = None
) -> Opinion:
    """Taken back, and why; it stays readable where it was."""
    opinion = lock(opinion)
    if not reason.strip():
        raise ValidationError({"reason": _("Write why it is withdrawn: the council will read it.")})
    move("withdraw", actor=actor, opinion=opinion, given={"reason": reason})
    last = opinion.sent_on or opinion.voted_on or opinion.debated_on or opinion.proposed_on
    opinion.ended_on = check_day(
        on or timezone.localdate(), field="on", after=last, after_words=_("last step")
    )
    opinion.save(update_fields=["state", "ended_on"])
    record(actor, "withdrawn", opinion, on=opinion.ended_on, text=reason.strip()[:1000])
    return opinion


def refuse_deletion(opinion: Opinion) -> str:
    """Why an opinion is never deleted, and what to do instead."""
    return _(
        "An opinion has legal life: it is not deleted. Withdraw it, and say why; the thread keeps what happened."
    )
