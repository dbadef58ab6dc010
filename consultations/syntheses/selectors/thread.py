"""The thread of a synthesis: where it stands from the workshop to the actions."""

import datetime
from dataclasses import dataclass

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.syntheses.models import Proposal, Synthesis

DONE, NOW, TO_COME = "done", "under_way", "to_come"


@dataclass(frozen=True)
class Step:
    """One knot of the thread, as `components/thread.html` draws it."""

    label: str | Promise
    status: str
    date: str = ""
    figure: str = ""
    note: str = ""


def thread_of(synthesis: Synthesis) -> list[Step]:
    """Workshop, comments, adoption, publication, actions. One query."""
    status = Synthesis.Status(synthesis.status)
    order = list(Synthesis.Status)
    reached = order.index(status)
    proposed = Proposal.objects.filter(line__synthesis=synthesis).count()
    steps = [Step(_("workshop held"), DONE, _day(synthesis.held_on))]
    if synthesis.comments_from or not synthesis.is_imported:
        state = NOW if status == Synthesis.Status.COMMENTS else DONE if synthesis.comments_from else TO_COME
        steps.append(Step(_("comments"), state, _day(synthesis.comments_from)))
    adopted = reached >= order.index(Synthesis.Status.ADOPTED)
    steps.append(
        Step(_("adoption"), DONE if adopted else TO_COME, _day(synthesis.adopted_on) if adopted else "")
    )
    published = status == Synthesis.Status.PUBLISHED
    steps.append(
        Step(
            _("publication"),
            DONE if published else TO_COME,
            _day(synthesis.published_on) if published else "",
        )
    )
    steps.append(
        Step(_("actions proposed"), NOW if proposed else TO_COME, figure=str(proposed) if proposed else "")
    )
    return steps


def _day(day: datetime.date | None) -> str:
    return formats.date_format(day, "j F Y") if day else ""
