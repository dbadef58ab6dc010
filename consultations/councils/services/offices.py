"""Who presides, who seconds, who writes: offices inside a council, from a day on."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor
from consultations.councils.models import Constituency, Council, Mandate, Office, OfficeTerm
from consultations.councils.permissions import can_manage_mandates
from consultations.councils.selectors import bylaw
from core.services import record_audit

ONE_DAY = datetime.timedelta(days=1)
ELIGIBLE = {
    "supported_persons": frozenset({Constituency.SUPPORTED_PERSONS}),
    "users_side": frozenset(
        {Constituency.SUPPORTED_PERSONS, Constituency.FAMILIES, Constituency.LEGAL_REPRESENTATIVES}
    ),
}


@transaction.atomic
def designate_office(
    *, actor: Visitor, mandate: Mandate, office: str, starts_on: datetime.date, entitled: bool = False
) -> OfficeTerm:
    """Charge a full member with an office; whoever held it stops the day before.

    The president comes from where the bylaws say (`president_from`). Called again for the same member,
    it changes nothing. `entitled` is for a service that has checked its own right (the result of an election).
    """
    council = mandate.council
    if actor is not None and not entitled and not can_manage_mandates(actor, council):
        raise PermissionDenied
    _check_office(mandate, office, starts_on)
    Council.objects.select_for_update(of=("self",)).get(pk=council.pk)  # one president at a time
    held = OfficeTerm.objects.in_force(starts_on).filter(mandate__council=council, office=office)
    for term in held.select_related("mandate"):
        if term.mandate_id == mandate.pk:
            return term
        term.ended_on = max(term.starts_on, starts_on - ONE_DAY)
        term.save(update_fields=["ended_on"])
    term = OfficeTerm(
        mandate=mandate,
        office=office,
        starts_on=starts_on,
        recorded_by=actor if isinstance(actor, User) else None,
    )
    term.full_clean()
    term.save()
    changes = {"office": office, "mandate": str(mandate.pk), "from": str(starts_on)}
    record_audit(actor=actor, verb="office_given", target=council, changes=changes)
    return term


def _check_office(mandate: Mandate, office: str, starts_on: datetime.date) -> None:
    if office not in Office.values:
        raise ValidationError(_("Choose one of the answers offered."))
    if not mandate.is_held_on(starts_on):
        raise ValidationError(_("This person holds no mandate on that day."))
    if mandate.rank != Mandate.Rank.FULL and office != Office.SECRETARY:
        raise ValidationError(_("A substitute does not preside: they take over as a full member first."))
    rule = bylaw(mandate.council, "president_from", starts_on)
    allowed = ELIGIBLE.get(rule.value)
    if office == Office.PRESIDENT and allowed and mandate.constituency not in allowed:
        text = _(
            "Who presides, by the bylaws: %(rule)s. Change the bylaws first if the council decided otherwise."
        )
        raise ValidationError(text % {"rule": rule.words})


@transaction.atomic
def end_office(
    *, actor: Visitor, term: OfficeTerm, ended_on: datetime.date, entitled: bool = False
) -> OfficeTerm:
    """The office ends and the mandate goes on."""
    if actor is not None and not entitled and not can_manage_mandates(actor, term.mandate.council):
        raise PermissionDenied
    if term.ended_on is not None:
        raise ValidationError(_("This office has already ended."))
    term.ended_on = ended_on
    term.full_clean()
    term.save(update_fields=["ended_on"])
    changes = {"office": term.office, "mandate": str(term.mandate_id), "on": str(ended_on)}
    record_audit(actor=actor, verb="office_ended", target=term.mandate.council, changes=changes)
    return term
