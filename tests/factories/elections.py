"""Elections at each of their states, made through the services."""

import datetime
from typing import Any

from django.utils import timezone

from consultations.elections import services
from consultations.elections.models import Candidate, Election, RollEntry
from core.receipts import normalise_code
from tests.factories.councils import council

HOUR = datetime.timedelta(hours=1)


def election(**fields: Any) -> Election:
    """A draft for two residents' seats and one substitute, open in an hour."""
    now = timezone.now()
    values = {
        "title": "Élection des résidents",
        "constituency": "" if fields.get("office") else "supported_persons",
        "method": "both",
        "opens_at": now + HOUR,
        "closes_at": now + 5 * HOUR,
        "seats": 2,
        "substitute_seats": 1,
        "tie_rule": "lots",
        "term_starts_on": timezone.localdate() + datetime.timedelta(days=1),
    }
    of = fields.pop("council", None) or council()
    return services.create_election(actor=None, council=of, **{**values, **fields})


def ready(voters: int = 6, candidates: int = 3, **fields: Any) -> tuple[Election, dict[str, str]]:
    """Roll and candidates final, letters printed; gives the code of each elector by name."""
    made = election(**fields)
    services.call_for_candidates(actor=None, election=made)
    for number in range(1, candidates + 1):
        services.add_candidate(actor=None, election=made, name=f"Candidate {number}")
    names: list[tuple[str, Any]] = [(f"Électeur {number:02d}", None) for number in range(1, voters + 1)]
    services.enrol_electors(actor=None, election=made, electors=names)
    services.freeze_roll(actor=None, election=made)
    codes = {}
    if made.takes_online:
        codes = {one.name: one.code for one in services.issue_codes(actor=None, election=made)}
    return Election.objects.get(pk=made.pk), codes


def opened(voters: int = 6, candidates: int = 3, **fields: Any) -> tuple[Election, dict[str, str]]:
    """The same, open since an hour."""
    made, codes = ready(voters, candidates, **fields)
    Election.objects.filter(pk=made.pk).update(opens_at=timezone.now() - HOUR)
    services.open_due_elections()
    return Election.objects.get(pk=made.pk), codes


def elector(code: str) -> RollEntry:
    """Who the letter belongs to."""
    found = services.elector_with(normalise_code(code) or "")
    assert found is not None
    return found


def vote(code: str, *choices: str) -> services.CastResult:
    """One online ballot."""
    return services.cast_ballot(entry=elector(code), choices=choices)


def past_hour(of: Election) -> Election:
    """The hour of the close has just passed."""
    now = timezone.now()
    Election.objects.filter(pk=of.pk).update(opens_at=now - 2 * HOUR, closes_at=now)
    return Election.objects.get(pk=of.pk)


def closed(of: Election) -> Election:
    """Closed by the tick."""
    past_hour(of)
    services.close_due_elections()
    return Election.objects.get(pk=of.pk)


def candidate(of: Election, number: int) -> Candidate:
    return of.candidates.get(number=number)
