"""What becomes of a count: mandates opened, a protest recorded, an election called off."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from consultations.councils import services as councils
from consultations.councils.models import EndReason, Mandate
from consultations.elections.models import Candidate, Election
from consultations.elections.services.acting import begin
from core.services import record_audit


@transaction.atomic
def make_official(
    *, actor: Visitor, election: Election, term_starts_on: datetime.date | None = None
) -> Election:
    """Give the seats or the office to those elected, all or none, through the council's own rules.

    Their first day may be put off, so that those who leave finish their term; never brought forward.
    """
    election = begin(actor=actor, election=election, step="make_official")
    if term_starts_on and term_starts_on < election.term_starts_on:
        text = _("The mandates were announced for %(day)s: choose that day or a later one.")
        said = {"day": date_format(election.term_starts_on, "j F Y")}
        raise ValidationError({"term_starts_on": text % said})
    election.term_starts_on = term_starts_on or election.term_starts_on
    if election.result.get("to_draw"):
        raise ValidationError(_("Some are equal and nothing tells them apart: draw lots first."))
    people = {str(one.number): one for one in election.candidates.select_related("mandate", "user")}
    for rank, keys in (
        (Mandate.Rank.FULL, election.result["elected"]),
        (Mandate.Rank.SUBSTITUTE, election.result["substitutes"]),
    ):
        for key in keys:
            _seat(actor, election, people[key], rank)
    election.save(update_fields=["state", "term_starts_on"])
    record_audit(actor=actor, verb="election_official", target=election)
    return election


def _seat(actor: Visitor, election: Election, one: Candidate, rank: str) -> None:
    if election.office:
        if one.mandate is None:
            raise ValidationError(_("This candidate holds no seat in the council any more."))
        councils.designate_office(
            actor=actor,
            mandate=one.mandate,
            office=election.office,
            starts_on=election.term_starts_on,
            entitled=True,
        )
        return
    is_late = election.term_starts_on < timezone.localdate()
    one.mandate = councils.open_mandate(
        actor=actor,
        council=election.council,
        constituency=election.constituency,
        person_name=one.name,
        starts_on=election.term_starts_on,
        rank=rank,
        entitled=True,
        designation=Mandate.Designation.ELECTION,
        user=one.user,
        born_on=one.born_on,
        seniority_from=one.seniority_from,
        guardian_name=one.guardian_name,
        guardian_consented_on=one.guardian_consented_on,
        late_reason=_("report of an election") if is_late else "",
    )
    one.save(update_fields=["mandate"])


@transaction.atomic
def contest_election(*, actor: Visitor, election: Election, reason: str) -> Election:
    """Someone contests the result: nothing changes until it is kept or cancelled, and the page says so."""
    return _move(actor, election, "contest", reason, "election_contested")


@transaction.atomic
def uphold_election(*, actor: Visitor, election: Election, reason: str) -> Election:
    """The result is kept: it may be made official (again; seats already given stay)."""
    before = Election.objects.get(pk=election.pk)
    moved = _move(actor, before, "uphold", reason, "election_upheld")
    if moved.office or not moved.candidates.exclude(mandate=None).exists():
        return moved
    moved.state = Election.State.OFFICIAL  # the seats were given before it was contested
    moved.save(update_fields=["state"])
    return moved


@transaction.atomic
def cancel_election(*, actor: Visitor, election: Election, reason: str) -> Election:
    """Called off before the vote, or after a protest: the seats it gave end today."""
    moved = _move(actor, election, "cancel", reason, "election_cancelled")
    if moved.constituency:
        today = timezone.localdate()
        for one in moved.candidates.exclude(mandate=None).select_related("mandate__council"):
            if one.mandate is not None and one.mandate.ended_on is None:
                councils.end_mandate(
                    actor=actor,
                    mandate=one.mandate,
                    ended_on=max(today, one.mandate.starts_on),
                    reason=EndReason.CONTESTED,
                    entitled=True,
                )
    return moved


def _move(actor: Visitor, election: Election, verb: str, reason: str, said: str) -> Election:
    moved = begin(actor=actor, election=election, step=verb, given={"reason": reason})
    moved.state_reason = reason.strip()[:400]
    moved.save(update_fields=["state", "state_reason"])
    record_audit(actor=actor, verb=said, target=moved)
    return moved
