"""From a draft to a final roll: the election, its candidates, its electors, the codes of the letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor
from consultations.councils.models import Council
from consultations.elections.eligibility import electors_of_office, tie_rule_of, why_not_eligible
from consultations.elections.models import Candidate, Election, RollEntry
from consultations.elections.permissions import can_create_election
from consultations.elections.services.acting import begin
from core.receipts import hash_code, new_code
from core.services import record_audit

MOST_ELECTORS, MOST_CANDIDATES = 3000, 60
CODE_PURPOSE = "election"


@dataclass(frozen=True)
class CodeLetter:
    """What one elector's letter says; the code exists on paper only."""

    name: str
    code: str


@transaction.atomic
def create_election(*, actor: Visitor, council: Council, **fields: Any) -> Election:
    """A draft. Its tie rule is the bylaws' when none is given; an office fills its own roll."""
    if actor is not None and not can_create_election(actor, council):
        raise PermissionDenied(_("You may not hold an election in this council."))
    Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    last = Election.objects.filter(council=council).order_by("-number").first()
    election = Election(council=council, number=last.number + 1 if last else 1, **fields)
    election.created_by = actor if isinstance(actor, User) else None
    _check_draft(election)
    election.save(force_insert=True)
    record_audit(actor=actor, verb="election_created", target=election)
    return election


@transaction.atomic
def edit_election(*, actor: Visitor, election: Election, **fields: Any) -> Election:
    """Change a draft: once people are called to stand, what was announced holds."""
    election = begin(actor=actor, election=election, step="edit")
    for name, value in fields.items():
        setattr(election, name, value)
    if "tie_rule" not in fields:
        election.tie_rule = ""
    if election.office:
        election.roll.all().delete()  # its roll is the council's members, known when people are called to stand
    _check_draft(election)
    election.save()
    record_audit(actor=actor, verb="election_edited", target=election)
    return election


def _check_draft(election: Election) -> None:
    """Fill what follows from the rest, then refuse what cannot be."""
    if election.office:
        election.seats, election.substitute_seats = 1, 0
    if not election.tie_rule and election.term_starts_on:
        election.tie_rule = tie_rule_of(election.council, election.constituency, election.term_starts_on)
    _check_days(election)
    election.full_clean()


def _check_days(election: Election) -> None:
    opens, first, last = election.opens_at, election.term_starts_on, election.closes_at
    errors = {}
    if opens and last and last <= opens:
        errors["closes_at"] = _("The vote closes after it opens: check the days and hours.")
    elif last and last <= timezone.now():
        errors["closes_at"] = _("This hour is past: choose a later one.")
    if first and last and first < timezone.localdate(last):
        errors["term_starts_on"] = _("The mandates begin on the day of the close, or later.")
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def call_for_candidates(*, actor: Visitor, election: Election) -> Election:
    """People may stand from now on. The electors of an office are its council's members, known at once."""
    election = begin(actor=actor, election=election, step="call")
    election.save(update_fields=["state"])
    if election.office:
        enrol_electors(
            actor=actor,
            election=election,
            electors=[(one.name, one.user) for one in electors_of_office(election)],
        )
    record_audit(actor=actor, verb="election_called", target=election)
    return election


@transaction.atomic
def enrol_electors(*, actor: Visitor, election: Election, electors: Sequence[tuple[str, User | None]]) -> int:
    """Replace the roll: one name each. Twice the same name is refused: add what tells the two people apart."""
    election = begin(actor=actor, election=election, step="enrol")
    names = [" ".join(name.split()) for name, _user in electors]
    if not names or "" in names:
        raise ValidationError({"names": _("Write one name on each line.")})
    if len(names) > MOST_ELECTORS:
        raise ValidationError({"names": _("%(most)d electors at most.") % {"most": MOST_ELECTORS}})
    if twice := sorted({name for name in names if names.count(name) > 1}):
        text = _(
            "Twice on the roll: %(names)s. Add what tells them apart, such as a room or a date of birth."
        )
        raise ValidationError({"names": text % {"names": ", ".join(twice[:5])}})
    if long := [name for name in names if len(name) > 120]:
        raise ValidationError({"names": _("This name is too long: %(name)s") % {"name": long[0][:60]}})
    election.roll.all().delete()
    RollEntry.objects.bulk_create(
        RollEntry(election=election, name=name, user=user)
        for name, (_name, user) in zip(names, electors, strict=True)
    )
    record_audit(actor=actor, verb="election_roll_written", target=election, changes={"count": len(names)})
    return len(names)


@transaction.atomic
def add_candidate(*, actor: Visitor, election: Election, **fields: Any) -> Candidate:
    """Record who stands, if the bylaws allow it on the first day of the mandates."""
    election = begin(actor=actor, election=election, step="stand")
    held = list(election.candidates.order_by("number"))
    if len(held) >= MOST_CANDIDATES:
        raise ValidationError(_("%(most)d candidates at most.") % {"most": MOST_CANDIDATES})
    candidate = Candidate(election=election, number=held[-1].number + 1 if held else 1, **fields)
    if candidate.mandate is not None:
        candidate.name, candidate.user = candidate.mandate.name, candidate.mandate.user
        candidate.born_on = candidate.born_on or candidate.mandate.born_on
        candidate.seniority_from = candidate.seniority_from or candidate.mandate.seniority_from
    candidate.name = " ".join(candidate.name.split())
    if candidate.name in {one.name for one in held}:
        raise ValidationError({"name": _("This person already stands.")})
    if errors := why_not_eligible(candidate):
        raise ValidationError(errors)
    candidate.full_clean()
    candidate.save(force_insert=True)
    record_audit(actor=actor, verb="candidate_recorded", target=election)
    return candidate


@transaction.atomic
def withdraw_candidate(*, actor: Visitor, candidate: Candidate) -> None:
    """They no longer stand: allowed until the candidates are final."""
    election = begin(actor=actor, election=candidate.election, step="stand")
    candidate.delete()
    record_audit(actor=actor, verb="candidate_withdrawn", target=election)


@transaction.atomic
def freeze_roll(*, actor: Visitor, election: Election) -> Election:
    """Roll and candidates are final: nobody is added or taken away after this."""
    election = begin(actor=actor, election=election, step="freeze")
    if not election.candidates.exists():
        raise ValidationError(_("Nobody stands yet: record a candidate, or a vacancy if nobody is found."))
    if not election.roll.exists():
        raise ValidationError(_("The roll is empty: write the names of those who vote."))
    if election.closes_at <= timezone.now():
        raise ValidationError(_("The hour of the close is past: cancel this election and prepare another."))
    election.registered = election.roll.count()
    election.save(update_fields=["state", "registered"])
    changes = {"count": election.registered}
    record_audit(actor=actor, verb="election_roll_frozen", target=election, changes=changes)
    return election


@transaction.atomic
def issue_codes(*, actor: Visitor, election: Election) -> list[CodeLetter]:
    """A new code for every elector, by name: those printed before no longer open. Only keyed hashes are kept."""
    election = begin(actor=actor, election=election, step="issue_codes")
    if not election.takes_online:
        raise ValidationError(_("This vote is on paper only: it has no codes."))
    entries = list(election.roll.order_by("name", "pk"))
    letters = [CodeLetter(entry.name, new_code()) for entry in entries]
    for entry, letter in zip(entries, letters, strict=True):
        entry.code_hash = hash_code(CODE_PURPOSE, letter.code)
    RollEntry.objects.bulk_update(entries, ["code_hash"], batch_size=200)
    changes = {"count": len(letters)}
    record_audit(actor=actor, verb="election_codes_issued", target=election, changes=changes)
    return letters


def replace_code(*, actor: Visitor, entry: RollEntry) -> CodeLetter:
    """Another code for someone who lost theirs and has not voted; the lost one no longer opens."""
    try:
        return _replace_code(actor, entry)
    except IntegrityError:  # one chance in six thousand million: the code of someone else
        return _replace_code(actor, entry)


@transaction.atomic
def _replace_code(actor: Visitor, entry: RollEntry) -> CodeLetter:
    election = begin(actor=actor, election=entry.election, step="replace_code")
    entry = RollEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if entry.has_voted:
        raise ValidationError(_("This person has already voted."))
    letter = CodeLetter(entry.name, new_code())
    entry.code_hash = hash_code(CODE_PURPOSE, letter.code)
    entry.save(update_fields=["code_hash"])
    record_audit(actor=actor, verb="election_code_replaced", target=election)
    return letter
