"""Official series and the releases of the demo's surveys."""

from django.core.exceptions import ValidationError

from cms.models import HomePage
from consultations.surveys.models import Survey
from consultations.surveys.services import project_waiting
from observatory.portal.services import publish_open_figures, publish_survey

FEATURED = "vos-besoins--renonce"


def load() -> None:
    """Publish what may be published; a survey with too few answers has no release, as in real life."""
    publish_open_figures(actor=None)
    while project_waiting():
        pass
    surveys = Survey.objects.exclude(status=Survey.Status.DRAFT).select_related(
        "consultation__territory__level", "consultation__organisation"
    )
    for survey in surveys.order_by("slug"):
        try:
            publish_survey(actor=None, survey=survey)
        except ValidationError:
            continue
    HomePage.objects.filter(featured_indicator="").update(featured_indicator=FEATURED)
