"""What every screen keeps of a room, and how an event changes it. Pure: the browser's copy mirrors it.

A state is one dictionary by collection, of items by id. An event's payload says `put` (add, or complete what
is there), `set` (change only what is known), `drop` (forget) and `clear` (forget all that have a value):
whatever happened in the room is told in these four words, so that no screen holds a rule.
"""

from collections.abc import Iterable, Mapping
from typing import Any

COLLECTIONS = (
    "board",
    "stages",
    "cards",
    "groups",
    "tallies",
    "counts",
    "votes",
    "ranks",
    "reactions",
    "reacted",
    "signals",
    "polls",
    "voted",
    "undoable",
)
Item = dict[str, Any]
State = dict[str, dict[str, Item]]


def empty_state() -> State:
    return {name: {} for name in COLLECTIONS}


def apply(state: State, payload: Mapping[str, Any]) -> State:
    """The state after an event; the one given is left as it was."""
    after = {name: dict(items) for name, items in state.items()}
    for rule in payload.get("clear", []):
        items = after[rule["collection"]]
        for key in [key for key, item in items.items() if item.get(rule["field"]) == rule["value"]]:
            del items[key]
    for name, keys in payload.get("drop", {}).items():
        for key in keys:
            after[name].pop(key, None)
    for name, items in payload.get("put", {}).items():
        for item in items:
            after[name][item["id"]] = {**after[name].get(item["id"], {}), **item}
    for name, items in payload.get("set", {}).items():
        for item in items:
            if item["id"] in after[name]:
                after[name][item["id"]] = {**after[name][item["id"]], **item}
    return after


def replay(state: State, payloads: Iterable[Mapping[str, Any]]) -> State:
    """The state after these events, in order."""
    for payload in payloads:
        state = apply(state, payload)
    return state


def keyed(items: Iterable[Item]) -> dict[str, Item]:
    """Items as a collection of a state."""
    return {item["id"]: item for item in items}


def whole_state(snapshot: Mapping[str, Any]) -> State:
    """The state a snapshot gives: what all see, completed by what is one's own."""
    shared, own = snapshot["state"], snapshot.get("own", {})
    return {name: {**shared.get(name, {}), **own.get(name, {})} for name in COLLECTIONS}
