"""Mandates are opened, ended early, and taken over by substitutes; the rules are checked in `seating`."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor
from accounts.services import find_or_open_account
from consultations.councils.models import Council, EndReason, Mandate
from consultations.councils.permissions import can_manage_mandates
from consultations.councils.rules.seating import last_day_of_term
from consultations.councils.selectors import bylaw
from consultations.councils.services.letters import write_to_member
from consultations.councils.services.seating import check_mandate
from core.services import record_audit

ONE_DAY = datetime.timedelta(days=1)


@transaction.atomic
def open_mandate(
    *,
    actor: Visitor,
    council: Council,
    constituency: str,
    person_name: str,
    starts_on: datetime.date,
    rank: str = Mandate.Rank.FULL,
    ends_on: datetime.date | None = None,
    entitled: bool = False,
    **details: Any,
) -> Mandate:
    """Give a seat to a person until the end of the term of the bylaws, or `ends_on`.

    Refused: no seat left in the constituency, a seat already held by the same person on some of those days,
    a first day in the past without `late_reason`, too young, a minor whose guardian has not agreed.
    `details` are the other fields of `Mandate`; `entitled` is for a service that has checked its own right
    (the result of an election).
    """
    if actor is not None and not entitled and not can_manage_mandates(actor, council):
        raise PermissionDenied
    Council.objects.select_for_update(of=("self",)).get(pk=council.pk)  # two seats are not given at once
    if ends_on is None:
        ends_on = last_day_of_term(starts_on, bylaw(council, "term_months", starts_on).value)
    mandate = Mandate(
        council=council,
        constituency=constituency,
        person_name=" ".join(person_name.split()),
        rank=rank,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_by=actor if isinstance(actor, User) else None,
        **details,
    )
    mandate.full_clean()
    check_mandate(mandate)
    mandate.save()
    _audit(actor, "mandate_opened", mandate, starts_on=str(starts_on), ends_on=str(ends_on))
    return mandate


@transaction.atomic
def end_mandate(
    *,
    actor: Visitor,
    mandate: Mandate,
    ended_on: datetime.date,
    reason: str,
    entitled: bool = False,
) -> Mandate:
    """End a mandate before its term; `ended_on` is its last day. Its offices end with it."""
    if actor is not None and not entitled and not can_manage_mandates(actor, mandate.council):
        raise PermissionDenied
    if mandate.ended_on is not None:
        text = _("This mandate already ended on %(day)s.")
        raise ValidationError(text % {"day": date_format(mandate.ended_on, "j F Y")})
    mandate.ended_on, mandate.end_reason = ended_on, reason
    mandate.full_clean()
    mandate.save(update_fields=["ended_on", "end_reason"])
    mandate.offices.filter(ended_on=None, starts_on__lte=ended_on).update(ended_on=ended_on)
    _audit(actor, "mandate_ended", mandate, on=str(ended_on), reason=reason)
    return mandate


@dataclass(frozen=True)
class Promotion:
    """What taking over gave: the new full mandate, and the substitute's seat to fill for the remaining term."""

    mandate: Mandate
    seat_to_fill: str


@transaction.atomic
def promote_substitute(
    *, actor: Visitor, substitute: Mandate, replaces: Mandate, starts_on: datetime.date
) -> Promotion:
    """The substitute becomes full member for the remaining term of the mandate that ended (CASF D311-8).

    Their seat as a substitute is then free, to be filled for the same term.
    """
    council = substitute.council
    if actor is not None and not can_manage_mandates(actor, council):
        raise PermissionDenied
    _check_promotion(substitute, replaces, starts_on)
    end_mandate(
        actor=actor,
        mandate=substitute,
        ended_on=starts_on - ONE_DAY,
        reason=EndReason.PROMOTED,
        entitled=True,
    )
    mandate = open_mandate(
        actor=actor,
        council=council,
        constituency=replaces.constituency,
        person_name=substitute.person_name,
        starts_on=starts_on,
        ends_on=replaces.ends_on,
        entitled=True,
        user=substitute.user,
        born_on=substitute.born_on,
        seniority_from=substitute.seniority_from,
        designation=substitute.designation,
        guardian_name=substitute.guardian_name,
        guardian_consented_on=substitute.guardian_consented_on,
        delegated_by=substitute.delegated_by,
        replaces=replaces,
        late_reason=_("takes over from a member") if starts_on < timezone.localdate() else "",
    )
    return Promotion(mandate, substitute.constituency)


def _check_promotion(substitute: Mandate, replaces: Mandate, starts_on: datetime.date) -> None:
    if substitute.rank != Mandate.Rank.SUBSTITUTE or not substitute.is_held_on(starts_on):
        raise ValidationError(_("Only a substitute in office that day can take over."))
    if (substitute.council_id, substitute.constituency) != (replaces.council_id, replaces.constituency):
        raise ValidationError(_("A substitute takes over a seat of the same council and constituency."))
    if replaces.rank != Mandate.Rank.FULL or replaces.ended_on is None or replaces.ended_on >= starts_on:
        raise ValidationError(
            _("End the mandate of the member who leaves first: it must end before that day.")
        )
    if replaces.replaced_by.exists():
        raise ValidationError(_("Someone has already taken over this seat."))
    if substitute.starts_on >= starts_on:
        raise ValidationError(_("A substitute takes over after the first day of their own mandate."))


@transaction.atomic
def invite_member(*, actor: Visitor, mandate: Mandate, email: str) -> Mandate:
    """Tie the mandate to an account, made if there is none, and write to the person how to sign in.

    The letter carries no secret: they sign in with a code sent to that same address.
    """
    if not can_manage_mandates(actor, mandate.council):
        raise PermissionDenied
    if mandate.last_day < timezone.localdate():
        raise ValidationError(_("This mandate is over: nobody is invited for it any more."))
    user = find_or_open_account(actor=actor, email=email, display_name=mandate.person_name[:80])
    held = mandate.council.mandates.between(mandate.starts_on, mandate.last_day).filter(user=user)
    if held.exclude(pk=mandate.pk).exists():
        raise ValidationError({"email": _("This address already holds another seat of this council.")})
    mandate.user = user
    mandate.save(update_fields=["user"])
    _audit(actor, "mandate_invited", mandate)
    transaction.on_commit(lambda: write_to_member(mandate))
    return mandate


def _audit(actor: Visitor, verb: str, mandate: Mandate, **changes: str) -> None:
    """Never the person's name in the log: their constituency and rank."""
    kind = {"constituency": mandate.constituency, "rank": mandate.rank, "mandate": str(mandate.pk)}
    record_audit(actor=actor, verb=verb, target=mandate.council, changes={**kind, **changes})
