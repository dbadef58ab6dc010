"""Suggestions: proposed by readers, answered by the team."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import take_errors
from consultations.cowriting.differences import compare
from consultations.cowriting.forms import AnswerForm, SuggestionForm
from consultations.cowriting.merging import Clash
from consultations.cowriting.models import Suggestion
from consultations.cowriting.permissions import can
from consultations.cowriting.registries import manuscript_kinds
from consultations.cowriting.services import suggesting
from consultations.cowriting.views.access import (
    CONFLICT,
    INVALID,
    manuscript_or_refuse,
    page,
    signed_in,
    text_or_refuse,
)
from consultations.process.views.access import StaffRequest, posted
from core.repeats import once


@signed_in
def suggestions(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Every suggestion on the texts, those that wait first."""
    manuscript = manuscript_or_refuse(request, pk)
    rows = Suggestion.objects.filter(shared_text__manuscript=manuscript)
    found = rows.exclude(state=Suggestion.State.WITHDRAWN).select_related(
        "shared_text", "author", "answered_by"
    )
    labels = {one.name: one.label for one in manuscript_kinds[manuscript.kind].fields}
    listed = [(one, labels.get(one.shared_text.name, ""), compare(one.before, one.proposed)) for one in found]
    listed.sort(key=lambda row: row[0].state != Suggestion.State.PROPOSED)
    return page(request, "cowriting/suggestions.html", manuscript, "suggestions", suggestions=listed)


@signed_in
@once
def suggest(request: StaffRequest, pk: UUID, name: str) -> HttpResponse:
    """Another wording of one text."""
    shared, field = text_or_refuse(request, pk, name, "suggest")
    form = SuggestionForm(posted(request), initial={"proposed": shared.text})
    if form.is_bound and form.is_valid():
        try:
            suggesting.suggest(
                actor=request.user, manuscript=shared.manuscript, name=name, **form.cleaned_data
            )
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("Thank you. The team will answer you."))
            return redirect("cowriting:suggestions", pk)
    status = INVALID if form.errors else 200
    return page(
        request,
        "cowriting/suggest.html",
        shared.manuscript,
        "suggestions",
        status=status,
        form=form,
        field=field,
    )


@signed_in
def suggestion_detail(request: StaffRequest, pk: UUID, suggestion_pk: UUID) -> HttpResponse:
    """One suggestion: what it changes, and the answer of the team."""
    manuscript = manuscript_or_refuse(request, pk)
    rows = Suggestion.objects.select_related("shared_text__manuscript", "author", "answered_by")
    suggestion = get_object_or_404(rows, pk=suggestion_pk, shared_text__manuscript=manuscript)
    form = AnswerForm(posted(request))
    clashes: Sequence[Clash] = ()
    chosen, status = suggestion.shared_text.text, 200
    if form.is_bound and form.is_valid():
        chosen = request.POST.get("text", chosen)
        try:
            said = _decide(request, suggestion, form.cleaned_data["answer"])
        except suggesting.Clashing as clash:
            clashes, status = clash.clashes, CONFLICT
            form.add_error(None, clash)
        except ValidationError as error:
            take_errors(form, error)
            status = INVALID
        else:
            messages.success(request, said)
            return redirect("cowriting:suggestions", manuscript.pk)
    return page(
        request,
        "cowriting/suggestion.html",
        manuscript,
        "suggestions",
        status=status,
        suggestion=suggestion,
        field=manuscript_kinds[manuscript.kind].field(suggestion.shared_text.name),
        pieces=compare(suggestion.before, suggestion.proposed),
        form=form,
        clashes=clashes,
        chosen=chosen,
        may_decide=can("decide", request.user, manuscript, suggestion.shared_text.name),
        is_waiting=suggestion.state == Suggestion.State.PROPOSED,
        is_mine=suggestion.author_id == request.user.pk,
    )


def _decide(request: StaffRequest, suggestion: Suggestion, answer: str) -> str:
    if "accept" in request.POST:
        suggesting.accept_suggestion(
            actor=request.user, suggestion=suggestion, answer=answer, text=request.POST.get("text")
        )
        return _("The suggestion is in the text. Its author is told.")
    suggesting.refuse_suggestion(actor=request.user, suggestion=suggestion, answer=answer)
    return _("The text stays as it is. The author of the suggestion is told why.")


@signed_in
@require_POST
def withdraw(request: StaffRequest, pk: UUID, suggestion_pk: UUID) -> HttpResponse:
    """Take one's own suggestion back."""
    manuscript = manuscript_or_refuse(request, pk)
    suggestion = get_object_or_404(Suggestion, pk=suggestion_pk, shared_text__manuscript=manuscript)
    try:
        suggesting.withdraw_suggestion(actor=request.user, suggestion=suggestion)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Your suggestion is withdrawn."))
    return redirect("cowriting:suggestions", pk)
