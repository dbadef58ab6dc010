"""Moving what may be shown of a question about people, and publishing it where anyone can read it.

Organisers' and everyone's states move together, under the poll's lock, from the same count of ballots. Public
pages read only the cells of a release, written here from everyone's state; rooms read the state itself.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from consultations.lineage.models import Relation
from consultations.lineage.registries import lineage_kinds
from consultations.lineage.services import link
from consultations.polls.definition import Definition
from consultations.polls.models import Poll, Snapshot
from consultations.polls.protection import ORGANISERS, Shown
from consultations.polls.registries import is_room, place_of
from consultations.polls.selectors import last_snapshot
from consultations.polls.services.publishing import list_release, write_release
from consultations.polls.stepping import States, end, move
from consultations.polls.tally import Tally, tally

LOOKS = 20
"""Ballots are counted again after five more, or a twentieth more when there are many."""


def refresh_results(*, poll: Poll) -> Snapshot | None:
    """Move the states if enough ballots came; nothing while results are promised only after closing."""
    if not _may_move(poll):
        return None
    with transaction.atomic():
        poll = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
        return _move(poll)


def _may_move(poll: Poll) -> bool:
    """A cheap look before locking."""
    if not poll.is_secret:
        return False
    if poll.status == Poll.Status.CLOSED:
        return True
    if poll.visibility == Poll.Visibility.HIDDEN:
        return False
    looked = Poll.objects.values_list("pending", flat=True).get(pk=poll.pk).get("looked", 0)
    return poll.ballots.count() - looked >= max(ORGANISERS, looked // LOOKS)


def _move(poll: Poll) -> Snapshot | None:
    last, definition = last_snapshot(poll), poll.asked
    before = _states_of(poll, last)
    counted = tally(definition, list(poll.ballots.values_list("choices", flat=True)))
    if poll.status == Poll.Status.CLOSED:
        after = end(before, counted, definition, _by_college(poll, definition))
    else:
        after = move(before, counted, definition)
    _keep_pending(poll, after, counted.count)
    if (after.organisers, after.everyone) != (before.organisers, before.everyone):
        last = Snapshot.objects.create(
            poll=poll,
            number=last.number + 1 if last else 1,
            organisers=after.organisers.to_json(),
            everyone=after.everyone.to_json() if after.everyone.count else {},
        )
    if after.everyone != before.everyone:
        _publish(poll, after.everyone)
    list_release(poll=poll)
    return last


def _states_of(poll: Poll, last: Snapshot | None) -> States:
    shown = (last.organisers, last.everyone) if last else ({}, {})
    coming = (poll.pending.get("organisers", {}), poll.pending.get("everyone", {}))
    return States(*(Shown.from_json(raw) for raw in (*shown, *coming)))


def _keep_pending(poll: Poll, states: States, count: int) -> None:
    waiting = {"organisers": states.next_organisers, "everyone": states.next_everyone}
    kept = {name: state.to_json() for name, state in waiting.items() if state.count}
    poll.pending = {**kept, "looked": count} if poll.status == Poll.Status.OPEN else {}
    Poll.objects.filter(pk=poll.pk).update(pending=poll.pending)  # not a change of what pages show


def _by_college(poll: Poll, definition: Definition) -> Mapping[str, Tally]:
    ballots: dict[str, list[dict[str, int]]] = {}
    for college, choices in poll.ballots.values_list("college", "choices"):
        ballots.setdefault(college, []).append(choices)
    return {college: tally(definition, found) for college, found in sorted(ballots.items())}


def _publish(poll: Poll, everyone: Shown) -> None:
    """A release for anyone, unless the poll lives in a room; listed in the observatory when anyone may see it."""
    place = place_of(poll.place_kind, poll.place_key)
    if is_room(poll.place_kind) or place is None:
        return
    release = write_release(poll=poll, shown=everyone, place=place)
    if release is not None and "release" in lineage_kinds:
        link(
            actor=None,
            source=("poll", str(poll.pk)),
            relation=Relation.RELEASED_IN,
            target=("release", str(release.pk)),
            on=timezone.localdate(),
        )
