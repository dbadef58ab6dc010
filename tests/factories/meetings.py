"""Meetings of the reference council of 9 seats, with people who hold accounts where a test acts for them."""

import datetime
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.models import Membership, Role, User
from consultations.councils.models import Council, Mandate
from consultations.meetings.majority import Votes
from consultations.meetings.models import AgendaItem, Attendance, Decision, Meeting, MinutesVersion
from consultations.meetings.selectors.minutes import minutes_content
from consultations.meetings.services import attending, minutes, sitting, voting
from consultations.meetings.services.minutes import content_hash
from tests.factories.councils import establishment_of, full_council
from tests.factories.process import person

State = Meeting.State


@dataclass
class Sitting:
    """A meeting with the people of its council; mandates are listed by constituency, full ones first."""

    meeting: Meeting
    president: User
    secretary: User
    members: dict[str, list[Mandate]] = field(default_factory=dict)
    substitutes: dict[str, list[Mandate]] = field(default_factory=dict)

    @property
    def council(self) -> Council:
        return self.meeting.council

    @property
    def users_side(self) -> list[Mandate]:
        """The six representatives of users and families."""
        return [*self.members["supported_persons"], *self.members["families"]]

    @property
    def others(self) -> list[Mandate]:
        return [*self.members["staff"], *self.members["management"], *self.members["doctor"]]

    def again(self) -> Meeting:
        """The meeting as the database has it."""
        self.meeting = Meeting.objects.select_related("council").get(pk=self.meeting.pk)
        return self.meeting

    def come(self, *mandates: Mandate, way: str = "present") -> list[Attendance]:
        """The secretary ticks these members."""
        return [
            attending.record_attendance(actor=self.secretary, meeting=self.meeting, mandate=one, way=way)
            for one in mandates
        ]

    def item(self, purpose: str = "opinion", title: str = "Le jardin", **fields: object) -> AgendaItem:
        """An item on the agenda."""
        order = self.meeting.items.count() + 1
        return AgendaItem.objects.create(
            meeting=self.meeting, order=order, title=title, purpose=purpose, state="accepted", **fields
        )

    def start(self, item: AgendaItem) -> AgendaItem:
        """Talk about this item now."""
        sitting.start_item(actor=self.secretary, item=item)
        item.refresh_from_db()
        return item

    def vote(self, item: AgendaItem, kind: str = "show_of_hands") -> Decision:
        """Put a question to the vote on it."""
        return voting.open_decision(
            actor=self.secretary, item=item, question="Êtes-vous d’accord ?", kind=kind
        )

    def sign(self, meeting: Meeting | None = None) -> MinutesVersion:
        """The president signs what they read."""
        which = meeting or self.again()
        digest = content_hash(minutes_content(which))
        return minutes.sign_minutes(
            actor=self.president, meeting=which, read_hash=digest, has_second_factor=True
        )


def with_account(mandate: Mandate) -> User:
    """The account of a member."""
    user = person()
    Mandate.objects.filter(pk=mandate.pk).update(user=user)
    mandate.user = user
    return user


def prepared(*, days: int = 20, state: str = State.DRAFT, **fields: object) -> Sitting:
    """A meeting in so many days, of a full council whose president has an account."""
    council = full_council()
    held = {rank: list(council.mandates.filter(rank=rank).order_by("constituency", "person_name", "pk")) for rank in ("full", "substitute")}  # fmt: skip
    by_rank = {
        rank: {
            code: [one for one in rows if one.constituency == code] for code in {m.constituency for m in rows}
        }
        for rank, rows in held.items()
    }
    president = next(one for one in held["full"] if one.offices.exists())
    user = with_account(president)
    secretary = person()
    Membership.objects.create(
        user=secretary,
        role=Role.SECRETARY,
        organisation=establishment_of(council),
        starts_on=timezone.localdate() - datetime.timedelta(days=30),
    )
    values = {"held_at": timezone.now() + datetime.timedelta(days=days), "place": "Salle du jardin", **fields}
    meeting = Meeting.objects.create(council=council, number=1, state=state, **values)
    return Sitting(meeting, user, secretary, by_rank["full"], by_rank["substitute"])


def convened(**fields: object) -> Sitting:
    """A meeting of today, convened, its doors open."""
    made = prepared(days=0, state=State.CONVENED, **fields)
    attending.open_doors(actor=made.secretary, meeting=made.meeting)
    made.again()
    return made


def opened(*, users: int = 6, others: int = 3, **fields: object) -> Sitting:
    """A meeting under way with so many members there."""
    made = convened(**fields)
    made.come(*made.users_side[:users], *made.others[:others])
    sitting.open_meeting(actor=made.secretary, meeting=made.meeting)
    made.again()
    return made


def ended(**fields: int) -> Sitting:
    """A meeting that is over, one item decided and written."""
    made = opened(**fields)
    item = made.start(made.item())
    if made.meeting.reconvened_from_id or fields.get("users", 6) > 4:
        decision = made.vote(item)
        voting.record_votes(actor=made.secretary, decision=decision, counts={"supported_persons": Votes(3)})
        voting.close_decision(actor=made.secretary, decision=decision)
        sitting.finish_item(actor=made.secretary, item=AgendaItem.objects.get(pk=item.pk))
    minutes.write_line(actor=made.secretary, item=item, text="Le conseil demande un banc.")
    sitting.close_meeting(actor=made.secretary, meeting=made.meeting)
    made.again()
    return made
