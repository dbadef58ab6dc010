"""What would be published of a survey, what was, and the button that asks for it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from consultations.process.views.access import StaffRequest, workspace
from consultations.surveys.models import Survey
from consultations.surveys.permissions import can_edit_survey
from consultations.surveys.workspace.views.access import INVALID, survey_or_refuse
from observatory.portal.outlook import last_release, outlook, releases_of
from observatory.portal.permissions import can_publish_results, can_read_releases
from observatory.portal.services import publish_survey


@workspace()
def survey_releases(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The next release and the earlier ones; a post asks for the next."""
    survey = survey_or_refuse(pk, request.user, can_read_releases)
    problems: list[str] = []
    if request.method == "POST":
        problems = _publish(request, survey)
        if not problems:
            return redirect("portal_workspace:releases", survey.pk)
    context = {
        "survey": survey,
        "outlook": outlook(survey),
        "releases": releases_of(survey),
        "problems": problems,
        "can_edit": can_edit_survey(request.user, survey),
        "can_publish": can_publish_results(request.user, survey),
    }
    return render(request, "portal/workspace/releases.html", context, status=INVALID if problems else 200)


def _publish(request: StaffRequest, survey: Survey) -> list[str]:
    """Why it was refused; empty when it is published, or was already."""
    before = last_release(survey)
    if not can_publish_results(request.user, survey):
        raise PermissionDenied(_("Only organisers and analysts of this place publish results."))
    try:
        release = publish_survey(actor=request.user, survey=survey)
    except ValidationError as error:
        return error.messages
    if before and release.pk == before.pk:
        messages.info(request, _("Nothing new: the last publication already counts every response."))
    else:
        messages.success(request, _("Publication no. %(number)s is online.") % {"number": release.number})
    return []
