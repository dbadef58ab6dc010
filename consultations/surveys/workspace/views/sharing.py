"""What leaves the editor: the preview, the paper version, the address and its QR code, the file."""

import json
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.access import take_errors
from consultations.process.views.access import StaffRequest, posted, workspace
from consultations.surveys.permissions import can_edit_survey, can_enter_response, can_preview_survey
from consultations.surveys.services import EditConflict, save_draft_definition
from consultations.surveys.workspace import outline
from consultations.surveys.workspace.forms.survey import ImportForm
from consultations.surveys.workspace.paper import paper_questions
from consultations.surveys.workspace.views.access import CONFLICT, INVALID, survey_or_refuse
from core.qr import public_url, qr_svg


@workspace()
def survey_share(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The short address, its QR code, the paper version, the file of the questionnaire."""
    survey = survey_or_refuse(pk, request.user, can_preview_survey)
    address = public_url(f"/enquetes/{survey.slug}/")
    context = {
        "survey": survey,
        "address": address,
        "qr": qr_svg(address, title=survey.title),
        "can_edit": can_edit_survey(request.user, survey),
        "can_enter": can_enter_response(request.user, survey),
    }
    return render(request, "surveys/workspace/share.html", context)


@workspace()
def survey_paper(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The draft as it is, or the published version, on A4, numbered as on the screen."""
    survey = survey_or_refuse(pk, request.user, can_preview_survey)
    definition = outline.definition_of(survey)
    is_easy = request.GET.get("easy") == "1" and definition.has_easy_read
    address = public_url(f"/enquetes/{survey.slug}/")
    context = {
        "survey": survey,
        "intro": definition.intro.say(easy=is_easy),
        "thanks": definition.thanks.say(easy=is_easy),
        "questions": paper_questions(definition, is_easy=is_easy),
        "is_easy": is_easy,
        "has_easy_read": definition.has_easy_read,
        "address": address,
        "qr": qr_svg(address, title=survey.title),
    }
    return render(request, "surveys/workspace/paper.html", context)


@workspace()
def survey_export(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The draft as a JSON file that can be imported again."""
    survey = survey_or_refuse(pk, request.user, can_preview_survey)
    text = json.dumps(survey.draft, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{survey.slug}.json"'
    return response


@workspace()
def survey_import(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Replace the draft by a file; refused when someone saved since the page was opened."""
    survey = survey_or_refuse(pk, request.user, can_edit_survey)
    form = ImportForm(posted(request), request.FILES or None, initial={"revision": survey.draft_revision})
    status = 200
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            save_draft_definition(
                actor=request.user, survey=survey, document=given["file"], revision=given["revision"]
            )
        except EditConflict as error:
            take_errors(form, error)
            status = CONFLICT
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("The draft is replaced by the file."))
            return redirect("survey_editor:overview", survey.pk)
    status = INVALID if form.errors and status == 200 else status
    return render(request, "surveys/workspace/import.html", {"form": form, "survey": survey}, status=status)
