"""The ballots of a closed poll: the file one may have, and whether they still give what was shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _

from consultations.polls.models import HandCount, Poll
from consultations.polls.protection import ORGANISERS, Shown
from consultations.polls.recounting import BallotFile, alone, problems_of
from consultations.polls.selectors.catalogue import last_snapshot
from consultations.polls.selectors.released import last_release, released_state
from consultations.polls.tally import Tally


class BallotsWithheld(Exception):
    """No file may be given; the message says why, in words."""


@dataclass(frozen=True)
class Recount:
    """A count made anew from the ballots; `problems` says where it differs from what was shown."""

    counted: Tally
    problems: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return not self.problems


def ballots_of(poll: Poll) -> BallotFile:
    """Every ballot in the order of its random key, hands of all groups of people together."""
    ballots = tuple(poll.ballots.order_by("pk").values_list("choices", flat=True))
    hands = (
        HandCount.objects.filter(poll=poll).values("option").annotate(total=Sum("count")).order_by("option")
    )
    return BallotFile(poll.asked, ballots, {row["option"]: row["total"] for row in hands})


def ballot_file(poll: Poll) -> BallotFile:
    """The file for whoever runs a closed poll; BallotsWithheld when it would tell about too few people.

    The whole ballots of a protected poll say more than its table: which choices go together. So the file is
    given only when the table shows every ballot, and each ballot is like at least four others.
    """
    if poll.status != Poll.Status.CLOSED:
        raise BallotsWithheld(_("Ballots are counted again once the poll is closed."))
    found = ballots_of(poll)
    if poll.voter_count and not found.ballots:
        raise BallotsWithheld(_("The ballots were erased on their day: the results stay."))
    if poll.is_secret:
        last = last_snapshot(poll)
        shown = Shown.from_json(last.organisers) if last else Shown()
        is_whole = shown.count == len(found.ballots) and all(len(one.codes) == 1 for one in shown.groups)
        if not is_whole or alone(found.ballots, ORGANISERS):
            raise BallotsWithheld(
                _(
                    "Some ballots are like fewer than four others: their file would tell what a few people chose. "
                    "The platform can count them again without showing them."
                )
            )
    return found


def recount(poll: Poll) -> Recount:
    """Count the ballots again and compare with everything that was shown of a closed poll."""
    found = ballots_of(poll)
    counted = found.count()
    problems = problems_of(poll.asked, found.ballots)
    if poll.frozen_hash() != poll.definition_hash:
        problems.append(_("The question or its choices were changed since the opening."))
    if poll.status == Poll.Status.CLOSED and poll.voter_count != len(found.ballots):
        problems.append(_("There are not as many ballots as when the poll was closed."))
    last = last_snapshot(poll)
    if last is not None:
        everyone = Shown.from_json(last.everyone)
        problems += _differences(Shown.from_json(last.organisers), counted)
        problems += _differences(everyone, counted)
        released = released_state(poll)
        if released is not None and last_release(poll) is not None:
            problems += _unlike(released, everyone)
    return Recount(counted, tuple(dict.fromkeys(problems)))


def _differences(shown: Shown, counted: Tally) -> Iterator[str]:
    """What was shown and is not what ballots say; an earlier moment has at most as many of each."""
    is_last = shown.count == counted.count
    for group in shown.groups:
        now = sum(counted.chosen.get(code, 0) for code in group.codes)
        if now < group.chosen or (is_last and now != group.chosen):
            yield _("“%(choice)s” was shown with another count.") % {"choice": " / ".join(group.codes)}
        elif is_last and group.points is not None and counted.points.get(group.codes[0]) != group.points:
            yield _("“%(choice)s” was shown with other points.") % {"choice": " / ".join(group.codes)}
    if is_last and shown.winners and tuple(shown.winners) != tuple(counted.winners):
        yield _("Another choice was shown as the winner.")
    if shown.count > counted.count:
        yield _("More ballots were shown than there are.")


def _unlike(released: Shown, everyone: Shown) -> Iterator[str]:
    counts = [{one.codes: (one.chosen, one.points) for one in each.groups} for each in (released, everyone)]
    if released.count != everyone.count or counts[0] != counts[1]:
        yield _("The published figures are not those of the last state.")
