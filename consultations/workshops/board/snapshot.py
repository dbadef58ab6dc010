"""Everything a viewer needs to draw the room, and nothing they may not see."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Sum
from django.utils import timezone

from consultations.live.models import Participant, Room
from consultations.live.registries import Role, Viewer
from consultations.polls.models import Poll, Voter
from consultations.polls.services.voting import key_hash
from consultations.workshops.board import items
from consultations.workshops.board.state import Item, State, empty_state, keyed, whole_state
from consultations.workshops.kinds import RankSettings, read_settings
from consultations.workshops.models import (
    BoardOperation,
    Card,
    Group,
    Rank,
    Reaction,
    Signal,
    Stage,
    Vote,
    Workshop,
)
from consultations.workshops.polling import PLACE, polls_of, voter_key

MOST_OTHER_CARDS = 600  # sent to a participant or a projector; the newest first
MOST_KEYS = 5_000  # in one question to the database
MOST_CARDS = 3000  # sent to a facilitator


def shared(room: Room, role: Role) -> dict[str, Any]:
    """What every viewer of a role sees alike: drawn once for a thousand late joiners."""
    workshop = Workshop.objects.prefetch_related("stages").get(pk=room.key)
    colleges = zip(workshop.colleges, workshop.college_labels, strict=False)
    return {
        "workshop": {
            "id": str(workshop.pk),
            "title": workshop.title,
            "theme": workshop.theme,
            "colleges": [{"code": code, "label": label} for code, label in colleges],
            "code": room.code,
        },
        "state": shared_state(workshop, role),
    }


def snapshot(room: Room, viewer: Viewer) -> dict[str, Any]:
    """What is this viewer's alone; with `shared`, everything needed to draw the room (`whole_state`)."""
    return snapshots(room, [viewer])[0]


def snapshots(room: Room, viewers: Sequence[Viewer]) -> list[dict[str, Any]]:
    """The same for many who come in together."""
    own = own_states(room.key, [viewer.participant for viewer in viewers if viewer.participant])
    now = items.instant(timezone.now())
    return [
        {
            "me": _me(viewer.participant),
            "now": now,
            "own": own[viewer.participant.pk] if viewer.participant else {},
        }
        for viewer in viewers
    ]


def state_of(room: Room, viewer: Viewer) -> State:
    """What the events this viewer receives would have built from nothing."""
    return whole_state({**shared(room, viewer.role), **snapshot(room, viewer)})


def _me(participant: Participant | None) -> Item | None:
    if participant is None:
        return None
    return {
        "id": str(participant.pk),
        "name": participant.display_name,
        "college": participant.college,
        "device": participant.device,
        "headcount": participant.headcount,
        "table": participant.table,
    }


def shared_state(workshop: Workshop, role: Role) -> State:
    """The board as a role sees it; a participant's own cards come apart."""
    stages = list(workshop.stages.all())
    cards = visible_cards(workshop, role)
    state = empty_state()
    state["stages"] = keyed(items.stage_item(stage) for stage in stages)
    state["board"] = keyed([items.board_item(workshop)])
    state["cards"] = keyed(items.card_item(card) for card in cards)
    groups = Group.objects.filter(stage__workshop=workshop, removed=False, merged_into=None)
    state["groups"] = keyed(items.group_item(group) for group in groups)
    told = [s for s in stages if role == Role.FACILITATOR or s.revealed]
    state["tallies"] = keyed(tally for stage in told for tally in tally_items(stage))
    state["reactions"] = keyed(reaction_items([card.pk for card in cards if not card.hidden_reason]))
    polls = polls_of(workshop)
    asked = [poll for poll in polls if role == Role.FACILITATOR or poll.status != poll.Status.DRAFT]
    state["polls"] = keyed(items.poll_item(poll) for poll in asked)
    if role != Role.PARTICIPANT:
        state["counts"] = keyed(count_items(stages))
    if role == Role.FACILITATOR:
        signals = Signal.objects.filter(workshop=workshop).select_related("participant")
        state["signals"] = keyed(items.signal_item(signal) for signal in signals)
        last = BoardOperation.objects.last_of(workshop.pk)
        state["undoable"] = keyed([items.undoable_item(last)] if last else [])
    return state


def visible_cards(workshop: Workshop, role: Role) -> list[Card]:
    """Those everyone sees, or all of them for a facilitator. Bounded, the newest kept, in order."""
    found = Card.objects.filter(stage__workshop=workshop, withdrawn=False).select_related("need")
    most = MOST_CARDS
    if role != Role.FACILITATOR:
        found = found.filter(stage__revealed=True, hidden_reason="").exclude(late=Card.Late.WAITING)
        most = MOST_OTHER_CARDS
    return sorted(found.order_by("-order", "-pk")[:most], key=lambda card: (card.order, card.pk))


def own_states(workshop_id: str, participants: Sequence[Participant]) -> dict[UUID, State]:
    """By participant, their own cards, votes, orders, reactions and signals: read once for all of them."""
    whose = [participant.pk for participant in participants]
    if not whose:
        return {}
    cards = Card.objects.filter(participant__in=whose, withdrawn=False).select_related("need")
    reactions = Reaction.objects.filter(participant__in=whose, card__withdrawn=False)
    signals = Signal.objects.filter(workshop_id=workshop_id, participant__in=whose)
    found = {
        "cards": _by_owner(cards),
        "votes": _by_owner(Vote.objects.filter(participant__in=whose)),
        "ranks": _by_owner(Rank.objects.filter(participant__in=whose)),
        "reacted": _by_owner(reactions),
        "signals": _by_owner(signals),
    }
    voted = voted_polls(workshop_id, participants)
    return {pk: own_state({name: rows[pk] for name, rows in found.items()}, voted[pk]) for pk in whose}


def _by_owner(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    owned: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        owned[row.participant_id].append(row)
    return owned


def own_state(rows: Mapping[str, list[Any]], voted: Iterable[UUID]) -> State:
    """What is one's own, as a state."""
    ranks: dict[UUID, list[Rank]] = defaultdict(list)
    for rank in rows["ranks"]:
        ranks[rank.stage_id].append(rank)
    reacted: dict[UUID, list[str]] = defaultdict(list)
    for reaction in rows["reacted"]:
        reacted[reaction.card_id].append(reaction.kind)
    return {
        "cards": keyed(items.card_item(card, mine=True) for card in rows["cards"]),
        "votes": keyed(items.vote_item(vote) for vote in rows["votes"]),
        "ranks": keyed(items.rank_item(stage, found) for stage, found in ranks.items()),
        "reacted": keyed({"id": str(card), "kinds": sorted(kinds)} for card, kinds in reacted.items()),
        "signals": keyed(items.own_signal(signal) for signal in rows["signals"]),
        "voted": keyed({"id": str(key)} for key in voted),
    }


def voted_polls(workshop_id: str, participants: Sequence[Participant]) -> dict[UUID, list[UUID]]:
    """By device, the open polls in which all of its people have voted; forgotten when a poll closes."""
    polls = list(Poll.objects.at(PLACE, workshop_id).filter(status=Poll.Status.OPEN))
    given = ballots_of(polls, participants)
    return {
        one.pk: sorted(key for key, count in given[one.pk].items() if count >= one.headcount)
        for one in participants
    }


def ballots_given(polls: Sequence[Poll], participant: Participant) -> dict[UUID, int]:
    """How many ballots this device has cast in each open poll: a shared tablet has one for each of its people."""
    return ballots_of(polls, [participant])[participant.pk]


def ballots_of(polls: Sequence[Poll], participants: Sequence[Participant]) -> dict[UUID, Counter[UUID]]:
    """The same for many devices."""
    hashes = {
        key_hash(poll, voter_key(one.pk, turn)): (one.pk, poll.pk)
        for poll in polls
        for one in participants
        for turn in range(one.headcount)
    }
    given: dict[UUID, Counter[UUID]] = {one.pk: Counter() for one in participants}
    voted = Voter.objects.filter(poll__in=[poll.pk for poll in polls], has_voted=True)
    keys = list(hashes)
    for start in range(0, len(keys), MOST_KEYS):
        some = voted.filter(key_hash__in=keys[start : start + MOST_KEYS])
        for digest in some.values_list("key_hash", flat=True):
            device, poll = hashes[digest]
            given[device][poll] += 1
    return given


def count_items(stages: list[Stage]) -> list[Item]:
    """How many cards each stage has, and how many people voted: a shared tablet speaks for its table."""
    keys = [stage.pk for stage in stages]
    kept = Card.objects.kept().filter(stage__in=keys).order_by()
    cards = dict(kept.values_list("stage").annotate(n=Count("pk")))
    voters: dict[UUID, int] = defaultdict(int)
    for model in (Vote, Rank):
        found = model._default_manager.filter(stage__in=keys).order_by()
        devices = found.values_list("stage", "participant", "participant__headcount").distinct()
        for key, _participant, people in devices:
            voters[key] += people
    return [
        {"id": str(key), "cards": cards.get(key, 0), "voters": voters.get(key, 0)}
        for key in keys
        if cards.get(key) or voters.get(key)
    ]


def count_item(stage: Stage) -> Item:
    """The same for one stage, zero included."""
    found = count_items([stage])
    return found[0] if found else {"id": str(stage.pk), "cards": 0, "voters": 0}


def tally_items(stage: Stage, targets: Iterable[UUID] | None = None) -> list[Item]:
    """Totals by target; `targets` keeps only these, and gives a zero to those nobody chose."""
    totals = _rank_totals(stage) if stage.kind == Stage.Kind.RANK else _vote_totals(stage)
    wanted = [key for key in totals if key] if targets is None else list(targets)
    nothing = {"points": 0, "effort": 0, "voters": 0}
    return [
        {
            "id": items.vote_key(stage.pk, key),
            "stage": str(stage.pk),
            "target": str(key),
            **totals.get(key, nothing),
        }
        for key in wanted
    ]


def _vote_totals(stage: Stage) -> dict[UUID, dict[str, int]]:
    """A table's score or place counts for each of its people; its dots were multiplied already."""
    people = F("participant__headcount")
    weight = 1 if stage.kind == Stage.Kind.DOTS else people
    rows = Vote.objects.filter(stage=stage).order_by().values_list("card", "group")
    counted = rows.annotate(
        total=Sum(F("points") * weight), hard=Sum(F("effort") * weight), heads=Sum(people)
    )
    return {
        card or group: {"points": points or 0, "effort": effort or 0, "voters": voters}
        for card, group, points, effort, voters in counted
    }


def _rank_totals(stage: Stage) -> dict[UUID, dict[str, int]]:
    settings = read_settings(stage.kind, stage.settings)
    places = settings.places if isinstance(settings, RankSettings) else 0
    rows = Rank.objects.filter(stage=stage).order_by().values_list("card", "group")
    people = F("participant__headcount")
    worth = (places + 1 - F("position")) * people
    counted = rows.annotate(points=Sum(worth), voters=Sum(people))
    return {
        card or group: {"points": points or 0, "effort": 0, "voters": voters}
        for card, group, points, voters in counted
    }


def reaction_items(cards: Iterable[UUID]) -> list[Item]:
    """How many people reacted to these cards, by kind."""
    counts: dict[UUID, dict[str, int]] = {}
    rows = Reaction.objects.filter(card__in=list(cards)).order_by().values_list("card", "kind")
    for card, kind, number in rows.annotate(n=Count("pk")):
        counts.setdefault(card, dict.fromkeys(Reaction.Kind.values, 0))[kind] = number
    return [{"id": str(card), **kinds} for card, kinds in counts.items()]
