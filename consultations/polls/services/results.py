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
from consultations.polls.protection import EVERYONE, ORGANISERS, Rule, Shown, advance, with_colleges
from consultations.polls.registries import is_room, place_of
from consultations.polls.selectors import last_snapshot
from consultations.polls.services.publishing import list_release, write_release
from consultations.polls.tally import Tally, tally


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
    last = last_snapshot(poll)
    seen = Shown.from_json(last.organisers).count if last else 0
    return poll.ballots.count() - seen >= ORGANISERS


def _move(poll: Poll) -> Snapshot | None:
    definition, last = poll.asked, last_snapshot(poll)
    before = Shown.from_json(last.organisers if last else {})
    known = Shown.from_json(last.everyone if last else {})
    is_final = poll.status == Poll.Status.CLOSED
    counted = tally(definition, list(poll.ballots.values_list("choices", flat=True)))
    rule = _rule(definition, ORGANISERS, is_final=is_final)
    organisers = advance(before, counted, rule)
    if organisers == before:
        list_release(poll=poll)
        return last
    within = tuple(group.codes for group in organisers.groups)
    public_rule = _rule(definition, EVERYONE, is_final=is_final, within=within)
    everyone = advance(known, counted, public_rule)
    if is_final and last is None:
        colleges = _by_college(poll, definition)
        organisers = with_colleges(organisers, colleges, rule)
        if organisers.colleges and everyone != known:
            everyone = with_colleges(everyone, colleges, public_rule)
    snapshot = Snapshot.objects.create(
        poll=poll,
        number=last.number + 1 if last else 1,
        organisers=organisers.to_json(),
        everyone=everyone.to_json() if everyone.count else {},
    )
    if everyone != known:
        _publish(poll, everyone)
    list_release(poll=poll)
    return snapshot


def _rule(
    definition: Definition, minimum: int, *, is_final: bool, within: tuple[tuple[str, ...], ...] | None = None
) -> Rule:
    return Rule(
        minimum=minimum,
        is_partition=definition.is_partition,
        is_bound=definition.is_bound,
        is_final=is_final,
        bands=definition.bands(),
        within=within,
    )


def _by_college(poll: Poll, definition: Definition) -> Mapping[str, Tally]:
    ballots: dict[str, list[dict[str, int]]] = {}
    for college, choices in poll.ballots.values_list("college", "choices"):
        ballots.setdefault(college, []).append(choices)
    return {college: tally(definition, found) for college, found in sorted(ballots.items())}


def _publish(poll: Poll, everyone: Shown) -> None:
    """A release for anyone, unless the poll lives in a room; listed in the observatory when anyone may see it."""
    place = place_of(poll.place_kind, poll.place_key)
    if is_room(poll.place_kind) or place is None or place.territory is None:
        return
    release = write_release(poll=poll, shown=everyone, territory=place.territory)
    if "release" in lineage_kinds:
        link(
            actor=None,
            source=("poll", str(poll.pk)),
            relation=Relation.RELEASED_IN,
            target=("release", str(release.pk)),
            on=timezone.localdate(),
        )
