"""The demo's elections, both in the reference council: one to vote in now, one whose result is official. Idempotent."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultations.councils.models import Council, Mandate, Office
from consultations.elections import services
from consultations.elections.eligibility import electors_of_office
from consultations.elections.models import Election, RollEntry
from consultations.elections.services.preparing import CODE_PURPOSE
from core.receipts import derive_code, format_code, hash_code

COUNCIL = "cvs-ehpad-agen"
NOW, DONE = "Qui parlera pour les résidents ? (démo)", "Élection à la vice-présidence (démo)"
STANDING = (
    ("Personne accompagnée F (fictive)", "Je veux que les menus soient choisis ensemble."),
    ("Personne accompagnée G (fictive)", "Je porterai la question des sorties et des transports."),
    ("Personne accompagnée H (fictive)", ""),
)
RESIDENTS = tuple(f"Résident {number:02d} (fictif)" for number in range(1, 21))
CAST: tuple[list[str], ...] = (["1"], ["2"], ["1"], [], ["3"])
CAST_BY_MEMBERS: tuple[list[str], ...] = (["1"], ["2"], ["1"], ["1"], ["2"], [], ["1"], ["2"])
ON_PAPER, CODES_SHOWN = 2, 4
DAY = datetime.timedelta(days=1)


@transaction.atomic
def load() -> None:
    """Create what is missing; what was changed by hand since is left as it is."""
    council = Council.objects.filter(slug=COUNCIL).first()
    if council is None:
        return
    if not Election.objects.filter(council=council, title=DONE).exists():
        _load_official(council)
    if not Election.objects.filter(council=council, title=NOW).exists():
        _load_open(council)


def _load_open(council: Council) -> None:
    """A resident's mandate ends soon: fifteen days to vote, a few have."""
    ending = council.mandates.full().filter(constituency="supported_persons").order_by("ends_on").first()
    starts_on = timezone.localdate() + 16 * DAY
    if isinstance(ending, Mandate):
        starts_on = max(starts_on, ending.last_day + DAY)
    election = _draft(
        council, title=NOW, constituency="supported_persons", method="both", term_starts_on=starts_on
    )
    services.call_for_candidates(actor=None, election=election)
    services.enrol_electors(actor=None, election=election, electors=[(name, None) for name in RESIDENTS])
    for name, statement in STANDING:
        services.add_candidate(actor=None, election=election, name=name, statement=statement)
    election = _opened(election)
    entries = _known_codes(election)
    for entry, choices in zip(reversed(entries), CAST, strict=False):
        services.cast_ballot(entry=entry, choices=choices)
    for entry in entries[-len(CAST) - ON_PAPER : -len(CAST)]:
        services.mark_paper_voter(actor=None, entry=entry)


def _load_official(council: Council) -> None:
    """The members have chosen among themselves; those chosen have the office."""
    election = _draft(council, title=DONE, office=Office.VICE_PRESIDENT, method="online")
    services.call_for_candidates(actor=None, election=election)
    for mandate in [one for one in electors_of_office(election) if one.constituency == "families"][:2]:
        services.add_candidate(actor=None, election=election, mandate=mandate)
    election = _opened(election)
    for entry, choices in zip(election.roll.all(), CAST_BY_MEMBERS, strict=False):
        services.cast_ballot(entry=entry, choices=choices)
    now = timezone.now()
    Election.objects.filter(pk=election.pk).update(
        opens_at=now - 9 * DAY, closes_at=now - 2 * DAY, term_starts_on=timezone.localdate()
    )
    services.close_election(actor=None, election=election)
    services.count_election(actor=None, election=election)
    services.make_official(actor=None, election=election)


def _draft(council: Council, **fields: Any) -> Election:
    evening = timezone.localtime().replace(hour=18, minute=0, second=0, microsecond=0)
    is_over = "office" in fields
    return services.create_election(
        actor=None,
        council=council,
        opens_at=timezone.now(),
        closes_at=evening + (1 if is_over else 15) * DAY,
        seats=1,
        is_demo=True,
        **{"term_starts_on": timezone.localdate() + DAY, **fields},
    )


def _opened(election: Election) -> Election:
    services.freeze_roll(actor=None, election=election)
    services.issue_codes(actor=None, election=election)
    Election.objects.filter(pk=election.pk).update(opens_at=timezone.now() - DAY)
    return services.open_election(actor=None, election=election)


def _known_codes(election: Election) -> Sequence[RollEntry]:
    """Letters whose codes the demo's door can show: made again from the elector's number."""
    entries = list(election.roll.order_by("name"))
    for number, entry in enumerate(entries):
        entry.code_hash = hash_code(CODE_PURPOSE, _code(number))
    RollEntry.objects.bulk_update(entries, ["code_hash"])
    return entries


def _code(number: int) -> str:
    return derive_code("demo-election", str(number))


def codes_to_try() -> tuple[Election, list[str]] | None:
    """The vote that is open and a few codes that still open a ballot, for the demo's door."""
    election = Election.objects.filter(title=NOW, state=Election.State.OPEN, is_demo=True).first()
    if election is None or not election.is_taking_votes:
        return None
    codes = {hash_code(CODE_PURPOSE, code): code for code in map(_code, range(len(RESIDENTS)))}
    left = (
        election.roll.filter(mark="", code_hash__in=codes)
        .order_by("name")
        .values_list("code_hash", flat=True)
    )
    return election, [format_code(codes[one]) for one in left[:CODES_SHOWN]]
