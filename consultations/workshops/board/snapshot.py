"""Everything a viewer needs to draw the room, and nothing they may not see."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.utils import timezone

from consultations.live.models import Participant, Room
from consultations.live.registries import Role, Viewer
from consultations.workshops.board import items
from consultations.workshops.board.state import Item, State, empty_state, keyed
from consultations.workshops.kinds import RankSettings, read_settings
from consultations.workshops.models import Card, Group, Rank, Reaction, Signal, Stage, Vote, Workshop

MOST_OTHER_CARDS = 600  # sent to a participant or a projector; the newest first
MOST_CARDS = 3000  # sent to a facilitator


def snapshot(room: Room, viewer: Viewer) -> dict[str, Any]:
    """The state of the room for this viewer, with what never changes while it is open."""
    workshop = Workshop.objects.prefetch_related("stages").get(pk=room.key)
    return {
        "workshop": {
            "id": str(workshop.pk),
            "title": workshop.title,
            "theme": workshop.theme,
            "colleges": [{"code": code, "label": label} for code, label in _colleges(workshop)],
            "code": room.code,
        },
        "me": _me(viewer.participant),
        "now": items.instant(timezone.now()),
        **state_of(workshop, viewer),
    }


def _colleges(workshop: Workshop) -> Iterable[tuple[str, str]]:
    return zip(workshop.colleges, workshop.college_labels, strict=False)


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


def state_of(workshop: Workshop, viewer: Viewer) -> State:
    """What the events this viewer receives would have built from nothing."""
    stages = list(workshop.stages.all())
    is_staff = viewer.role != Role.PARTICIPANT
    cards = visible_cards(workshop, viewer)
    state = empty_state()
    state["stages"] = keyed(items.stage_item(stage) for stage in stages)
    state["board"] = keyed([items.board_item(workshop)])
    state["cards"] = keyed(items.card_item(card, mine=_is_mine(card, viewer)) for card in cards)
    groups = Group.objects.filter(stage__workshop=workshop, removed=False, merged_into=None)
    state["groups"] = keyed(items.group_item(group) for group in groups)
    told = [s for s in stages if viewer.role == Role.FACILITATOR or s.revealed]
    state["tallies"] = keyed(tally for stage in told for tally in tally_items(stage))
    state["reactions"] = keyed(reaction_items([card.pk for card in cards if not card.hidden_reason]))
    if is_staff:
        state["counts"] = keyed(count_items(stages))
    if viewer.role == Role.FACILITATOR:
        signals = Signal.objects.filter(workshop=workshop).select_related("participant")
        state["signals"] = keyed(items.signal_item(signal) for signal in signals)
    if viewer.participant is not None:
        state.update(own_state(stages, viewer.participant))
    return state


def _is_mine(card: Card, viewer: Viewer) -> bool:
    return viewer.participant is not None and card.participant_id == viewer.participant.pk


def visible_cards(workshop: Workshop, viewer: Viewer) -> list[Card]:
    """One's own, and those everyone sees; every card for a facilitator. Bounded, the newest kept."""
    found = Card.objects.filter(stage__workshop=workshop, withdrawn=False).select_related("need")
    if viewer.role == Role.FACILITATOR:
        return sorted(found.order_by("-order")[:MOST_CARDS], key=lambda card: card.order)
    mine = Q(participant=viewer.participant) if viewer.participant else Q(pk=None)
    shown = Q(stage__revealed=True, hidden_reason="") & ~Q(late=Card.Late.WAITING)
    others = list(found.filter(shown).exclude(mine).order_by("-order")[:MOST_OTHER_CARDS])
    return sorted([*found.filter(mine), *others], key=lambda card: card.order)


def own_state(stages: list[Stage], participant: Participant) -> State:
    """A participant's own votes, orders, reactions and signals."""
    ranks: dict[UUID, list[Rank]] = defaultdict(list)
    for rank in Rank.objects.filter(participant=participant):
        ranks[rank.stage_id].append(rank)
    reacted: dict[UUID, list[str]] = defaultdict(list)
    for card, kind in Reaction.objects.filter(participant=participant, card__withdrawn=False).values_list(
        "card_id", "kind"
    ):
        reacted[card].append(kind)
    return {
        "votes": keyed(items.vote_item(vote) for vote in Vote.objects.filter(participant=participant)),
        "ranks": keyed(items.rank_item(s, ranks[s.pk]) for s in stages if s.pk in ranks),
        "reacted": keyed({"id": str(card), "kinds": sorted(kinds)} for card, kinds in reacted.items()),
        "signals": keyed(
            items.own_signal(signal) for signal in Signal.objects.filter(participant=participant)
        ),
    }


def count_items(stages: list[Stage]) -> list[Item]:
    """How many cards and voters each stage has."""
    keys = [stage.pk for stage in stages]
    kept = Card.objects.kept().filter(stage__in=keys).order_by()
    cards = dict(kept.values_list("stage").annotate(n=Count("pk")))
    voters: dict[UUID, int] = {}
    for model in (Vote, Rank):
        found = model._default_manager.filter(stage__in=keys).order_by()
        voters.update(found.values_list("stage").annotate(n=Count("participant", distinct=True)))
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
    rows = Vote.objects.filter(stage=stage).order_by().values_list("card", "group")
    counted = rows.annotate(points=Sum("points"), effort=Sum("effort"), voters=Count("pk"))
    return {
        card or group: {"points": points or 0, "effort": effort or 0, "voters": voters}
        for card, group, points, effort, voters in counted
    }


def _rank_totals(stage: Stage) -> dict[UUID, dict[str, int]]:
    settings = read_settings(stage.kind, stage.settings)
    places = settings.places if isinstance(settings, RankSettings) else 0
    rows = Rank.objects.filter(stage=stage).order_by().values_list("card", "group")
    counted = rows.annotate(points=Sum(places + 1) - Sum("position"), voters=Count("pk"))
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
