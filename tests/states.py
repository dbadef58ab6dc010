"""Every transition of a machine against every actor: one table says who may, the whole of it is walked."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from core.states import StateMachine

Table = Mapping[str, Mapping[str, Iterable[str]]]


def every_case(machine: StateMachine, actors: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """(verb, state, actor) for each verb in each state, also where the machine has no line."""
    named = tuple(actors)
    for verb in machine.verbs:
        for state in machine.states:
            for actor in named:
                yield verb, str(state), actor


def walk(
    machine: StateMachine,
    table: Table,
    actors: Mapping[str, Any],
    subject_in: Callable[[str], Any] = lambda state: None,
) -> int:
    """Assert that the machine allows exactly `table[verb][state]`; gives how many cases were compared.

    A state that the table leaves out of a verb means nobody. `subject_in` gives the object in a state.
    """
    assert set(table) == set(machine.verbs), set(table) ^ set(machine.verbs)
    cases = 0
    for verb, state, actor in every_case(machine, actors):
        expected = actor in set(table[verb].get(state, ()))
        found = machine.is_allowed(verb, actors[actor], state, subject_in(state))
        assert found is expected, (machine.name, verb, state, actor, "allowed" if found else "refused")
        cases += 1
    return cases
