"""Opinions through a federation: allowed, passed up, joined, answered, read back; nothing lost on the way."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from consultations.councils.models import FederationMembership
from consultations.lineage.models import Link
from consultations.meetings.majority import Votes
from consultations.opinions.models import Forwarding, Opinion
from consultations.opinions.permissions import can_merge, can_read_received
from consultations.opinions.selectors.federation import (
    common_topics,
    joint_opinions,
    received_by,
    received_topics,
)
from consultations.opinions.selectors.passages import family_of, passage_of, votes_in
from consultations.opinions.services import answering, life
from consultations.opinions.services import federation as up
from tests.factories.councils import council, member_of, secretary_of
from tests.factories.days import days_ago
from tests.factories.federations import Joined, join, joined, pass_up
from tests.factories.opinions import FOR, answered, given, in_state, people, sent
from tests.factories.process import body, person

pytestmark = pytest.mark.django_db
S = Opinion.State
PASSING = (S.VOTED, *Opinion.WAITING, S.ANSWERED)


def send(made: Joined, joint: Opinion) -> Opinion:
    """Voted by the federation, sent to the département."""
    life.record_vote(actor=None, opinion=joint, on=timezone.localdate(), votes=FOR, note="Relevé")
    to = body(made.federation.territory, "Département")
    return life.send_opinion(actor=None, opinion=joint, sent_to=to, on=timezone.localdate())


def answer(opinion: Opinion, kind: str = "accepted") -> None:
    answering.answer_opinion(actor=None, opinion=opinion, given=given(kind))


def test_an_opinion_goes_up_only_where_its_council_allowed_it() -> None:
    made = joined()
    opinion = made.opinion()
    with pytest.raises(ValidationError, match="Fédération"):
        up.forward_opinion(actor=None, opinion=opinion, federation=made.federation)
    with pytest.raises(ValidationError):
        up.allow_forwarding(actor=None, opinion=opinion, federation=made.federation, note=" ")
    secretary = secretary_of(opinion.council)
    permission = up.allow_forwarding(
        actor=secretary, opinion=opinion, federation=made.federation, note="Relevé du 12 mars"
    )
    assert (permission.recorded_by, permission.actor_role, permission.decided_on) == (
        secretary, "secretary", timezone.localdate(),
    )  # fmt: skip
    again = up.allow_forwarding(actor=secretary, opinion=opinion, federation=made.federation, note="Encore")
    assert again == permission
    first = up.forward_opinion(actor=secretary, opinion=opinion, federation=made.federation)
    assert up.forward_opinion(actor=secretary, opinion=opinion, federation=made.federation) == first
    assert [one.opinion for one in received_by(made.federation)] == [opinion]


def test_never_to_a_federation_its_council_does_not_belong_to() -> None:
    made, other = joined(), joined(1)
    opinion = made.opinion()
    for stranger in (other.federation, made.members[1], opinion.council):
        with pytest.raises(ValidationError):
            up.allow_forwarding(actor=None, opinion=opinion, federation=stranger, note="Relevé")
    up.allow_forwarding(actor=None, opinion=opinion, federation=made.federation, note="Relevé")
    FederationMembership.objects.update(left_on=days_ago(1))
    with pytest.raises(ValidationError):
        up.forward_opinion(actor=None, opinion=opinion, federation=made.federation)


def test_a_permission_taken_back_takes_the_opinion_back() -> None:
    made = joined()
    opinion = made.passed()
    permission = opinion.forward_permissions.get()
    up.withdraw_permission(actor=None, permission=permission)
    assert received_by(made.federation) == []
    with pytest.raises(ValidationError, match=opinion.title):
        made.merge(opinion)
    pass_up(opinion, made.federation)
    joint = made.merge(opinion)
    with pytest.raises(ValidationError, match=joint.title):
        up.withdraw_permission(actor=None, permission=opinion.forward_permissions.get(withdrawn_on=None))


@pytest.mark.parametrize("state", [str(one) for one in S])
def test_in_which_states_an_opinion_goes_up(state: str) -> None:
    made = joined(1)
    opinion = in_state(state, made.members[0])
    secretary = secretary_of(opinion.council)
    if state in PASSING:
        up.allow_forwarding(actor=secretary, opinion=opinion, federation=made.federation, note="Relevé")
        up.forward_opinion(actor=secretary, opinion=opinion, federation=made.federation)
        assert Forwarding.objects.filter(opinion=opinion).exists()
    else:
        with pytest.raises((ValidationError, PermissionDenied)):
            up.allow_forwarding(actor=secretary, opinion=opinion, federation=made.federation, note="Relevé")


@pytest.mark.parametrize(
    ("actor", "may"), [("president", True), ("secretary", True), ("member", False), ("director", False), ("stranger", False)]
)  # fmt: skip
def test_who_lets_an_opinion_go_up(actor: str, may: bool) -> None:
    made = joined(1)
    ours = people(made.members[0])
    opinion, user = made.opinion(), getattr(ours, actor)
    if may:
        up.allow_forwarding(actor=user, opinion=opinion, federation=made.federation, note="Relevé")
        up.forward_opinion(actor=user, opinion=opinion, federation=made.federation)
    else:
        with pytest.raises(PermissionDenied):
            up.allow_forwarding(actor=user, opinion=opinion, federation=made.federation, note="Relevé")
        with pytest.raises(PermissionDenied):
            up.forward_opinion(actor=user, opinion=opinion, federation=made.federation)


def test_who_joins_opinions_in_a_federation() -> None:
    made = joined()
    delegate = member_of(made.federation, "supported_persons")
    table: dict[str, tuple[User, bool, bool]] = {
        "president": (made.president, True, True),
        "secretary": (made.secretary, True, True),
        "delegate": (delegate, False, True),
        "secretary of a member": (secretary_of(made.members[0]), False, False),
        "stranger": (person(), False, False),
    }
    opinion = made.passed()
    for name, (user, merges, reads) in table.items():
        assert can_merge(user, made.federation) is merges, name
        assert can_read_received(user, made.federation) is reads, name
        assert can_merge(user, made.members[0]) is False, name
        if not merges:
            with pytest.raises(PermissionDenied):
                up.merge_opinions(actor=user, federation=made.federation, opinions=[opinion])


def test_a_joint_opinion_carries_each_vote_and_its_whole_lineage() -> None:
    made = joined()
    origins = [made.passed(number) for number in range(3)]
    joint = made.merge(*origins, title="Dîner plus tard partout")
    assert joint.council == made.federation and joint.state == S.PROPOSED
    assert [vote.council for vote in votes_in(joint)] == made.members
    assert all("6" in vote.words for vote in votes_in(joint))
    assert {one.pk for one in family_of(joint).parents} == {one.pk for one in origins}
    assert [one.pk for one in family_of(origins[0]).descendants] == [joint.pk]
    assert passage_of(origins[0]).joints == [joint]
    assert Link.objects.filter(relation="merged_into").count() == 3
    assert [line.council_count for line in joint_opinions(made.federation, public=False)] == [3]
    assert [one.is_free for one in received_by(made.federation)] == [False] * 3


def test_joining_again_changes_nothing_and_another_council_may_come() -> None:
    made = joined()
    first, second = made.passed(0), made.passed(1)
    joint = made.merge(first)
    assert made.merge(first, into=joint) == joint
    assert made.merge(first, second, into=joint) == joint
    assert len(votes_in(joint)) == 2
    assert Opinion.objects.of(made.federation).count() == 1
    with pytest.raises(ValidationError, match=joint.title):
        made.merge(first)


def test_what_is_answered_withdrawn_or_not_passed_up_is_named() -> None:
    made = joined()
    done = pass_up(answered(made.members[0], title="Le linge"), made.federation)
    gone = made.passed(1, title="Le bruit")
    life.withdraw_opinion(actor=None, opinion=gone, reason="Réglé")
    kept = made.opinion(2, title="Le jardin")
    good = made.passed(2, title="Le dîner")
    with pytest.raises(ValidationError) as refused:
        made.merge(done, gone, kept, good)
    said = " ".join(refused.value.messages)
    assert all(title in said for title in ("Le linge", "Le bruit", "Le jardin")) and "Le dîner" not in said
    assert not Opinion.objects.of(made.federation).exists()


def test_an_answered_joint_opinion_takes_no_more_councils() -> None:
    made = joined()
    joint = send(made, made.merge(made.passed(0)))
    late = made.passed(1)
    answer(joint)
    with pytest.raises(ValidationError, match=joint.title):
        made.merge(late, into=joint)


def test_nothing_chosen_and_a_joint_of_elsewhere_are_refused() -> None:
    made, other = joined(), joined(1)
    with pytest.raises(ValidationError):
        made.merge()
    elsewhere = other.merge(other.passed(0))
    with pytest.raises(ValidationError, match=elsewhere.title):
        made.merge(made.passed(0), into=elsewhere)


def test_the_answer_comes_back_to_every_council_and_waits_for_its_agenda() -> None:
    made = joined()
    origins = [made.passed(number) for number in range(3)]
    joint = send(made, made.merge(*origins))
    answer(joint, "under_study")
    answer(joint, "refused")
    for origin in origins:
        origin.refresh_from_db()
        assert (origin.state, origin.answer_kind) == (S.ANSWERED, "refused")
        assert [one.kind for one in origin.answers.all()] == ["under_study", "refused"]
        assert all(one.way == "relayed" and one.read_back_on is None for one in origin.answers.all())


def test_giving_back_twice_changes_nothing() -> None:
    made = joined(1)
    joint = send(made, made.merge(made.passed(0)))
    answer(joint)
    given_back = joint.answers.get()
    answering.flow_back(actor=None, answer=given_back)
    assert [one.answers.count() for one in Opinion.objects.filter(council=made.members[0])] == [1]


def test_a_council_that_comes_late_gets_what_was_said_before() -> None:
    made = joined()
    joint = send(made, made.merge(made.passed(0)))
    answer(joint, "under_study")
    late = made.passed(1)
    made.merge(late, into=joint)
    assert [one.kind for one in late.answers.all()] == ["under_study"]


def test_withdrawn_while_joined_it_stays_withdrawn_and_learns_the_answer() -> None:
    made = joined()
    first, second = made.passed(0), made.passed(1)
    joint = send(made, made.merge(first, second))
    life.withdraw_opinion(actor=None, opinion=first, reason="Réglé entre-temps")
    assert [vote.is_withdrawn for vote in votes_in(joint)] == [True, False]
    answer(joint)
    first.refresh_from_db()
    assert first.state == S.WITHDRAWN and first.answers.count() == 1


def test_a_joint_opinion_withdrawn_frees_its_councils() -> None:
    made = joined()
    opinion = made.passed(0)
    joint = made.merge(opinion)
    life.withdraw_opinion(actor=None, opinion=joint, reason="À réécrire")
    assert [one.is_free for one in received_by(made.federation)] == [True]
    other = made.merge(opinion)
    assert other != joint and [one.pk for one in family_of(opinion).descendants] != []


def test_sent_by_itself_after_the_federation_was_answered_keeps_its_dates() -> None:
    made = joined(1)
    origin = made.passed(0)
    joint = send(made, made.merge(origin))
    to = body(made.federation.territory, "Commune")
    life.send_opinion(actor=None, opinion=origin, sent_to=to, on=timezone.localdate())
    answering.answer_opinion(actor=None, opinion=joint, given=given("accepted"))
    origin.refresh_from_db()
    assert origin.state == S.ANSWERED and origin.answered_on == timezone.localdate()


def test_from_federation_to_federation_and_back() -> None:
    made = joined()
    national = joined(0)
    join(national.federation, made.federation)
    joint = made.merge(made.passed(0), made.passed(1))
    life.record_vote(actor=None, opinion=joint, on=timezone.localdate(), votes=Votes(5, 0, 0), note="Relevé")
    pass_up(joint, national.federation)
    above = send(national, national.merge(joint))
    assert [vote.council for vote in votes_in(above)] == made.members[:2]
    assert len(family_of(above).ancestors) == 3
    answer(above)
    states = Opinion.objects.exclude(pk=above.pk).values_list("state", flat=True)
    assert set(states) == {S.ANSWERED}


def test_kept_to_members_stays_so_once_joined() -> None:
    made = joined()
    joint = made.merge(made.passed(0), made.passed(1, is_public=False))
    assert not joint.is_public


def test_topics_group_what_several_councils_say() -> None:
    made = joined()
    for number, title in enumerate(("Dîner à 19 heures", "L’heure du dîner", "Le linge perdu")):
        made.passed(number, title=title)
    assert [len(group) for group in received_topics(made.federation)] == [2, 1]
    assert common_topics(made.federation) == []
    for number in range(2):
        sent(made.members[number], title="Le dîner plus tard")
    sent(made.members[2], title="Le dîner du soir", is_public=False)
    sent(council(), title="Le dîner ailleurs")
    found = common_topics(made.federation)
    assert [sorted(one.pk for one in topic.councils) for topic in found] == [
        sorted(one.pk for one in made.members[:2])
    ]


def test_what_a_federation_received_costs_the_same_for_many(django_assert_max_num_queries: object) -> None:
    made = joined()
    for number in range(3):
        made.passed(number)
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        assert len(received_by(made.federation)) == 3


def test_a_day_to_come_is_refused() -> None:
    made = joined(1)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    with pytest.raises(ValidationError):
        up.allow_forwarding(
            actor=None, opinion=made.opinion(), federation=made.federation, note="Relevé", decided_on=tomorrow
        )
