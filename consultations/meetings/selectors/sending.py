"""How a notice reached each member, and whom it has not reached yet."""

from dataclasses import dataclass

from consultations.meetings.models import Convening, ConveningProof, Meeting

Way, State = ConveningProof.Way, ConveningProof.State


@dataclass(frozen=True)
class Sending:
    """A notice with the proofs of its sending, member by member."""

    convening: Convening
    proofs: list[ConveningProof]

    @property
    def reached(self) -> int:
        return len({one.mandate_id for one in self.proofs if one.is_sent})

    @property
    def total(self) -> int:
        return len({one.mandate_id for one in self.proofs})


def sendings_of(meeting: Meeting) -> list[Sending]:
    """Every notice of a meeting, the latest first."""
    rows = meeting.convenings.order_by("-number").prefetch_related("proofs__mandate")
    return [Sending(one, list(one.proofs.all())) for one in rows]


def letters_to_print(convening: Convening) -> list[ConveningProof]:
    """Members the notice has not reached yet and no e-mail is on its way to."""
    proofs = list(convening.proofs.select_related("mandate", "convening__meeting"))
    reached = {one.mandate_id for one in proofs if one.is_sent}
    rows: dict[object, ConveningProof] = {}
    for one in proofs:
        is_mail_waiting = one.way == Way.EMAIL and one.state == State.WAITING
        if one.mandate_id not in reached and not is_mail_waiting:
            rows[one.mandate_id] = one
    return list(rows.values())


def unreached(meeting: Meeting) -> list[ConveningProof]:
    """The same for the latest notice of a meeting; nobody when none was sent."""
    last = meeting.convenings.order_by("-number").first()
    return letters_to_print(last) if last else []
