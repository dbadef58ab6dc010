"""What upper apps add to a workshop from their `AppConfig.ready()`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from consultations.workshops.models import Workshop
from core.registry import Registry


@dataclass(frozen=True)
class Outcome:
    """Something public that came out of a workshop: where it is read, and what it is."""

    label: str
    url: str
    icon: str = "file-text"


OutcomesOf = Callable[[Sequence[Workshop]], Mapping[UUID, Sequence[Outcome]]]
outcomes: Registry[OutcomesOf] = Registry("what came out of workshops, for their public pages")


def outcomes_of(workshop: Workshop) -> list[Outcome]:
    """Everything that came out of it, in the order the apps are registered."""
    return [one for read in outcomes for one in read([workshop]).get(workshop.pk, ())]
