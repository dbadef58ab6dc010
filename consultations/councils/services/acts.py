"""Founding acts and vacancy records: what the managing body and the director sign."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor
from consultations.councils.models import (
    Constituency,
    Council,
    FoundingAct,
    SeatAllocation,
    VacancyRecord,
)
from consultations.councils.permissions import can_record_founding_act, can_record_vacancy
from consultations.councils.rules.seating import SeatCount, check_majority
from core.services import record_audit

MOST_SEATS = 200


@transaction.atomic
def record_founding_act(
    *,
    actor: Visitor,
    council: Council,
    signed_on: datetime.date,
    signed_by_title: str,
    seats: Mapping[str, SeatCount],
    valid_from: datetime.date | None = None,
    sent_to_authority_on: datetime.date | None = None,
    document: File[Any] | None = None,
) -> FoundingAct:
    """Set the seats of each constituency from a day on; an earlier act keeps its own period.

    Refused when the majority of users and families is not there (CASF councils), no vacancy recorded.
    """
    if actor is not None and not can_record_founding_act(actor, council):
        raise PermissionDenied
    asked = {code: count for code, count in seats.items() if count.full or count.substitute}
    _check_act(council, asked, valid_from or signed_on)
    act = FoundingAct(
        council=council,
        signed_on=signed_on,
        signed_by_title=signed_by_title,
        valid_from=valid_from or signed_on,
        sent_to_authority_on=sent_to_authority_on,
        recorded_by=actor if isinstance(actor, User) else None,
    )
    if document:
        act.document = document
    act.full_clean()
    act.save()
    _allocate(act, asked)
    record_audit(
        actor=actor, verb="founding_act_recorded", target=council, changes={"from": str(act.valid_from)}
    )
    return act


def _allocate(act: FoundingAct, seats: Mapping[str, SeatCount]) -> None:
    SeatAllocation.objects.bulk_create(
        SeatAllocation(
            founding_act=act, constituency=code, full_seats=count.full, substitute_seats=count.substitute
        )
        for code, count in seats.items()
    )


def _check_act(council: Council, seats: Mapping[str, SeatCount], valid_from: datetime.date) -> None:
    unknown = set(seats) - set(Constituency.values)
    if unknown:
        raise ValidationError(_("Unknown constituency: %(code)s.") % {"code": ", ".join(sorted(unknown))})
    total = sum(count.full for count in seats.values())
    if not total:
        raise ValidationError(_("An act gives at least one seat."))
    if total > MOST_SEATS:
        raise ValidationError(_("An act gives %(most)s seats at most.") % {"most": MOST_SEATS})
    if valid_from < council.created_on:
        text = _("The act applies before the council is created (%(day)s).")
        raise ValidationError({"valid_from": text % {"day": date_format(council.created_on, "j F Y")}})
    vacant = set(council.vacancies.filter(lifted_on=None).values_list("constituency", flat=True))
    majority = check_majority(seats, vacant)
    if council.follows_casf and not majority.is_met:
        text = _(
            "Supported persons and families hold %(users)s seats of %(total)s: the law asks for more than half. "
            "Add %(missing)s seats on their side, or take some from the others."
        )
        counts = {"users": majority.users, "total": majority.total, "missing": majority.missing}
        raise ValidationError(text % counts)


@transaction.atomic
def record_sending(*, actor: Visitor, act: FoundingAct, sent_on: datetime.date) -> FoundingAct:
    """The act was sent to the authority that authorised the place."""
    if not can_record_founding_act(actor, act.council):
        raise PermissionDenied
    if sent_on < act.signed_on or sent_on > timezone.localdate():
        raise ValidationError(_("Give a day between the signature and today."))
    act.sent_to_authority_on = sent_on
    act.save(update_fields=["sent_to_authority_on"])
    record_audit(actor=actor, verb="founding_act_sent", target=act.council)
    return act


@transaction.atomic
def record_vacancy(
    *,
    actor: Visitor,
    council: Council,
    constituency: str,
    recorded_on: datetime.date,
    reason: str,
    signed_by_title: str,
) -> VacancyRecord:
    """Nobody could be found: from that day, majority and quorum are counted without the constituency.

    Refused while someone still sits for it.
    """
    if actor is not None and not can_record_vacancy(actor, council):
        raise PermissionDenied
    if recorded_on > timezone.localdate():
        raise ValidationError(
            {"recorded_on": _("A vacancy is recorded once it is there: today at the latest.")}
        )
    seated = council.mandates.in_force(recorded_on).filter(constituency=constituency)
    if seated.full().exists():
        raise ValidationError(
            _("Someone sits for “%(constituency)s”: there is no vacancy to record. End their mandate first.")
            % {"constituency": Constituency(constituency).label}
        )
    record = VacancyRecord(
        council=council,
        constituency=constituency,
        recorded_on=recorded_on,
        reason=reason,
        signed_by_title=signed_by_title,
        recorded_by=actor if isinstance(actor, User) else None,
    )
    record.full_clean()
    record.save()
    record_audit(actor=actor, verb="vacancy_recorded", target=council, changes={"constituency": constituency})
    return record


@transaction.atomic
def lift_vacancy(*, actor: Visitor, record: VacancyRecord, lifted_on: datetime.date) -> VacancyRecord:
    """Someone was found: the constituency counts again from that day."""
    if not can_record_vacancy(actor, record.council):
        raise PermissionDenied
    record.lifted_on = lifted_on
    record.full_clean()
    record.save(update_fields=["lifted_on"])
    record_audit(actor=actor, verb="vacancy_lifted", target=record.council)
    return record
