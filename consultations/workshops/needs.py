"""The needs offered on a card: those of the workshop, or those of its consultation."""

from consultations.workshops.models import Workshop
from needs.models import Need


def offered_needs(workshop: Workshop) -> list[Need]:
    """In the order of the nomenclature; none when neither names any."""
    own = list(workshop.needs.filter(valid_to=None))
    return own or list(workshop.consultation.needs.filter(valid_to=None))
