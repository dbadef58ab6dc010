"""Who is there: by code, by the sheet, for someone else; the quorum that follows."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from consultations.councils.models import Mandate
from consultations.meetings.codes import member_code
from consultations.meetings.models import Attendance, Meeting
from consultations.meetings.selectors.presence import room_of
from consultations.meetings.services import (
    attending,
)
from tests.factories.meetings import convened, opened, prepared

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_self_check_in_by_code() -> None:
    made = convened()
    chosen = made.members["families"][0]
    typed = member_code(made.meeting, chosen.pk).upper().replace("-", " ")
    assert attending.mandate_of_code(made.meeting, typed) == chosen
    joined = attending.check_in_self(meeting=made.meeting, mandate=chosen, way="remote")
    kept = Attendance.objects.get(mandate=chosen)
    assert (kept.way, kept.checked_by, kept.participant) == ("remote", "self", joined.participant.pk)
    for wrong in ("", "lilas cerise canard pinson 42", member_code(prepared().meeting, chosen.pk)):
        with pytest.raises(attending.UnknownCode):
            attending.mandate_of_code(made.meeting, wrong)


def test_a_second_device_takes_over() -> None:
    made = opened()
    chosen = made.users_side[1]
    first = attending.check_in_self(meeting=made.meeting, mandate=chosen, way="present")
    attending.check_in_self(meeting=made.meeting, mandate=chosen, way="present")
    with pytest.raises(PermissionDenied):
        attending.attendance_of_device(made.meeting, first.participant)
    assert Attendance.objects.filter(mandate=chosen).count() == 1


def test_nobody_comes_in_before_the_doors_or_after_the_end() -> None:
    made = prepared(days=0, state="convened")
    chosen = made.users_side[0]
    with pytest.raises(ValidationError):
        attending.check_in_self(meeting=made.meeting, mandate=chosen, way="present")
    Meeting.objects.filter(pk=made.meeting.pk).update(state="closed")
    with pytest.raises(ValidationError):
        attending.check_in_self(meeting=made.again(), mandate=chosen, way="present")


def test_substitutes_stand_in_by_themselves_and_give_back() -> None:
    made = convened()
    full, substitute = made.members["families"], made.substitutes["families"][0]
    made.come(*full[:2], substitute)
    kept = Attendance.objects.get(mandate=substitute)
    assert kept.stands_in_for == full[2]
    assert room_of(made.meeting).verdict.presence.users == 3
    made.come(full[2])
    kept.refresh_from_db()
    assert kept.stands_in_for is None
    assert room_of(made.meeting).verdict.presence.users == 3


def test_quorum_is_counted_on_seats_and_lost_when_people_leave() -> None:
    made = opened(users=5, others=2)
    assert room_of(made.meeting).verdict.is_valid
    leaving = Attendance.objects.get(mandate=made.users_side[0])
    attending.record_leaving(actor=made.secretary, attendance=leaving)
    verdict = room_of(made.meeting).verdict
    assert (verdict.is_valid, verdict.missing, verdict.presence.members) == (False, 1, 9)


def test_a_recorded_vacancy_lowers_the_number_of_seats() -> None:
    made = convened()
    made.council.vacancies.create(
        constituency="doctor",
        recorded_on=timezone.localdate(),
        reason="Aucun",
        signed_by_title="La directrice",
    )
    assert room_of(made.meeting).seats == 8


def test_guests_advise_and_never_count() -> None:
    made = opened(users=4)
    attending.add_guest(actor=made.secretary, meeting=made.meeting, name="Mme B.", role="architecte")
    room = room_of(made.meeting)
    assert [one.guest_name for one in room.guests] == ["Mme B."]
    assert not room.verdict.is_valid
    with pytest.raises(ValidationError):
        attending.add_guest(actor=made.secretary, meeting=made.meeting, name=" Mme  B. ", role="architecte")


def test_someone_of_another_council_is_not_a_member() -> None:
    made, other = convened(), prepared()
    with pytest.raises(ValidationError):
        made.come(other.users_side[0])
    ended = made.members["staff"][0]
    Mandate.objects.filter(pk=ended.pk).update(ended_on=timezone.localdate() - DAY, end_reason="left")
    ended.refresh_from_db()
    with pytest.raises(ValidationError):
        made.come(ended)
