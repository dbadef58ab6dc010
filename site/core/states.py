"""What has a life as data: its states, what may be done in each, by whom, with what, and what follows.

An app declares one `StateMachine` per kind of object. Permissions, services and templates ask the same machine:
`can` before showing a button, `apply` to do it. Nothing here reads the database or knows a user: `may` is a
function of *who* (a user, or what the person is to the object) and of the object.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Words = str | Promise
May = Callable[[Any, Any], bool]


def anyone(who: Any, subject: Any) -> bool:
    """Whoever asks: the caller has its own lock, or the tick does it."""
    return True


def one_of(*actors: str) -> May:
    """Those whose part in the object is among `actors`, when the machine is asked about parts, not users."""
    held = frozenset(actors)
    return lambda who, subject: who in held


def any_of(*parts: str) -> May:
    """Those who hold at least one of `parts`, when the machine is asked about the set of a person's parts."""
    wanted = frozenset(parts)
    return lambda who, subject: bool(wanted & who)


@dataclass(frozen=True)
class Transition:
    """What may be done in some states: by whom, with what given, and the state that follows (None: the same)."""

    name: str
    label: Words
    sources: frozenset[str]
    target: str | None
    may: May
    requires: tuple[str, ...] = ()

    @property
    def moves(self) -> bool:
        """False for a right that leaves the state as it is."""
        return self.target is not None


def transition(
    name: str,
    label: Words,
    sources: str | Iterable[str],
    target: str | None = None,
    *,
    may: May = anyone,
    requires: Iterable[str] = (),
) -> Transition:
    """A line of the table; one source may be written alone."""
    states = {sources} if isinstance(sources, str) else sources
    return Transition(
        name, label, frozenset(str(state) for state in states), target and str(target), may, tuple(requires)
    )


class RefusedTransition(ValidationError):
    """Not now, or not without this: what was asked, where the object stands, and what is possible instead."""

    def __init__(self, message: Any, *, verb: str, state: str, possible: tuple[str, ...]) -> None:
        super().__init__(message, code="refused_transition")
        self.verb, self.state, self.possible = verb, state, possible


@dataclass(frozen=True)
class StateMachine:
    """The whole table. A verb has at most one line per state; a state nothing leaves is final."""

    name: str
    states: Mapping[str, Words]
    transitions: tuple[Transition, ...]
    field: str = "state"

    def __post_init__(self) -> None:
        seen = set()
        for line in self.transitions:
            unknown = ({*line.sources, line.target} - {None}) - set(self.states)
            if unknown:
                raise ValueError(
                    f"{self.name}: {line.name!r} names unknown states {sorted(map(str, unknown))}"
                )
            for source in line.sources:
                if (line.name, source) in seen:
                    raise ValueError(f"{self.name}: {line.name!r} has two lines for {source!r}")
                seen.add((line.name, source))

    @property
    def verbs(self) -> tuple[str, ...]:
        """Every verb once, in the order of the table."""
        return tuple(dict.fromkeys(line.name for line in self.transitions))

    @property
    def final(self) -> frozenset[str]:
        """The states nothing leaves."""
        left = {source for line in self.transitions if line.moves for source in line.sources}
        return frozenset(self.states) - left

    def state_of(self, subject: Any) -> str:
        """Where the object stands."""
        return str(getattr(subject, self.field))

    def find(self, verb: str, state: str) -> Transition | None:
        """The line of this verb in this state; None when there is none."""
        return next((one for one in self.transitions if one.name == verb and state in one.sources), None)

    def is_allowed(self, verb: str, who: Any, state: str, subject: Any = None) -> bool:
        """What the table says of a verb in a state; an unknown verb is refused."""
        line = self.find(verb, state)
        return line is not None and line.may(who, subject)

    def can(self, verb: str, who: Any, subject: Any) -> bool:
        """What the table says of a verb for an object as it stands."""
        return self.is_allowed(verb, who, self.state_of(subject), subject)

    def possible(self, who: Any, subject: Any) -> tuple[Transition, ...]:
        """What this person may do now, in the order of the table."""
        state = self.state_of(subject)
        return tuple(line for line in self.transitions if state in line.sources and line.may(who, subject))

    def entitle(self, verb: str, *, who: Any, subject: Any) -> Transition:
        """The line to follow, fields aside: for a page that is about to ask for them. Raises as `check` does."""
        line = self.find(verb, self.state_of(subject))
        if line is None:
            raise self._refusal(verb, who, subject)
        if not line.may(who, subject):
            raise PermissionDenied(
                _("You may not do this: %(verb)s. %(possible)s")
                % {"verb": line.label, "possible": self._possible_words(who, subject)}
            )
        return line

    def check(
        self, verb: str, *, who: Any, subject: Any, given: Mapping[str, Any] | None = None
    ) -> Transition:
        """The line to follow; raises `RefusedTransition` for the state or a missing field, `PermissionDenied`
        for the person, each naming what is possible now."""
        line, state = self.entitle(verb, who=who, subject=subject), self.state_of(subject)
        if missing := [name for name in line.requires if _is_empty((given or {}).get(name))]:
            raise RefusedTransition(
                {name: _("Fill this in first: %(verb)s needs it.") % {"verb": line.label} for name in missing},
                verb=verb, state=state, possible=(verb,),
            )  # fmt: skip
        return line

    def apply(
        self, verb: str, *, who: Any, subject: Any, given: Mapping[str, Any] | None = None
    ) -> Transition:
        """Check, then move the object (not saved: the service saves what it changed, in its transaction)."""
        line = self.check(verb, who=who, subject=subject, given=given)
        self.follow(verb, subject=subject)
        return line

    def follow(self, verb: str, *, subject: Any) -> None:
        """Move the object whoever asks: the platform itself, or a service that has checked. The state still rules."""
        line = self.find(verb, self.state_of(subject))
        if line is None:
            raise self._refusal(verb, frozenset(), subject)
        if line.target is not None:
            setattr(subject, self.field, line.target)

    def _possible_words(self, who: Any, subject: Any) -> str:
        labels = ", ".join(str(line.label) for line in self.possible(who, subject))
        if not labels:
            return _("There is nothing for you to do on it now.")
        return _("You may now: %(verbs)s.") % {"verbs": labels}

    def _refusal(self, verb: str, who: Any, subject: Any) -> RefusedTransition:
        state = self.state_of(subject)
        label = next((one.label for one in self.transitions if one.name == verb), verb)
        message = _("This cannot be done now: %(verb)s. Present state: %(state)s. %(possible)s") % {
            "verb": label,
            "state": self.states.get(state, state),
            "possible": self._possible_words(who, subject),
        }
        names = tuple(line.name for line in self.possible(who, subject))
        return RefusedTransition(message, verb=verb, state=state, possible=names)


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value == []
