"""What opinions hold about the people who proposed, sent, answered or recorded them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import PersonalDataSource, Trace, personal_data, traces_source
from consultations.opinions.models import Opinion

TRACES = traces_source(
    "council_opinions",
    _("The opinions you prepared or answered, and what you recorded of them."),
    _("An opinion has legal life: what was recorded stays, without your name once you leave."),
    Trace("opinions.Opinion.created_by", day="proposed_on"),
    Trace("opinions.OpinionAnswer.recorded_by", day="answered_on"),
    Trace("opinions.OpinionEvent.recorded_by", day="on"),
    Trace("opinions.ForwardPermission.recorded_by", day="decided_on"),
    Trace("opinions.Forwarding.recorded_by", day="forwarded_on"),
)


def export_proposed(user: User) -> dict[str, Any]:
    """What a member proposed to their council."""
    rows = Opinion.objects.filter(proposed_by__user=user)
    return {"opinions": [f"{one.proposed_on} · {one.title}" for one in rows]}


def keep_proposed(user: User) -> None:
    """An opinion belongs to the council; the account no longer leads to it."""


PROPOSED = PersonalDataSource(
    name="council_opinions_proposed",
    label=_("The opinions you proposed to your council"),
    kept=_("Kept with the papers of the council, under the name written in your mandate."),
    export=export_proposed,
    erase=keep_proposed,
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(TRACES.name, TRACES)
    personal_data.register(PROPOSED.name, PROPOSED)
