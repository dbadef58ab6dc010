"""Votes on phones at the same instant, on a real database file or server: one seat, one vote, none after the close."""

import pytest
from django.core.exceptions import PermissionDenied

from consultations.meetings.models import Attendance, Ballot, Decision, HasVoted
from consultations.meetings.services import attending, secrecy, voting
from tests.factories.meetings import Sitting, opened
from tests.surveys.test_concurrency import real_database, run_together

pytestmark = pytest.mark.django_db(transaction=True)


def under_vote(kind: str = "on_phones") -> tuple[Sitting, Decision]:
    made = opened()
    return made, made.vote(made.start(made.item()), kind)


def seat(made: Sitting, index: int) -> Attendance:
    return made.meeting.attendances.select_related("meeting", "mandate").get(mandate=made.users_side[index])


def stored() -> tuple[int, int]:
    return Ballot.objects.count(), HasVoted.objects.count()


def cast(attendance: Attendance, decision: Decision, choice: str = "for") -> bool:
    return voting.cast_vote(attendance=attendance, decision=decision, choice=choice)


def test_one_member_six_times_at_once_has_one_vote(tmp_path) -> None:
    made, decision = under_vote()
    mine = seat(made, 0)
    choices = ("for", "against", "abstain") * 2
    with real_database(tmp_path):
        results, failures = run_together([lambda c=c: cast(mine, decision, c) for c in choices])
        counts, _none = run_together([stored])
    assert failures == []
    assert sum(results) == 1
    assert counts == [(1, 1)]


def test_nine_members_at_once_are_nine_votes(tmp_path) -> None:
    made, decision = under_vote("secret")
    everyone = list(made.meeting.attendances.select_related("meeting", "mandate"))
    with real_database(tmp_path):
        results, failures = run_together([lambda one=one: cast(one, decision) for one in everyone])
        counts, _none = run_together([stored])
    assert (failures, sum(results), counts) == ([], 9, [(9, 9)])


def test_a_substitute_who_votes_while_the_member_comes_back_is_one_vote(tmp_path) -> None:
    """Whoever is first: the seat is used once, and the other is refused or told so."""
    made, decision = under_vote()
    away = next(one for one in made.meeting.attendances.all() if one.mandate in made.members["families"])
    attending.record_leaving(actor=made.secretary, attendance=away)
    stand_in = made.come(made.substitutes["families"][0])[0]
    member = away.mandate

    def back_and_vote() -> bool:
        again = attending.record_attendance(
            actor=made.secretary, meeting=made.meeting, mandate=member, way="present"
        )
        return cast(again, decision, "against")

    with real_database(tmp_path):
        results, failures = run_together([lambda: cast(stand_in, decision), back_and_vote])
        counts, _none = run_together([stored])
    assert all(isinstance(one, PermissionDenied) for one in failures)
    assert sum(results) == 1
    assert counts == [(1, 1)]


def test_a_vote_is_in_the_count_or_refused_when_the_vote_closes(tmp_path) -> None:
    made, decision = under_vote()
    assert cast(seat(made, 0), decision)
    late = seat(made, 1)

    def close() -> int:
        return voting.close_decision(actor=made.secretary, decision=decision).votes.total

    with real_database(tmp_path):
        results, failures = run_together([lambda: cast(late, decision), close])
        counts, _none = run_together([stored])
    total = max(int(one) for one in results)
    assert counts == [(0, 0)]
    assert total == (1 if failures else 2)
    assert all(isinstance(one, PermissionDenied) for one in failures)


def test_a_vote_and_a_demand_for_secrecy_never_leave_a_ballot_behind(tmp_path) -> None:
    made, decision = under_vote()
    voter, asking = seat(made, 0), seat(made, 1)
    with real_database(tmp_path):
        _results, failures = run_together(
            [lambda: cast(voter, decision), lambda: secrecy.ask_secret_vote(attendance=asking)]
        )
        counts, _none = run_together([stored])
        again, _none = run_together([Decision.objects.filter(state="open", kind="secret").count])
    assert (counts, again) == ([(0, 0)], [1])
    assert all(isinstance(one, PermissionDenied) for one in failures)
