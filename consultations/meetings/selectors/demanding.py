"""A demand for a meeting as its page shows it: how many signed, how many it takes."""

from dataclasses import dataclass

from django.utils import timezone

from consultations.councils.models import Council, Mandate
from consultations.councils.selectors import bylaw, members
from consultations.meetings.demand import needed_signatures
from consultations.meetings.models import MeetingDemand


@dataclass(frozen=True)
class Count:
    """Signatures of full members in office, and how many are needed of how many."""

    signed: int
    needed: int
    members: int

    @property
    def is_reached(self) -> bool:
        return self.signed >= self.needed

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.signed)


def needed_in(council: Council) -> Count:
    """What a demand started today would need."""
    today = timezone.localdate()
    full = [one for one in members(council, today) if one.is_full]
    share = float(bylaw(council, "demand_for_meeting_share", today).value)
    return Count(0, needed_signatures(share, len(full)), len(full))


def count_of(demand: MeetingDemand) -> Count:
    """Those who left since they signed no longer count, on either side."""
    needed = needed_in(demand.council)
    sitting = Mandate.objects.in_force(timezone.localdate()).filter(
        council=demand.council_id, rank=Mandate.Rank.FULL
    )
    return Count(demand.signatures.filter(mandate__in=sitting).count(), needed.needed, needed.members)


def open_demand(council: Council) -> MeetingDemand | None:
    """The demand being signed now."""
    rows = council.meeting_demands.filter(state=MeetingDemand.State.OPEN)
    return rows.prefetch_related("signatures__mandate").first()


def full_members(council: Council) -> list[Mandate]:
    """Those who may sign today."""
    return [one.mandate for one in members(council, timezone.localdate()) if one.is_full]
