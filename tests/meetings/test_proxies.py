"""Votes given by absent members: none unless the bylaws say so, never a presence, each seat once."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from consultations.meetings.models import Proxy
from consultations.meetings.selectors.minutes import minutes_content
from consultations.meetings.selectors.presence import room_of
from consultations.meetings.selectors.sitting import mine_of, screen_of
from consultations.meetings.services import proxies, sitting, voting
from consultations.meetings.standing import Seated, carried, voices
from tests.factories.meetings import Sitting, convened
from tests.factories.process import person

NAMES = "abcdefg"
SEATS = [
    *(Seated(one, "families", True) for one in "abc"),
    *(Seated(one, "families", False) for one in "de"),
    *(Seated(one, "staff", True) for one in "fg"),
]


@given(
    st.frozensets(st.sampled_from(NAMES)), st.dictionaries(st.sampled_from("abcfg"), st.sampled_from(NAMES))
)
def test_a_seat_votes_once_and_only_through_someone_there(
    here: frozenset[str], given: dict[str, str]
) -> None:
    proxies_of = {giver: holder for giver, holder in given.items() if giver != holder}
    held = voices(SEATS, here, [giver for giver, holder in proxies_of.items() if holder in here])
    votes = held + carried(SEATS, here, held, proxies_of)
    seats = [one.seat for one in votes]
    assert len(seats) == len(set(seats))
    assert {one.key for one in votes} <= here
    assert len(held) == len(voices(SEATS, here))  # a proxy never takes a chair from a substitute
    assert all(one.seat not in here for one in votes if one.is_proxy)


def test_a_substitute_sits_first_for_whom_nobody_carries() -> None:
    held = voices(SEATS, {"c", "d"}, represented=["a"])
    assert [(one.key, one.seat) for one in held] == [("c", "c"), ("d", "b")]
    assert [(one.key, one.seat) for one in carried(SEATS, {"c", "d"}, held, {"a": "c"})] == [("c", "a")]


def allowed(most: int = 1, **fields: Any) -> Sitting:
    """A council whose bylaws let members vote for so many absent ones, five users and families there."""
    made = convened()
    made.council.bylaw_versions.create(
        valid_from=datetime.date(2025, 2, 1), values={"proxies_per_member": most}, reason="décidé"
    )
    made.come(*made.users_side[:5], *made.others[:1])
    sitting.open_meeting(actor=made.secretary, meeting=made.meeting)
    made.again()
    return made


def give(made: Sitting, index: int = 5, to: int = 0) -> Proxy:
    return proxies.record_proxy(
        actor=made.secretary, meeting=made.meeting, giver=made.users_side[index], holder=made.users_side[to]
    )


@pytest.mark.django_db
def test_no_proxy_unless_the_bylaws_allow_it() -> None:
    made = convened()
    with pytest.raises(ValidationError, match="règlement"):
        give(made)
    assert not Proxy.objects.exists()


@pytest.mark.django_db
def test_a_proxy_votes_beside_its_holder_and_never_makes_the_quorum() -> None:
    made = allowed()
    before = room_of(made.meeting)
    give(made)
    room = room_of(made.meeting)
    assert (len(room.voices), len(before.voices)) == (7, 6)
    assert room.verdict.presence == before.verdict.presence
    decision = made.vote(made.start(made.item()), "on_phones")
    attendance = made.meeting.attendances.get(mandate=made.users_side[0])
    ballots = mine_of(screen_of(made.again()), attendance).ballots
    assert [(one.is_proxy, one.voter) for one in ballots] == [
        (False, ""),
        (True, made.users_side[5].person_name),
    ]
    for one, choice in zip(ballots, ("for", "against"), strict=True):
        assert voting.cast_vote(attendance=attendance, decision=decision, choice=choice, seat=one.seat)
        assert not voting.cast_vote(attendance=attendance, decision=decision, choice=choice, seat=one.seat)
    closed = voting.close_decision(actor=made.secretary, decision=decision)
    assert (closed.votes.for_, closed.votes.against, closed.present_count) == (1, 1, 7)
    absent = minutes_content(made.again())["attendance"]["absent"]
    assert any("pouvoir donné à" in one for one in absent)


@pytest.mark.django_db
def test_a_proxy_sleeps_when_the_member_comes_or_a_substitute_sits() -> None:
    made = allowed()
    give(made)
    holder = made.meeting.attendances.get(mandate=made.users_side[0])
    made.come(made.substitutes["families"][0])
    room = room_of(made.meeting)
    assert (len(room.voices), sum(one.is_proxy for one in room.voices)) == (7, 0)
    decision = made.vote(made.start(made.item()), "on_phones")
    with pytest.raises(PermissionDenied):
        voting.cast_vote(attendance=holder, decision=decision, choice="for", seat=made.users_side[5].pk)


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["twice", "too many", "there", "oneself", "substitute", "stranger"])
def test_wrong_proxies_are_refused_by_name(wrong: str) -> None:
    made = allowed()
    other = convened()
    absent, holder = made.others[1], made.users_side[0]
    if wrong in {"twice", "too many"}:
        give(made)
    giver = {
        "twice": made.users_side[5],
        "there": made.users_side[1],
        "oneself": made.users_side[5],
        "substitute": made.substitutes["families"][0],
        "stranger": other.users_side[0],
    }.get(wrong, absent)
    holder = {"twice": made.users_side[1], "oneself": giver}.get(wrong, holder)
    with pytest.raises(ValidationError):
        proxies.record_proxy(actor=made.secretary, meeting=made.meeting, giver=giver, holder=holder)


@pytest.mark.django_db
def test_a_withdrawn_proxy_stays_readable_and_frees_its_giver() -> None:
    made = allowed()
    first = give(made)
    proxies.withdraw_proxy(actor=made.secretary, proxy=first)
    give(made, to=1)
    assert Proxy.objects.filter(withdrawn_on=None).count() == 1
    assert Proxy.objects.count() == 2
    with pytest.raises(PermissionDenied):
        proxies.withdraw_proxy(actor=person(), proxy=first)


@pytest.mark.django_db
def test_from_the_attendance_sheet(client: Any) -> None:
    made = allowed()
    client.force_login(made.secretary)
    address = f"/espace/reunions/{made.meeting.pk}/presences/"
    given_to = {"giver": made.users_side[5].pk, "holder": made.users_side[0].pk}
    page = client.post(f"{address}pouvoirs/", given_to, follow=True)
    assert "vote à sa place" in page.content.decode()
    assert client.post(f"{address}pouvoirs/", given_to).status_code == 422
    client.post(f"{address}pouvoirs/{Proxy.objects.get().pk}/")
    assert Proxy.objects.get().withdrawn_on is not None
