"""Words quoted in public, as the register of processings names them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from consultations.bank.models import Quotation
from consultations.process.models import Consultation
from consultations.process.registries import Processing, other_processings


def processings(consultations: Sequence[Consultation]) -> Mapping[UUID, Sequence[Processing]]:
    """One line for each consultation that quotes someone."""
    quoting = Quotation.objects.filter(consultation__in=consultations).values_list("consultation", flat=True)
    said = Processing(
        label=_("Words quoted in public"),
        data=_(
            "Words written by an organiser so that nobody is recognised. Nothing leads from them to an answer."
        ),
        recipients=_("Everyone."),
        retention=_("Until an organiser takes them back."),
    )
    return {key: [said] for key in set(quoting)}


def register() -> None:
    """Called when the app is ready."""
    other_processings.register("quotations", processings)
