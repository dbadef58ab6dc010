"""Opinions pass up to a federation by an explicit permission, are joined there, and get their answer back.

Nothing is lost on the way: an opinion stays its council's, its vote stays its own, and every answer to a joint opinion
comes back to all it came from (`answering.flow_back`).
"""

import datetime
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.councils.models import Council, FederationMembership
from consultations.lineage.models import Relation
from consultations.lineage.services import link
from consultations.opinions.merging import would_loop
from consultations.opinions.models import Forwarding, ForwardPermission, Opinion
from consultations.opinions.permissions import can_merge
from consultations.opinions.selectors.passages import edges_around
from consultations.opinions.services.acting import check, check_day, lock, record, role_of
from consultations.opinions.services.answering import relay_answer
from consultations.opinions.services.life import propose_opinion

OPINION = "opinion"
MOST_JOINED = 60
State = Opinion.State
PASSABLE = frozenset({State.VOTED, *Opinion.WAITING})
OPEN = frozenset({*Opinion.BEFORE, *PASSABLE})  # a joint opinion that may still take councils in


@transaction.atomic
def allow_forwarding(
    *,
    actor: User | None,
    opinion: Opinion,
    federation: Council,
    note: str,
    decided_on: datetime.date | None = None,
) -> ForwardPermission:
    """The council lets this federation have this opinion; recorded once, with where it decided so."""
    opinion = lock(opinion)
    check("forward", actor=actor, opinion=opinion)
    _refuse_strangers(opinion, federation)
    if not note.strip():
        raise ValidationError(
            {"note": _("Say where the council decided it, for instance: minutes of 12 March.")}
        )
    known = opinion.forward_permissions.filter(federation=federation, withdrawn_on=None).first()
    if known is not None:
        return known
    day = check_day(
        decided_on or timezone.localdate(), field="decided_on", after=opinion.voted_on, after_words=_("vote of the council")
    )  # fmt: skip
    permission = ForwardPermission(
        opinion=opinion,
        federation=federation,
        decided_on=day,
        note=note.strip(),
        actor_role=role_of(actor, opinion),
        recorded_by=actor,
    )
    permission.full_clean(exclude=["opinion", "federation", "recorded_by"])
    permission.save(force_insert=True)
    record(actor, "allowed", opinion, on=day, text=federation.name, is_public=False)
    return permission


@transaction.atomic
def withdraw_permission(*, actor: User | None, permission: ForwardPermission) -> ForwardPermission:
    """The federation no longer has it. Refused once the opinion is in a joint one: it is withdrawn instead."""
    opinion = lock(permission.opinion)
    check("forward", actor=actor, opinion=opinion)
    permission = ForwardPermission.objects.select_for_update(of=("self",)).get(pk=permission.pk)
    if permission.withdrawn_on is not None:
        return permission
    joined = live_joint(opinion, permission.federation)
    if joined is not None:
        text = _("It is joined in “%(joint)s”: withdraw the opinion itself, and say why.")
        raise ValidationError(text % {"joint": joined.title})
    permission.withdrawn_on = max(timezone.localdate(), permission.decided_on)
    permission.save(update_fields=["withdrawn_on"])
    record(
        actor, "disallowed", opinion, on=permission.withdrawn_on, text=permission.federation.name, is_public=False
    )  # fmt: skip
    return permission


@transaction.atomic
def forward_opinion(*, actor: User | None, opinion: Opinion, federation: Council) -> Forwarding:
    """Pass it up; again changes nothing. Refused without the council's permission for this federation."""
    opinion = lock(opinion)
    check("forward", actor=actor, opinion=opinion)
    _refuse_strangers(opinion, federation)
    if not opinion.forward_permissions.filter(federation=federation, withdrawn_on=None).exists():
        text = _(
            "The council has not allowed “%(federation)s” to have this opinion: record its decision first."
        )
        raise ValidationError(text % {"federation": federation})
    made, is_new = Forwarding.objects.get_or_create(
        opinion=opinion,
        federation=federation,
        defaults={"forwarded_on": timezone.localdate(), "recorded_by": actor},
    )
    if is_new:
        record(actor, "forwarded", opinion, on=made.forwarded_on, text=federation.name)
    return made


def _refuse_strangers(opinion: Opinion, federation: Council) -> None:
    """Up only: to a living federation its council belongs to today, never to itself."""
    today = timezone.localdate()
    links = FederationMembership.objects.in_force(today)
    is_member = links.filter(federation=federation, member=opinion.council_id).exists()
    if not (is_member and federation.is_federation and federation.is_alive_on(today)):
        text = _(
            "“%(council)s” does not belong to “%(federation)s”: an opinion only goes up to its federations."
        )
        raise ValidationError(text % {"council": opinion.council, "federation": federation})


def live_joint(opinion: Opinion, federation: Council) -> Opinion | None:
    """The joint opinion it is in there, unless that one was withdrawn."""
    found = Forwarding.objects.filter(opinion=opinion, federation=federation).select_related("joint").first()
    joint = found.joint if found else None
    return None if joint is None or joint.state == State.WITHDRAWN else joint


@transaction.atomic
def merge_opinions(
    *,
    actor: User | None,
    federation: Council,
    opinions: Sequence[Opinion],
    title: str = "",
    text: str = "",
    theme: str = "",
    into: Opinion | None = None,
) -> Opinion:
    """Join opinions received from councils into one of the federation, new or `into` one still without an answer.

    Refused, each named: what was not passed up or no longer allowed, what is answered, withdrawn, or joined elsewhere,
    and what would make a loop. Joining again what is already there changes nothing.
    """
    federation = Council.objects.select_for_update(of=("self",)).get(pk=federation.pk)
    if actor is not None and not can_merge(actor, federation):
        raise PermissionDenied(_("Only those who keep this federation join its opinions."))
    joint = lock(into) if into is not None else None
    listed = [lock(one) for one in sorted(set(opinions), key=lambda one: str(one.pk))]
    fresh = [one for one in listed if joint is None or live_joint(one, federation) != joint]
    if joint is not None and not fresh:
        return joint
    _refuse_unjoinable(federation, listed, fresh, joint)
    if joint is None:
        joint = _new_joint(actor, federation, fresh, title=title, text=text, theme=theme)
    for one in fresh:
        _join(actor, federation, one, joint)
    joint.needs.add(*{need for one in fresh for need in one.needs.all()})
    if joint.is_public and not all(one.is_public for one in fresh):
        joint.is_public = False
        joint.save(update_fields=["is_public"])
    return joint


def _refuse_unjoinable(
    federation: Council, listed: Sequence[Opinion], fresh: Sequence[Opinion], joint: Opinion | None
) -> None:
    """Every reason at once, each naming its opinion."""
    if not listed:
        raise ValidationError(_("Choose at least one opinion."))
    if len(listed) > MOST_JOINED:
        raise ValidationError(_("At most %(most)d opinions are joined at once.") % {"most": MOST_JOINED})
    wrong = []
    if joint is not None and (
        joint.council_id != federation.pk or joint.state not in OPEN or joint.answered_on
    ):
        text = _("“%(title)s” takes no more councils: it is answered, withdrawn, or not of this federation.")
        wrong.append(text % {"title": joint.title})
    edges = edges_around([one.pk for one in listed] + ([joint.pk] if joint else []))
    for one in fresh:
        reason = _problem(federation, one)
        if not reason and joint is not None and would_loop(edges, one.pk, joint.pk):
            reason = _("it already carries the opinion it would be joined to")
        if reason:
            named = {"title": one.title, "council": one.council, "reason": reason}
            wrong.append(_("“%(title)s” (%(council)s): %(reason)s.") % named)
    if wrong:
        raise ValidationError(wrong)


def _problem(federation: Council, opinion: Opinion) -> str:
    """Why an opinion cannot be joined now; empty when it can."""
    if opinion.answered_on is not None or opinion.state in Opinion.ENDED:
        return _("it is already answered")
    if opinion.state not in PASSABLE:
        return _("it is withdrawn or not voted")
    received = Forwarding.objects.filter(opinion=opinion, federation=federation).exists()
    allowed = opinion.forward_permissions.filter(federation=federation, withdrawn_on=None).exists()
    if not (received and allowed):
        return _("its council has not passed it up to this federation")
    elsewhere = live_joint(opinion, federation)
    if elsewhere is not None:
        return _("it is already joined in “%(joint)s”") % {"joint": elsewhere.title}
    return ""


def _new_joint(
    actor: User | None, federation: Council, opinions: Sequence[Opinion], *, title: str, text: str, theme: str
) -> Opinion:
    """An opinion of the federation, to be debated and voted by it; each council's own vote stays beside it."""
    first = opinions[0]
    joint = propose_opinion(
        actor=None,
        council=federation,
        title=title.strip() or first.title,
        text=text.strip() or first.text,
        theme=theme or first.theme,
        is_public=all(one.is_public for one in opinions),
        is_demo=federation.is_demo,
    )
    record(actor, "merged", joint, on=joint.proposed_on)
    return joint


def _join(actor: User | None, federation: Council, opinion: Opinion, joint: Opinion) -> None:
    """Write the edge, say it on both sides, and bring down what was already answered to the joint opinion."""
    today = timezone.localdate()
    Forwarding.objects.filter(opinion=opinion, federation=federation).update(joint=joint, joined_on=today)
    link(
        actor=actor,
        source=(OPINION, str(opinion.pk)),
        relation=Relation.MERGED_INTO,
        target=(OPINION, str(joint.pk)),
        on=today,
    )
    record(actor, "joined", opinion, on=today, text=federation.name)
    for answer in joint.answers.order_by("number"):
        relay_answer(actor=None, opinion=opinion, answer=answer)
