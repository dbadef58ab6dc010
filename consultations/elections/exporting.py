"""The ballots as a file, and counting them again from that file alone, without the database."""

import datetime
import json
from typing import Any

from consultations.elections.counting import (
    Ballot,
    Count,
    Standing,
    count_ballots,
    deciding_day,
    fingerprint,
)
from consultations.elections.models import Election
from consultations.elections.services.tallying import ballots_of

FORMAT = "diapason-ballots-1"


def export_ballots(election: Election) -> str:
    """Ballots sorted by content, candidates by number, and what the tie rule reads of them; no elector."""
    ballots = sorted(ballots_of(election), key=str)
    rule = election.tie_rule
    people = []
    for one in election.candidates.all():
        day = deciding_day(one.standing(), rule)
        people.append(
            {
                "number": str(one.number),
                "name": one.name,
                "day": day.isoformat() if day else None,
                "lot": one.lot,
            }
        )
    content = {
        "format": FORMAT, "council": election.council.name, "title": election.title, "seats": election.seats,
        "substitutes": election.substitute_seats, "tie_rule": rule, "candidates": people,
        "ballots": [None if one is None else list(one) for one in ballots],
        "fingerprint": election.result.get("fingerprint", ""),
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=1)


def recount(text: str) -> tuple[Count, str]:
    """The count of an exported file and the fingerprint of its ballots. Raises ValueError when it is not one."""
    content = json.loads(text)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError("This file is not an export of ballots.")
    ballots: list[Ballot] = [None if one is None else tuple(map(str, one)) for one in content["ballots"]]
    made = count_ballots(
        ballots,
        [_standing(one) for one in content["candidates"]],
        seats=content["seats"],
        substitutes=content["substitutes"],
        tie_rule=content["tie_rule"],
    )
    return made, fingerprint(ballots)


def _standing(one: dict[str, Any]) -> Standing:
    day = datetime.date.fromisoformat(one["day"]) if one["day"] else None
    return Standing(one["number"], born_on=day, seniority_from=day, lot=one["lot"])
