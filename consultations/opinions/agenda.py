"""What opinions propose for the next agenda of a council: those to debate and vote, and answers to read back."""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.councils.models import Council
from consultations.meetings.models import AgendaItem
from consultations.meetings.registries import AgendaSource, Suggestion, agenda_sources
from consultations.opinions.lineage import OPINION
from consultations.opinions.models import Opinion, OpinionAnswer
from consultations.opinions.services import agenda
from consultations.opinions.services.placing import ANSWER

Purpose = AgendaItem.Purpose
LONGEST = 3000  # of the explanation of an item


def opinions_to_debate(council: Council, day: datetime.date) -> list[Suggestion]:
    """Proposed, or debated and not yet decided."""
    found = Opinion.objects.of(council).filter(state__in=Opinion.BEFORE, proposed_on__lte=day)
    return [
        Suggestion(
            str(one.pk),
            _("Proposed opinion: %(title)s") % {"title": one.title},
            purpose=Purpose.OPINION,
            explanation=one.text[:LONGEST],
            is_confidential=not one.is_public,
        )
        for one in found.order_by("proposed_on", "created_at")
    ]


def answers_to_read(council: Council, day: datetime.date) -> list[Suggestion]:
    """Answers received that the council has not heard yet, of opinions it did not withdraw."""
    found = OpinionAnswer.objects.filter(opinion__council=council, read_back_on=None, answered_on__lte=day)
    rows = found.exclude(opinion__state=Opinion.State.WITHDRAWN).select_related("opinion")
    return [
        Suggestion(
            str(one.pk),
            _("Answer to read: %(opinion)s") % {"opinion": one.opinion},
            purpose=Purpose.ANSWER,
            explanation="\n\n".join(filter(None, (str(one.get_kind_display()), one.text, one.reasons)))[
                :LONGEST
            ],
            minutes=10,
            is_confidential=not one.opinion.is_public,
        )
        for one in rows.order_by("answered_on", "pk")
    ]


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    to_debate = AgendaSource(
        gettext_lazy("Opinions proposed by members"),
        opinions_to_debate,
        treated=agenda.opinion_treated,
        decided=agenda.opinion_decided,
    )
    to_read = AgendaSource(
        gettext_lazy("Answers to read to the council"), answers_to_read, treated=agenda.answer_treated
    )
    agenda_sources.register(OPINION, to_debate)
    agenda_sources.register(ANSWER, to_read)
