"""Polls at a consultation or in a room, and ballots."""

import itertools
from typing import Any
from uuid import uuid4

import pytest
from django.test import TestCase

from consultations.polls.models import Poll
from consultations.polls.registries import PlaceInfo, PollPlace, poll_places
from consultations.polls.services import cast_ballot, create_poll, open_poll
from consultations.process.models import Consultation
from core.registry import Registry
from tests.factories.process import ConsultationFactory

_numbers = itertools.count(1)
ROOM = "test_room"


def draft_poll(kind: str = "single", *, consultation: Consultation | None = None, **fields: Any) -> Poll:
    """A poll nobody can answer yet, in a published consultation unless a place is given."""
    if "place" not in fields:
        consultation = consultation or ConsultationFactory(status=Consultation.Status.PUBLISHED)
        fields["place"] = ("consultation", str(consultation.pk))
    if kind in {"single", "multiple", "ranking", "score", "dots"}:
        fields.setdefault("options", ["Navette", "Bus", "Vélo"])
    fields.setdefault("question", f"Que préférez-vous ? {next(_numbers)}")
    return create_poll(actor=None, kind=kind, **fields)


def open_a_poll(kind: str = "single", **fields: Any) -> Poll:
    """A poll anyone may answer today."""
    return open_poll(actor=None, poll=draft_poll(kind, **fields))


def room_poll(kind: str = "single", **fields: Any) -> Poll:
    """A poll in a room; the test registers the room with `a_room`."""
    return open_a_poll(kind, place=(ROOM, "1"), **fields)


def a_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of room where everyone may manage, for this test only."""
    found = Registry[PollPlace]("places of a test")
    for name, place in poll_places.items():
        found.register(name, place)
    yes = lambda _user, _key: True  # noqa: E731
    found.register(ROOM, PollPlace("room", lambda key: PlaceInfo("Atelier"), yes, yes, is_room=True))
    monkeypatch.setattr(poll_places, "_entries", found._entries)


def vote(poll: Poll, *ballots: Any, college: str = "") -> None:
    """One voter for each ballot: an option's code, or a whole mapping; what follows a commit is done."""
    for ballot in ballots:
        choices = {ballot: 1} if isinstance(ballot, str) else ballot
        with TestCase.captureOnCommitCallbacks(execute=True):
            cast_ballot(poll=poll, voter_key=uuid4().hex, choices=choices, college=college)
