"""Whatever happens in a room, in whatever order, every screen and the database tell the same thing."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.live.audiences import audiences_of
from consultations.live.models import Event, Room
from consultations.live.problems import Refused
from consultations.workshops.board.snapshot import state_of
from consultations.workshops.board.state import apply, empty_state, replay
from consultations.workshops.models import Card, Group, Vote
from tests.factories.workshops import OpenRoom

pytestmark = pytest.mark.django_db

INDEX = st.integers(0, 5)
# Random actions start from a board where something can happen.
WRITTEN = [
    ("stage", "start", 0),
    *[("card.add", index, f"Idée {index}") for index in range(5)],
]
SORTED = [
    *WRITTEN,
    ("cards.reveal", 0),
    ("stage", "start", 1),
    *[("group.create", [index]) for index in range(3)],
]
VOTED = [
    *SORTED,
    ("stage", "start", 2),
    ("vote.set", 0, 1, 2),
    ("vote.set", 1, 3, 1),
]
HIDDEN = [*SORTED, ("card.hide", 0), ("react", 1, 2, True), ("card.withdraw", 1, 1)]
MERGED = [*SORTED, ("group.merge", 0, 1), ("group.merge", 1, 2), ("undo",)]
START = st.sampled_from([WRITTEN, SORTED, VOTED, HIDDEN, MERGED])
WORDS = st.sampled_from(["Le bus ne passe plus", "Trop de papiers", "Personne à qui parler", "😀"])
VERBS = st.one_of(
    st.tuples(st.just("card.add"), INDEX, WORDS),
    st.tuples(st.just("card.edit"), INDEX, INDEX, WORDS),
    st.tuples(st.just("card.withdraw"), INDEX, INDEX),
    st.tuples(st.just("card.hide"), INDEX),
    st.tuples(st.just("card.accept"), INDEX),
    st.tuples(st.just("react"), INDEX, INDEX, st.booleans()),
    st.tuples(st.just("signal.set"), INDEX, st.sampled_from(["ready", "hand", "floor"]), st.booleans()),
    st.tuples(st.just("stage"), st.sampled_from(["start", "close", "reopen"]), INDEX),
    st.tuples(st.just("stage"), st.sampled_from(["pause", "resume"]), INDEX),
    st.tuples(st.just("contributions"), st.booleans(), INDEX),
    st.tuples(st.just("cards.reveal"), INDEX),
    st.tuples(st.just("group.create"), st.lists(INDEX, max_size=3)),
    st.tuples(st.just("group.rename"), INDEX),
    st.tuples(st.just("group.merge"), INDEX, INDEX),
    st.tuples(st.just("group.split"), INDEX, st.lists(INDEX, max_size=2)),
    st.tuples(st.just("group.move"), INDEX, INDEX, INDEX),
    st.tuples(st.just("undo")),
    st.tuples(st.just("vote.set"), INDEX, INDEX, st.integers(0, 4)),
    st.tuples(st.just("rank.set"), INDEX, st.lists(INDEX, max_size=3)),
)


class Play:
    """A room where random actions are tried; what is refused changes nothing."""

    def __init__(self) -> None:
        self.room = OpenRoom(2, write={"private_first": True}, group={"participants_move": True})
        self.viewers = [*self.room.people, self.room.facilitator, self.room.projector]
        self.first = [state_of(self.room.room, viewer) for viewer in self.viewers]
        self.start = Room.objects.get(pk=self.room.room.pk).seq
        self.stages = [self.room.write, self.room.group, self.room.dots, self.room.rank]

    def someone(self, index):
        return self.room.people[index % len(self.room.people)]

    def stage(self, index):
        return self.stages[index % len(self.stages)].pk

    def card(self, index):
        found = Card.objects.filter(stage__workshop=self.room.workshop)
        keys = list(found.order_by("order", "pk").values_list("pk", flat=True))
        return keys[index % len(keys)] if keys else uuid.uuid4()

    def group(self, index):
        found = Group.objects.filter(stage__workshop=self.room.workshop)
        keys = list(found.order_by("order", "pk").values_list("pk", flat=True))
        return keys[index % len(keys)] if keys else uuid.uuid4()

    def target(self, index):
        return self.group(index) if index % 2 else self.card(index)

    def act(self, verb, *given):
        try:
            getattr(self, verb.replace(".", "_"))(*given)
        except Refused as refusal:
            assert refusal.message

    def card_add(self, who, words):
        self.room.do(self.someone(who), "card.add", stage=self.room.write.pk, text=words)

    def card_edit(self, who, card, words):
        self.room.do(self.someone(who), "card.edit", card=self.card(card), text=words)

    def card_withdraw(self, who, card):
        self.room.do(self.someone(who), "card.withdraw", card=self.card(card))

    def card_hide(self, card):
        self.room.lead("card.hide", card=self.card(card), reason="Nomme quelqu’un")

    def card_accept(self, card):
        self.room.lead("card.accept", card=self.card(card))

    def react(self, who, card, on):
        self.room.do(self.someone(who), "react", card=self.card(card), kind="agree", on=on)

    def signal_set(self, who, kind, on):
        self.room.do(self.someone(who), "signal.set", kind=kind, on=on)

    def stage_(self, action, index):
        self.room.lead(f"stage.{action}", stage=self.stage(index))

    def contributions(self, is_open, index):
        self.room.lead(f"contributions.{'open' if is_open else 'close'}", stage=self.stage(index))

    def cards_reveal(self, index):
        self.room.lead("cards.reveal", stage=self.stage(index))

    def group_create(self, cards):
        chosen = [str(self.card(card)) for card in cards]
        self.room.lead("group.create", stage=self.room.group.pk, name="Transport", cards=chosen)

    def group_rename(self, group):
        self.room.lead("group.rename", group=self.group(group), name="Se déplacer")

    def group_merge(self, source, target):
        self.room.lead("group.merge", source=self.group(source), target=self.group(target))

    def group_split(self, group, cards):
        chosen = [str(self.card(card)) for card in cards]
        self.room.lead("group.split", group=self.group(group), name="À part", cards=chosen)

    def group_move(self, who, card, group):
        viewer = self.room.facilitator if who % 2 else self.someone(who)
        self.room.do(viewer, "group.move", card=self.card(card), group=self.group(group) if group else None)

    def undo(self):
        self.room.lead("undo")

    def vote_set(self, who, target, points):
        self.room.do(
            self.someone(who), "vote.set", stage=self.room.dots.pk, target=self.target(target), points=points
        )

    def rank_set(self, who, targets):
        chosen = [str(self.target(target)) for target in targets]
        self.room.do(self.someone(who), "rank.set", stage=self.room.rank.pk, targets=chosen)

    def received(self, viewer):
        """The payloads this viewer is sent, in order."""
        audiences = audiences_of(viewer)
        events = Event.objects.filter(room=self.room.room, seq__gt=self.start, audience__in=audiences)
        return [event.payload for event in events.order_by("seq")]


def run(actions):
    play = Play()
    for verb, *given_ in actions:
        play.act("stage_" if verb == "stage" else verb, *given_)
    return play


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(start=START, actions=st.lists(VERBS, min_size=3, max_size=20), cut=st.integers(0, 200))
def test_events_replayed_tell_what_the_database_tells(start, actions, cut):
    play = run([*start, *actions])
    for viewer, first in zip(play.viewers, play.first, strict=True):
        payloads = play.received(viewer)
        told = state_of(play.room.room, viewer)
        assert replay(first, payloads) == told
        halfway = replay(first, payloads[:cut])
        assert replay(halfway, payloads[cut:]) == told, "cut and resumed anywhere"


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(start=START, actions=st.lists(VERBS, min_size=3, max_size=20))
def test_nobody_is_sent_the_words_others_have_not_shown(start, actions):
    play = run([*start, *actions])
    allowed = Card.objects.kept().filter(stage__revealed=True)
    for viewer in [*play.room.people, play.room.projector]:
        mine = Card.objects.filter(participant=viewer.participant, withdrawn=False)
        may_read = {str(key) for key in allowed.values_list("pk", flat=True)}
        may_read |= {str(key) for key in mine.values_list("pk", flat=True)} if viewer.participant else set()
        for payload in play.received(viewer):
            for card in payload.get("put", {}).get("cards", []):
                assert card["id"] in may_read or not card["text"]


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(start=START, actions=st.lists(VERBS, min_size=3, max_size=20))
def test_no_card_is_lost_and_no_budget_is_passed(start, actions):
    play = run([*start, *actions])
    here = Card.objects.filter(stage__workshop=play.room.workshop)
    for card in here.exclude(group=None).select_related("group"):
        assert card.group.is_live, "a card is only in a group that stands"
    for viewer in play.room.people:
        votes = Vote.objects.filter(participant=viewer.participant, stage=play.room.dots)
        assert sum(votes.values_list("points", flat=True)) <= 5


def test_the_reducer_leaves_the_state_it_was_given():
    state = empty_state()
    after = apply(state, {"put": {"cards": [{"id": "a", "text": "Bus"}]}})
    assert state == empty_state()
    assert apply(after, {"set": {"cards": [{"id": "b", "text": "?"}]}}) == after, "set never adds"
    assert apply(after, {"put": {"cards": [{"id": "a", "group": "g"}]}})["cards"]["a"] == {
        "id": "a", "text": "Bus", "group": "g",
    }  # fmt: skip
    assert apply(after, {"drop": {"cards": ["a", "z"]}}) == state
    cleared = apply(after, {"clear": [{"collection": "cards", "field": "text", "value": "Bus"}]})
    assert cleared == state
