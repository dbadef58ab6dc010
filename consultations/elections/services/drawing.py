"""Lots between those whom votes and rule leave equal: drawn in the room and written here, or by the computer.

The record says which, who drew, before whom and on which day, so that anyone there can say it was so.
"""

import datetime
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from consultations.elections.models import Candidate, Election
from consultations.elections.services.acting import begin
from consultations.elections.services.tallying import record_count, result_of


@dataclass(frozen=True)
class Drawing:
    """Who drew, before whom, on which day. `places` by candidate's number; None when the computer draws."""

    drawn_by: str
    witnesses: str
    drawn_on: datetime.date
    places: Mapping[str, int] | None = None


@transaction.atomic
def draw_lots(*, actor: Visitor, election: Election, drawing: Drawing) -> Election:
    """Put the equal ones in the order drawn, and count again with it."""
    election = begin(actor=actor, election=election, step="draw_lots")
    people = {str(one.number): one for one in election.candidates.all()}
    groups = [[people[key] for key in keys] for keys in open_ties(election)]
    if not groups:
        raise ValidationError(_("Nothing is left to draw."))
    _check_people(drawing)
    for group in groups:
        for candidate, place in _placed(group, drawing.places):
            candidate.lot = place
            candidate.save(update_fields=["lot"])
    way = Election.LotsWay.MACHINE if drawing.places is None else Election.LotsWay.ROOM
    election.lots_way, election.lots_drawn_on = way, drawing.drawn_on
    election.lots_drawn_by, election.lots_witnesses = drawing.drawn_by.strip(), drawing.witnesses.strip()
    election.result = result_of(election)
    election.save(update_fields=["result", "lots_way", "lots_drawn_on", "lots_drawn_by", "lots_witnesses"])
    record_count(actor=actor, verb="election_lots_drawn", election=election)
    return election


def open_ties(election: Election) -> list[list[str]]:
    """The numbers of those who wait for lots, group by group."""
    return [one["keys"] for one in election.result.get("ties", []) if not one["by"]]


def _check_people(drawing: Drawing) -> None:
    errors = {}
    if not drawing.drawn_by.strip():
        errors["drawn_by"] = _("Say who drew the lots.")
    if not drawing.witnesses.strip():
        errors["witnesses"] = _("Lots are drawn before witnesses: write who they are.")
    if drawing.drawn_on > timezone.localdate():
        errors["drawn_on"] = _("This day is still to come.")
    if errors:
        raise ValidationError(errors)


def _placed(group: list[Candidate], places: Mapping[str, int] | None) -> Iterator[tuple[Candidate, int]]:
    if places is None:
        drawn = list(group)
        secrets.SystemRandom().shuffle(drawn)
        yield from ((candidate, place) for place, candidate in enumerate(drawn, start=1))
        return
    given = [places.get(str(one.number), 0) for one in group]
    if sorted(given) != list(range(1, len(group) + 1)):
        text = _("Give each one the place they drew, from 1 to %(most)d, each place once: %(names)s.")
        values = {"most": len(group), "names": ", ".join(one.name for one in group)}
        raise ValidationError(text % values)
    yield from zip(group, given, strict=True)
