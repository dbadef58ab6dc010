"""Who may look at the publication of a survey's results, and ask for it. Denied unless said otherwise."""

from accounts.permissions import Visitor
from consultations.process.permissions import can_follow_consultation, can_publish_figures
from consultations.surveys.models import Survey


def can_read_releases(user: Visitor, survey: Survey) -> bool:
    """Those who work on the consultation, once its survey was published."""
    return survey.status != Survey.Status.DRAFT and can_follow_consultation(user, survey.consultation)


def can_publish_results(user: Visitor, survey: Survey) -> bool:
    """Its organisers and analysts; what a release holds is not theirs to choose."""
    return survey.status != Survey.Status.DRAFT and can_publish_figures(user, survey.consultation)
