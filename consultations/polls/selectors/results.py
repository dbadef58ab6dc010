"""The results of a poll as someone may read them: figures, one sentence, and what is kept secret.

Every figure is computed from what is shown, never from ballots, so that no mean or score tells more than its
table. Open votes are the exception: they are public acts, counted as they are.
"""

from dataclasses import dataclass
from enum import StrEnum

from consultations.polls.definition import ABSTAIN, Definition, Kind
from consultations.polls.models import HandCount, Poll
from consultations.polls.protection import Group, Shown
from consultations.polls.registries import is_room
from consultations.polls.selectors.catalogue import last_snapshot
from consultations.polls.selectors.released import released_state
from consultations.polls.tally import Tally, add_hands, tally
from consultations.polls.wording import Headline, headline_of, sentence_of

HIDDEN, WAITING, WITHHELD, SHOWN, EMPTY = "hidden", "waiting", "withheld", "shown", "empty"


class Viewer(StrEnum):
    """Who reads: who runs the place, someone who has voted, anyone (and a projector)."""

    FACILITATOR = "facilitator"
    VOTER = "voter"
    VISITOR = "visitor"


@dataclass(frozen=True)
class ResultLine:
    """One option, or several shown together. Secret is not zero: `count` is then None.

    `share` is in per cent of those who answered; `points` and `mean` for rankings, scores and dots.
    """

    codes: tuple[str, ...]
    label: str
    count: int | None
    share: float | None = None
    points: float | None = None
    mean: float | None = None
    place: int | None = None
    is_winner: bool = False
    width: float = 0

    @property
    def is_secret(self) -> bool:
        return self.count is None


@dataclass(frozen=True)
class CollegeLine:
    """What one group of people answered, line by line as in the results."""

    college: str
    count: int
    counts: tuple[int, ...]


@dataclass(frozen=True)
class PollResults:
    """`state`: hidden (promised later), waiting (too few yet), withheld (too few at the end), empty, shown."""

    state: str
    kind: str
    question: str
    is_final: bool
    count: int = 0
    hands: int = 0
    lines: tuple[ResultLine, ...] = ()
    headline: Headline | None = None
    sentence: str = ""
    winners: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    colleges: tuple[CollegeLine, ...] = ()

    @property
    def is_shown(self) -> bool:
        return self.state == SHOWN

    @property
    def has_points(self) -> bool:
        return any(line.points is not None for line in self.lines)


def may_see(poll: Poll, viewer: Viewer) -> bool:
    """What was promised: live, once one has voted, or after closing. Organisers wait like everyone."""
    if poll.status == Poll.Status.CLOSED or poll.visibility == Poll.Visibility.LIVE:
        return True
    return poll.visibility == Poll.Visibility.AFTER_VOTE and viewer != Viewer.VISITOR


def poll_results(poll: Poll, viewer: Viewer | str) -> PollResults:
    """The results for this reader. The caller checks who the reader is."""
    reader, is_final = Viewer(viewer), poll.status == Poll.Status.CLOSED
    if poll.status == Poll.Status.DRAFT or not may_see(poll, reader):
        return PollResults(HIDDEN, poll.kind, poll.question, is_final)
    if not poll.is_secret:
        return _open_results(poll, is_final)
    shown = _state(poll, reader)
    if not shown.count:
        return PollResults(WITHHELD if is_final else WAITING, poll.kind, poll.question, is_final)
    return _drawn(poll, shown, is_final=is_final)


def _state(poll: Poll, reader: Viewer) -> Shown:
    """Organisers read their state; a room reads everyone's, like a place without territory, which has no
    release; a public page reads the published cells."""
    released = None if reader == Viewer.FACILITATOR or is_room(poll.place_kind) else released_state(poll)
    if released is not None:
        return released
    last = last_snapshot(poll)
    if last is None:
        return Shown()
    return Shown.from_json(last.organisers if reader == Viewer.FACILITATOR else last.everyone)


def _open_results(poll: Poll, is_final: bool) -> PollResults:
    """Every vote as it is, hands and devices together."""
    definition = poll.asked
    ballots: dict[str, list[dict[str, int]]] = {}
    for college, choices in poll.ballots.values_list("college", "choices"):
        ballots.setdefault(college, []).append(choices)
    hands: dict[str, dict[str, int]] = {}
    for row in HandCount.objects.filter(poll=poll):
        hands.setdefault(row.college, {})[row.option] = row.count
    everyone = tally(definition, [one for found in ballots.values() for one in found])
    for counted in hands.values():
        everyone = add_hands(everyone, counted)
    if not everyone.count:
        return PollResults(EMPTY, poll.kind, poll.question, is_final)
    colleges = {
        college: add_hands(tally(definition, ballots.get(college, [])), hands.get(college, {}))
        for college in sorted({*ballots, *hands})
    }
    total = sum(sum(counted.values()) for counted in hands.values())
    return _drawn(poll, _as_shown(everyone, colleges), is_final=is_final, hands=total)


def _as_shown(counted: Tally, colleges: dict[str, Tally]) -> Shown:
    groups = (Group((code,), count, counted.points.get(code)) for code, count in counted.chosen.items())
    split = {name: {"count": each.count, **each.chosen} for name, each in colleges.items()}
    return Shown(
        counted.count,
        tuple(groups),
        counted.winners,
        counted.leaving,
        colleges=split if len(split) > 1 else {},
    )


def _drawn(poll: Poll, shown: Shown, *, is_final: bool, hands: int = 0) -> PollResults:
    definition = poll.asked
    lines = _lines(definition, shown)
    labels = {option.code: option.label for option in definition.figures()}
    return PollResults(
        state=SHOWN,
        kind=poll.kind,
        question=poll.question,
        is_final=is_final,
        count=shown.count,
        hands=hands,
        lines=lines,
        headline=headline_of(definition, shown),
        sentence=sentence_of(definition, shown),
        winners=tuple(labels[code] for code in shown.winners),
        leaving=tuple(" / ".join(labels[code] for code in codes) for codes in shown.leaving),
        colleges=tuple(
            CollegeLine(name, cells["count"], tuple(cells["+".join(one.codes)] for one in shown.groups))
            for name, cells in shown.colleges.items()
        ),
    )


def _lines(definition: Definition, shown: Shown) -> tuple[ResultLine, ...]:
    """Options in the order of the question; for points, the most first. Secret ones last."""
    labels = {option.code: option.label for option in definition.figures()}
    lines = [_line(definition, group, shown, labels) for group in shown.groups]
    if definition.has_points:
        lines = _placed(definition, lines)
    else:
        order = list(labels)
        lines.sort(key=lambda line: order.index(line.codes[0]))
    known = {code for group in shown.groups for code in group.codes}
    secret = [ResultLine((code,), label, None) for code, label in labels.items() if code not in known]
    return (*lines, *secret)


def _line(definition: Definition, group: Group, shown: Shown, labels: dict[str, str]) -> ResultLine:
    share = 100 * group.chosen / shown.count
    points = group.points
    mean = None if points is None or not group.chosen else points / group.chosen
    return ResultLine(
        codes=group.codes,
        label=" / ".join(labels[code] for code in group.codes),
        count=group.chosen,
        share=share,
        points=points,
        mean=mean,
        is_winner=group.codes[0] in shown.winners,
        width=share,
    )


def _placed(definition: Definition, lines: list[ResultLine]) -> list[ResultLine]:
    """Places by points, or by mean for scores; the same worth shares the same place."""

    def worth(line: ResultLine) -> float:
        value = line.mean if definition.kind == Kind.SCORE else line.points
        return -1.0 if value is None else value

    most = max((worth(line) for line in lines), default=0)
    full = float(definition.points) if definition.kind == Kind.SCORE else most
    placed = [
        ResultLine(
            codes=line.codes, label=line.label, count=line.count, share=line.share, points=line.points,
            mean=line.mean, is_winner=line.is_winner,
            place=1 + sum(worth(other) > worth(line) for other in lines),
            width=100 * max(worth(line), 0) / full if full > 0 else 0,
        )
        for line in lines
    ]  # fmt: skip
    return sorted(placed, key=lambda line: (line.place, definition.codes.index(line.codes[0])))


__all__ = [
    "ABSTAIN",
    "CollegeLine",
    "Headline",
    "PollResults",
    "ResultLine",
    "Viewer",
    "may_see",
    "poll_results",
]
