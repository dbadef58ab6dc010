"""The demo's election: who sits for residents in one council, counted, with its record. Idempotent."""

import datetime

from django.db import transaction
from django.utils import timezone

from consultations.councils.models import Council
from consultations.elections import services
from consultations.elections.models import Election

COUNCIL, TITLE = "cvs-foyer-jeunes", "Élection d’une représentante ou d’un représentant des résidents (démo)"
PEOPLE = (
    "Personne accompagnée A (fictive)",
    "Personne accompagnée B (fictive)",
    "Personne accompagnée C (fictive)",
)
STATEMENTS = ("Je veux que les repas soient choisis ensemble.", "Je porterai la question des transports.", "")
BALLOTS: tuple[list[str], ...] = (["1"], ["1"], ["2"], ["1"], ["3"], ["2"], [], ["1"], ["2"])
VOTERS = 12


@transaction.atomic
def load() -> None:
    """One election, counted; what was changed by hand since is left as it is."""
    council = Council.objects.filter(slug=COUNCIL).first()
    if council is None or Election.objects.filter(council=council, title=TITLE).exists():
        return
    election = _prepared(council)
    letters = services.issue_codes(actor=None, election=election)
    now = timezone.now()
    Election.objects.filter(pk=election.pk).update(opens_at=now - datetime.timedelta(days=1))
    services.open_election(actor=None, election=election)
    for letter, choices in zip(letters, BALLOTS, strict=False):
        entry = services.elector_with(letter.code)
        if entry is not None:
            services.cast_ballot(entry=entry, choices=choices)
    Election.objects.filter(pk=election.pk).update(closes_at=now)
    services.close_election(actor=None, election=election)
    services.count_election(actor=None, election=election)


def _prepared(council: Council) -> Election:
    today, now = timezone.localdate(), timezone.now()
    election = services.create_election(
        actor=None,
        council=council,
        title=TITLE,
        constituency="supported_persons",
        method="online",
        opens_at=now,
        closes_at=now + datetime.timedelta(hours=4),
        term_starts_on=today + datetime.timedelta(days=30),
        is_demo=True,
    )
    services.call_for_candidates(actor=None, election=election)
    names = [(f"Résident {number} (fictif)", None) for number in range(1, VOTERS + 1)]
    services.enrol_electors(actor=None, election=election, electors=names)
    for name, statement in zip(PEOPLE, STATEMENTS, strict=True):
        services.add_candidate(actor=None, election=election, name=name, statement=statement)
    return services.freeze_roll(actor=None, election=election)
