"""Who is there, who votes, and whether the council may decide: computed afresh from what was recorded."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from consultations.councils.models import CONSTITUENCIES_OF_USERS, Constituency, Council, Mandate
from consultations.councils.selectors import Bylaws, Member, bylaws, composition, members
from consultations.meetings.majority import Base
from consultations.meetings.models import Attendance, Meeting, Proxy
from consultations.meetings.quorum import Presence, Rule, Verdict, quorum
from consultations.meetings.standing import Seated, Voice, carried, voices


@dataclass(frozen=True)
class Line:
    """A member at this meeting: their attendance when one is recorded, the voice they hold now."""

    member: Member
    attendance: Attendance | None
    voice: Voice[UUID] | None
    stands_in_for: str = ""
    proxies: tuple[Voice[UUID], ...] = ()
    votes_for: tuple[str, ...] = ()
    represented_by: str = ""

    @property
    def mandate(self) -> Mandate:
        return self.member.mandate

    @property
    def is_here(self) -> bool:
        return self.attendance is not None and self.attendance.is_here

    @property
    def voices(self) -> tuple[Voice[UUID], ...]:
        """Their own voice, then those they carry."""
        return (self.voice, *self.proxies) if self.voice is not None else ()

    @property
    def constituency_label(self) -> str:
        return str(Constituency(self.member.constituency).label)


@dataclass(frozen=True)
class Room:
    """Everyone at a meeting now, and the verdict on its quorum."""

    meeting: Meeting
    rules: Bylaws
    lines: list[Line]
    guests: list[Attendance]
    seats: int

    @cached_property
    def voices(self) -> list[Voice[UUID]]:
        """The votes held now, those carried by proxy included."""
        return [voice for line in self.lines for voice in line.voices]

    @cached_property
    def verdict(self) -> Verdict:
        """Whether the council may decide now: people who are there, never the votes they carry."""
        there = [voice for voice in self.voices if not voice.is_proxy]
        users = sum(voice.constituency in CONSTITUENCIES_OF_USERS for voice in there)
        return quorum(
            Presence(max(self.seats, len(there)), len(there), users),
            rule=Rule(self.rules.value("quorum_rule")),
            share=Fraction(str(self.rules.value("quorum_users_share"))),
            is_reconvened=self.meeting.reconvened_from_id is not None,
        )

    @property
    def base(self) -> Base:
        return Base(self.rules.value("majority_rule"))

    @property
    def here(self) -> list[Line]:
        return [line for line in self.lines if line.is_here]

    @property
    def groups(self) -> list[tuple[str, list[Line]]]:
        """Lines by constituency, in the order of the list."""
        labels = dict.fromkeys(line.constituency_label for line in self.lines)
        return [(label, [one for one in self.lines if one.constituency_label == label]) for label in labels]

    def voices_by_constituency(self) -> dict[str, int]:
        """How many votes each constituency holds now."""
        counted: dict[str, int] = {}
        for voice in self.voices:
            counted[voice.constituency] = counted.get(voice.constituency, 0) + 1
        return counted

    def line_of(self, mandate_id: UUID | None) -> Line | None:
        """The line of a mandate."""
        return next((line for line in self.lines if line.mandate.pk == mandate_id), None)


def seats_that_vote(council: Council, day: datetime.date) -> int:
    """Full seats of the founding act, those under a recorded vacancy left out; without an act, full members."""
    found = composition(council, day)
    if found.act is None:
        return sum(one.is_full for one in found.holders)
    return sum(line.count.full for line in found.lines if line.vacancy is None)


def room_of(meeting: Meeting) -> Room:
    """The room as it is recorded now; members are those of the day of the meeting."""
    council, day = meeting.council, meeting.held_on
    rules = bylaws(council, day)
    listed = members(council, day)
    recorded = list(meeting.attendances.select_related("mandate", "stands_in_for"))
    by_mandate = {one.mandate_id: one for one in recorded if one.mandate_id}
    here = {one.mandate_id for one in recorded if one.mandate_id and one.is_here}
    seated, given = _seated(listed, rules), _proxies(meeting, rules)
    held = voices(seated, here, [key for key, holder in given.items() if holder in here])
    votes = held + carried(seated, here, held, given)
    names = {one.mandate.pk: one.name for one in listed}
    lines = [_line(one, by_mandate.get(one.mandate.pk), votes, names) for one in listed]
    guests = [one for one in recorded if one.mandate_id is None]
    return Room(meeting, rules, lines, guests, seats_that_vote(council, day))


def _proxies(meeting: Meeting, rules: Bylaws) -> dict[UUID, UUID]:
    """Who is absent → who votes for them; nothing where the bylaws allow none."""
    if not rules.value("proxies_per_member"):
        return {}
    rows = Proxy.objects.filter(meeting=meeting, withdrawn_on=None)
    return dict(rows.values_list("giver_id", "holder_id"))


def _line(
    member: Member, attendance: Attendance | None, votes: Sequence[Voice[UUID]], names: dict[UUID, str]
) -> Line:
    key = member.mandate.pk
    own = next((one for one in votes if one.key == key and not one.is_proxy), None)
    more = tuple(one for one in votes if one.key == key and one.is_proxy)
    by = next((names.get(one.key, "") for one in votes if one.is_proxy and one.seat == key), "")
    sits_for = names.get(own.seat, "") if own and own.stands_in_for else ""
    return Line(member, attendance, own, sits_for, more, tuple(names.get(one.seat, "") for one in more), by)


def _seated(listed: Sequence[Member], rules: Bylaws) -> list[Seated[UUID]]:
    stands = bool(rules.value("substitutes_stand_in"))
    return [Seated(one.mandate.pk, one.constituency, one.is_full) for one in listed if one.is_full or stands]
