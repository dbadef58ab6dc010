"""How the two states of a poll move together: while people vote, and once at the end. Pure (`protection`)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from consultations.polls.definition import Definition
from consultations.polls.protection import (
    EVERYONE,
    ORGANISERS,
    Rule,
    Shown,
    advance,
    as_tally,
    is_followed,
    with_colleges,
)
from consultations.polls.tally import Tally

NOTHING = Shown()


@dataclass(frozen=True)
class States:
    """What organisers and everyone see, and what each will see once enough ballots have followed it."""

    organisers: Shown = NOTHING
    everyone: Shown = NOTHING
    next_organisers: Shown = NOTHING
    next_everyone: Shown = NOTHING


def rule_of(definition: Definition, minimum: int) -> Rule:
    """The rule of a question for one kind of reader."""
    return Rule(minimum, definition.is_partition, definition.is_bound, bands=definition.bands())


def move(before: States, counted: Tally, definition: Definition) -> States:
    """One step while people vote: show what is followed, prepare what comes next."""
    rule, public_rule = rule_of(definition, ORGANISERS), rule_of(definition, EVERYONE)
    organisers, everyone = before.organisers, before.everyone
    coming, public_coming = before.next_organisers, before.next_everyone
    if public_coming.count and is_followed(public_coming, counted, public_rule):
        everyone, public_coming = public_coming, Shown()
    if coming.count and is_followed(coming, counted, rule):
        organisers, coming = coming, Shown()
        if not public_coming.count:
            public_rule = replace(public_rule, within=codes_of(organisers))
            public_coming = _next(everyone, as_tally(organisers), public_rule)
    if not coming.count:
        coming = _next(organisers, counted, rule)
    return States(organisers, everyone, coming, public_coming)


def _next(state: Shown, counted: Tally, rule: Rule) -> Shown:
    found = advance(state, counted, rule)
    return found if found != state else Shown()


def end(
    before: States, counted: Tally, definition: Definition, by_college: Mapping[str, Tally] | None = None
) -> States:
    """The last states, of every ballot; what was only coming is forgotten.

    Groups of people (`by_college`) are told apart only when nothing was shown before.
    """
    rule = replace(rule_of(definition, ORGANISERS), is_final=True)
    organisers = advance(before.organisers, counted, rule)
    if not organisers.count:
        return States()
    if organisers == before.organisers:
        counted = as_tally(organisers)
    public_rule = replace(rule_of(definition, EVERYONE), is_final=True, within=codes_of(organisers))
    everyone = advance(before.everyone, counted, public_rule)
    if by_college and not before.organisers.count:
        organisers = with_colleges(organisers, by_college, rule)
        if organisers.colleges and everyone.count:
            everyone = with_colleges(everyone, by_college, public_rule)
    return States(organisers, everyone)


def codes_of(state: Shown) -> tuple[tuple[str, ...], ...]:
    """The options of a state, as it groups them."""
    return tuple(group.codes for group in state.groups)
