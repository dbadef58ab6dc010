"""The life of a synthesis in the workspace: started, imported, opened, adopted, published, taken up again."""

import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from consultations.process.selectors import visible_to
from consultations.process.views.access import StaffRequest, posted
from consultations.syntheses import services
from consultations.syntheses.document import Document
from consultations.syntheses.forms import (
    AdoptForm,
    ConsultationForm,
    NewSynthesisForm,
    OpenCommentsForm,
    SettingsForm,
    VolunteerForm,
)
from consultations.syntheses.models import Synthesis
from consultations.syntheses.permissions import can_create_synthesis, can_open_syntheses
from consultations.syntheses.selectors import synthesis_problems, version_content
from consultations.syntheses.selectors.thread import thread_of
from consultations.syntheses.selectors.versions import changes_since_comments
from consultations.syntheses.views.access import INVALID, address, page_context, synthesis_or_refuse, writers
from consultations.syntheses.views.reading import compared, file_response
from consultations.workshops.models import Workshop
from core.repeats import once


def listed(user: User) -> Any:
    """The syntheses a person may work on."""
    found = Synthesis.objects.select_related("consultation")
    if can_open_syntheses(user):
        return found.filter(consultation__in=visible_to(user)) | found.filter(consultation=None)
    return found.filter(volunteers=user)


@require_safe
@writers
def synthesis_list(request: StaffRequest) -> HttpResponse:
    """Those I write, and the ways to start one."""
    layout = page_context(request, Synthesis())["layout"]
    context = {
        "layout": layout,
        "syntheses": listed(request.user).distinct(),
        "can_create": can_create_synthesis(request.user),
    }
    return render(request, "syntheses/workspace/list.html", context)


def with_choices(form: ConsultationForm, user: User) -> ConsultationForm:
    """The consultations this person sees."""
    form.fields["consultation"].queryset = visible_to(user)  # type: ignore[attr-defined]
    return form


@require_http_methods(["GET", "HEAD", "POST"])
@writers
@once
def create(request: StaffRequest) -> HttpResponse:
    """A synthesis written by hand."""
    if not can_create_synthesis(request.user):
        raise PermissionDenied
    form = with_choices(NewSynthesisForm(posted(request)), request.user)
    if form.is_valid():
        synthesis = services.create_synthesis(
            actor=request.user,
            document=Document(form.cleaned_data["title"]),
            consultation=form.cleaned_data["consultation"],
        )
        return redirect(address(request, "overview", synthesis.pk))
    status = INVALID if form.errors else 200
    return render(request, "syntheses/workspace/create.html", {"form": form}, status=status)


@require_POST
@writers
def from_workshop(request: StaffRequest, workshop_pk: UUID) -> HttpResponse:
    """The draft made from a workshop that is over."""
    workshop = get_object_or_404(Workshop.objects.select_related("consultation"), pk=workshop_pk)
    try:
        synthesis = services.draft_from_workshop(actor=request.user, workshop=workshop)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("process:consultation_dashboard", workshop.consultation_id)
    return redirect(address(request, "overview", synthesis.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def settings(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Title, theme, day, easy-read summary."""
    synthesis = synthesis_or_refuse(pk, request.user, "edit")
    form = SettingsForm(posted(request), instance=synthesis)
    if form.is_valid():
        services.update_synthesis(actor=request.user, synthesis=synthesis, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(address(request, "overview", pk))
    context = page_context(request, synthesis, form=form)
    return render(
        request, "syntheses/workspace/settings.html", context, status=INVALID if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def volunteers(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Who helps to write."""
    synthesis = synthesis_or_refuse(pk, request.user, "name_volunteers")
    form = VolunteerForm(posted(request))
    if request.method == "POST" and request.POST.get("remove", "").isdecimal():
        person = get_object_or_404(synthesis.volunteers, pk=int(request.POST["remove"]))
        services.remove_volunteer(actor=request.user, synthesis=synthesis, person=person)
        return redirect(address(request, "volunteers", pk))
    if form.is_valid():
        try:
            services.name_volunteer(actor=request.user, synthesis=synthesis, **form.cleaned_data)
            return redirect(address(request, "volunteers", pk))
        except ValidationError as error:
            form.add_error("email", error.messages)
    context = page_context(request, synthesis, form=form, people=synthesis.volunteers.order_by("email"))
    return render(
        request, "syntheses/workspace/volunteers.html", context, status=INVALID if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def steps(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Where the synthesis stands and what comes next."""
    synthesis = synthesis_or_refuse(pk, request.user, "moderate")
    posted_to = request.POST.get("verb", "") if request.method == "POST" else ""
    changes = changes_since_comments(synthesis)
    forms = _step_forms(request, posted_to, is_changed=changes is not None)
    if posted_to and _is_done(request, synthesis, posted_to, forms):
        return redirect(address(request, "steps", pk))
    context = page_context(
        request,
        synthesis,
        thread=thread_of(synthesis),
        problems=synthesis_problems(synthesis),
        forms=forms,
        changes=changes,
        was_shown=synthesis.versions.exists(),
    )
    return render(request, "syntheses/workspace/steps.html", context, status=INVALID if posted_to else 200)


def _step_forms(request: StaffRequest, posted_to: str, *, is_changed: bool) -> dict[str, Any]:
    today = timezone.localdate()
    data = {verb: request.POST if posted_to == verb else None for verb in ("open_comments", "adopt")}
    later = {"comments_until": today + datetime.timedelta(days=21)}
    return {
        "open_comments": OpenCommentsForm(data["open_comments"], initial=later),
        "adopt": AdoptForm(data["adopt"], is_changed=is_changed, initial={"adopted_on": today}),
    }


def _is_done(request: StaffRequest, synthesis: Synthesis, verb: str, forms: dict[str, Any]) -> bool:
    """Do the step asked for; what is wrong is said beside its field, or above."""
    form = forms.get(verb)
    if form is not None and not form.is_valid():
        return False
    try:
        _do(request.user, synthesis, verb, form.cleaned_data if form else {})
    except ValidationError as error:
        if form is None or not hasattr(error, "error_dict"):
            messages.error(request, " ".join(error.messages))
            return form is None
        form.add_error(None, error)
        return False
    messages.success(request, _("Done."))
    return True


def _do(actor: User, synthesis: Synthesis, verb: str, given: dict[str, Any]) -> None:
    if verb == "open_comments":
        services.open_comments(actor=actor, synthesis=synthesis, until=given["comments_until"])
    elif verb == "adopt":
        services.adopt_synthesis(actor=actor, synthesis=synthesis, **given)
    elif verb == "publish":
        services.publish_synthesis(actor=actor, synthesis=synthesis)
    elif verb == "resume":
        services.resume_writing(actor=actor, synthesis=synthesis)
    else:
        raise ValidationError(_("Choose a step."))


@require_POST
@writers
def delete(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Forget a draft nobody was shown."""
    synthesis = synthesis_or_refuse(pk, request.user, "delete")
    try:
        services.delete_synthesis(actor=request.user, synthesis=synthesis)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(address(request, "steps", pk))
    messages.success(request, _("The draft is deleted."))
    return redirect(address(request, "list"))


@require_safe
@writers
def versions(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What each step froze, compared."""
    synthesis = synthesis_or_refuse(pk, request.user, "read_draft")
    context = {**compared(request, synthesis), **page_context(request, synthesis)}
    return render(request, "syntheses/workspace/versions.html", context)


@require_safe
@writers
def export(request: StaffRequest, pk: UUID, extension: str) -> HttpResponse:
    """The draft as a file, to work on elsewhere."""
    synthesis = synthesis_or_refuse(pk, request.user, "read_draft")
    return file_response(synthesis, version_content(synthesis), extension)
