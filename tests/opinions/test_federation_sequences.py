"""Any sequence of forwarding, joining, answering and withdrawing: no council lost, no circle, nothing told twice."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.councils.models import Council
from consultations.opinions.merging import below
from consultations.opinions.models import Forwarding, Opinion
from consultations.opinions.selectors.passages import edges_around, family_of
from consultations.opinions.services import answering, life
from consultations.opinions.services import federation as up
from tests.factories.councils import council
from tests.factories.federations import join, pass_up
from tests.factories.opinions import given as an_answer

pytestmark = pytest.mark.django_db
S = Opinion.State
COUNT = 4
ORIGINS = st.integers(0, COUNT - 1)
STEP = st.one_of(
    st.tuples(st.just("forward"), ORIGINS),
    st.tuples(st.just("join"), st.sets(ORIGINS, min_size=1, max_size=2), st.none() | st.integers(0, 3)),
    st.tuples(st.just("answer"), st.integers(0, 3), st.sampled_from(["accepted", "refused", "under_study"])),
    st.tuples(st.just("withdraw"), ORIGINS),
    st.tuples(st.just("drop"), st.integers(0, 3)),
    st.tuples(st.just("up"), st.integers(0, 3)),
    st.tuples(
        st.just("again"),
    ),
)


class Nothing(Exception):
    """There is nothing to do this to yet."""


@dataclass
class World:
    """Four councils in a federation, itself in a larger one."""

    small: Council
    large: Council
    origins: list[Opinion]

    def joint(self, number: int, of: Council) -> Opinion:
        """One of the joint opinions there are; nothing to do while there is none."""
        found = list(Opinion.objects.of(of).order_by("created_at", "pk"))
        if not found:
            raise Nothing
        return found[number % len(found)]

    def act(self, step: tuple[Any, ...]) -> None:
        """Do it, or be refused: what is refused must change nothing."""
        before = snapshot()
        try:
            with transaction.atomic():
                getattr(self, step[0])(*step[1:])
        except (ValidationError, Nothing):
            assert snapshot() == before

    def origin(self, number: int) -> Opinion:
        return Opinion.objects.get(pk=self.origins[number].pk)

    def forward(self, number: int) -> None:
        pass_up(self.origin(number), self.small)

    def join(self, numbers: set[int], into: int | None) -> None:
        joint = None if into is None else self.joint(into, self.small)
        listed = [self.origin(one) for one in numbers]
        up.merge_opinions(actor=None, federation=self.small, opinions=listed, into=joint)

    def answer(self, number: int, kind: str) -> None:
        is_up = number % 2 and Opinion.objects.of(self.large).exists()
        target = self.joint(number, self.large if is_up else self.small)
        sent(target)
        answering.answer_opinion(actor=None, opinion=target, given=an_answer(kind))

    def withdraw(self, number: int) -> None:
        life.withdraw_opinion(actor=None, opinion=self.origin(number), reason="Réglé")

    def drop(self, number: int) -> None:
        life.withdraw_opinion(actor=None, opinion=self.joint(number, self.small), reason="À réécrire")

    def up(self, number: int) -> None:
        joint = self.joint(number, self.small)
        Opinion.objects.filter(pk=joint.pk, state=S.PROPOSED).update(
            state=S.VOTED, voted_on=timezone.localdate(), number=100 + number
        )
        joint.refresh_from_db()
        pass_up(joint, self.large)
        up.merge_opinions(actor=None, federation=self.large, opinions=[joint])

    def again(self) -> None:
        """Everything answered is given back once more."""
        for joint in Opinion.objects.filter(joined__isnull=False).distinct():
            for one in joint.answers.all():
                answering.flow_back(actor=None, answer=one)


def sent(opinion: Opinion) -> None:
    """A joint opinion straight to sent, today."""
    today = timezone.localdate()
    days = {"voted_on": today, "sent_on": today, "due_on": today, "first_due_on": today}
    Opinion.objects.filter(pk=opinion.pk, state__in=(S.PROPOSED, S.VOTED)).update(state=S.SENT, **days)


def snapshot() -> list[Any]:
    states = list(Opinion.objects.order_by("pk").values_list("pk", "state", "answer_kind"))
    edges = list(Forwarding.objects.order_by("pk").values_list("opinion", "joint"))
    return [states, edges, Opinion.objects.filter(answers__isnull=False).count()]


def world() -> World:
    small, large = council("federation", seats={}), council("federation", seats={})
    members = [council(seats={}) for _one in range(COUNT)]
    join(small, *members)
    join(large, small)
    today = timezone.localdate()
    origins = [
        Opinion.objects.create(
            council=one, title=f"Le dîner {number}", text="Plus tard.", state=S.VOTED, number=1,
            proposed_on=today, voted_on=today, vote={"counts": {"": {"for": 5, "against": 1, "abstain": 0}}},
        )
        for number, one in enumerate(members)
    ]  # fmt: skip
    for one in origins[:3]:
        pass_up(one, small)
    return World(small, large, origins)


def verify(made: World) -> None:
    """The invariants, after every step."""
    edges = edges_around([one.pk for one in Opinion.objects.all()])
    for opinion in Opinion.objects.prefetch_related("answers"):
        down = below(edges, opinion.pk)
        assert opinion.pk not in down
        for answer in opinion.answers.all():
            for low in {low for low, high in edges if high == opinion.pk}:
                copies = [one for one in answer.relayed_to.all() if one.opinion_id == low]
                assert len(copies) == 1, "an answer came back to each council, once"
    for origin in made.origins:
        live = Forwarding.objects.filter(opinion=origin, joint__isnull=False).exclude(
            joint__state=S.WITHDRAWN
        )
        assert live.count() <= 1
        for one in live:
            assert one.joint in family_of(origin).descendants
            assert origin.pk in [kin.pk for kin in family_of(one.joint).parents]
    assert Opinion.objects.filter(pk__in=[one.pk for one in made.origins]).count() == COUNT


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, min_size=5, max_size=14))
def test_no_sequence_loses_a_council_or_makes_a_circle(steps: list[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        made = world()
        for step in steps:
            made.act(step)
            verify(made)
        transaction.set_rollback(True)
