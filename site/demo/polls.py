"""The demo's polls: one closed on satisfaction, one to answer. Invented ballots, labelled wherever they show."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid5

from django.db import transaction
from django.utils import timezone, translation

from accounts.models import User
from consultations.polls.models import Ballot, Poll
from consultations.polls.services import close_poll, create_poll, open_poll, refresh_results
from demo.roles import DOMAIN
from demo.voices_answers import NAMESPACE

BATCH = 10


@dataclass(frozen=True)
class PollStory:
    """A poll of a consultation; `ballots` are places of options in the list, with how many people chose them."""

    slug: str
    consultation: str
    asked: Mapping[str, Any]
    ballots: Sequence[tuple[tuple[int, ...], int]]
    closes: int | None = None
    is_closed: bool = False
    shown: Mapping[str, Any] = field(default_factory=dict)


STORIES = (
    PollStory(
        slug="navette-du-marche",
        consultation="vieillir-duras",
        asked={
            "kind": "satisfaction",
            "question": "Êtes-vous satisfait de la navette du marché ?",
            "easy_question": "La navette du marché : c’est bien ?",
        },
        ballots=(((0,), 23), ((1,), 21), ((2,), 13), ((3,), 12)),
        is_closed=True,
        shown={"what_next": "Le Département décide en mars si la navette roule aussi le samedi."},
    ),
    PollStory(
        slug="permanence",
        consultation="besoins-47",
        asked={
            "kind": "multiple",
            "question": "Quand viendriez-vous à une permanence d’accueil ?",
            "easy_question": "Quand pouvez-vous venir nous voir ?",
            "options": ["Le matin en semaine", "L’après-midi en semaine", "Le soir", "Le samedi matin"],
            "most": 3,
        },
        ballots=(
            ((0, 3), 34),
            ((1,), 27),
            ((2, 3), 25),
            ((1, 2), 17),
        ),
        closes=60,
        shown={
            "visibility": "after_vote",
            "what_next": "Les horaires sont choisis avec ces votes, et affichés dans chaque mairie.",
        },
    ),
    PollStory(
        slug="repit-priorites",
        consultation="aidants-47",
        asked={
            "kind": "ranking",
            "question": "Qu’est-ce qui vous aiderait le plus à souffler ?",
            "options": [
                "Un relais à la maison",
                "Un accueil de jour",
                "Un week-end par mois",
                "Un groupe de parole",
            ],
        },
        ballots=(),
        closes=50,
        shown={"what_next": "Le classement est présenté à l’atelier des aidants."},
    ),
)


@transaction.atomic
def load() -> None:
    """Idempotent: a poll that exists is left as it is, votes of visitors included."""
    actor = User.objects.get(email=f"organisatrice@{DOMAIN}")
    with translation.override("fr"):
        for story in STORIES:
            if not Poll.objects.filter(slug=story.slug).exists():
                _load(actor, story)


def _load(actor: User, story: PollStory) -> None:
    closes = None if story.closes is None else timezone.localdate() + datetime.timedelta(days=story.closes)
    poll = create_poll(
        actor=actor,
        place=("consultation", str(uuid5(NAMESPACE, story.consultation))),
        slug=story.slug,
        closes_on=closes,
        **story.asked,
        **story.shown,
    )
    poll = open_poll(actor=actor, poll=poll)
    codes = poll.asked.codes
    for number, batch in enumerate(_batches(story)):
        Ballot.objects.bulk_create(
            Ballot(
                id=uuid5(poll.pk, f"{number}-{index}"),
                poll=poll,
                choices={codes[place]: 1 for place in places},
            )
            for index, places in enumerate(batch)
        )
        refresh_results(poll=poll)
    if story.is_closed:
        close_poll(actor=actor, poll=poll)


def _ballots(story: PollStory) -> list[tuple[int, ...]]:
    """Every ballot, the kinds mixed evenly, always in the same order."""
    ranked = [((index + 1) / (count + 1), codes) for codes, count in story.ballots for index in range(count)]
    return [codes for _rank, codes in sorted(ranked)]


def _batches(story: PollStory) -> list[list[tuple[int, ...]]]:
    found = _ballots(story)
    return [found[start : start + BATCH] for start in range(0, len(found), BATCH)]
