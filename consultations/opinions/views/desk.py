"""Opinions in the workspace: the list, proposing, one's own page, changing words, what it rests on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultations.councils.models import Council
from consultations.councils.writing import FORMATS
from consultations.opinions.forms import OpinionForm, SourceForm
from consultations.opinions.models import Opinion
from consultations.opinions.permissions import can_propose
from consultations.opinions.resources import OpinionResource
from consultations.opinions.selectors.lists import desk_list, seen_by
from consultations.opinions.selectors.passages import passage_of
from consultations.opinions.selectors.reading import opinion_page
from consultations.opinions.selectors.sources import find_sources
from consultations.opinions.services import life, resting
from consultations.opinions.views.access import (
    INVALID,
    StaffRequest,
    attempt,
    desk,
    opinion_or_refuse,
    page,
)
from consultations.opinions.views.public import line_of, paper_file
from core.repeats import once
from core.tables import table_file

GROUPS = ("to_answer", "to_send", "proposed", "waiting", "ended")


@desk
@require_safe
def opinion_list(request: StaffRequest) -> HttpResponse:
    """What has to be answered, sent, debated; what is awaited; the past."""
    found = desk_list(request.user)
    groups = {name: [line_of(one) for one in getattr(found, name)] for name in GROUPS}
    context = {"groups": groups, "councils": found.councils, "is_empty": not any(groups.values())}
    return render(request, "opinions/desk/opinion_list.html", context)


@desk
@require_safe
def opinion_table(request: StaffRequest, extension: str) -> HttpResponse:
    """Every opinion one works on, drafts included."""
    rows = Opinion.objects.filter(seen_by(request.user)).select_related("council", "sent_to").distinct()
    return table_file(OpinionResource().export(rows), "avis", extension)


def _form(request: StaffRequest, initial: dict[str, Any], *, frozen: bool = False) -> OpinionForm:
    """The form as posted; after a search, as typed, without judging it."""
    if request.method == "POST" and "search" not in request.POST:
        return OpinionForm(request.POST, frozen=frozen)
    typed: dict[str, Any] = {}
    if request.method == "POST":
        data = request.POST
        typed = {name: data.getlist(name) if name == "needs" else data.get(name) for name in data}
        typed |= {"needs": data.getlist("needs"), "is_public": "is_public" in data}
    return OpinionForm(initial={**initial, **typed}, frozen=frozen)


@desk
@once
def opinion_create(request: StaffRequest, slug: str) -> HttpResponse:
    """A member proposes; the president will put it on an agenda."""
    council = get_object_or_404(Council, slug=slug)
    if not can_propose(request.user, council):
        raise PermissionDenied(_("Only members in office today propose an opinion to their council."))
    form = _form(request, {})
    made = attempt(
        form, lambda: life.propose_opinion(actor=request.user, council=council, **form.fields_for_service())
    )
    if made:
        messages.success(request, _("The opinion is proposed. It now offers itself for the next agenda."))
        return redirect("opinion_desk:detail", made.pk)
    context = {"form": form, "council": council, "opinion": None}
    return render(request, "opinions/desk/opinion_form.html", context, status=INVALID if form.errors else 200)


@desk
@require_safe
def opinion_detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Where it stands, what is to be done now, its whole thread."""
    opinion = opinion_or_refuse(request, pk)
    return page(
        request,
        "opinions/desk/opinion_detail.html",
        opinion,
        page=opinion_page(opinion, inside=True),
        passage=passage_of(opinion),
    )


@desk
@once
def opinion_edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change its words; what was voted does not change any more."""
    opinion = opinion_or_refuse(request, pk, "edit")
    form = _form(request, OpinionForm.initial_of(opinion), frozen=opinion.voted_on is not None)
    if attempt(
        form, lambda: life.update_opinion(actor=request.user, opinion=opinion, **form.fields_for_service())
    ):
        messages.success(request, _("Saved."))
        return redirect("opinion_desk:detail", pk)
    return page(request, "opinions/desk/opinion_form.html", opinion, form=form)


@desk
def opinion_sources(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Find a sentence of a synthesis or a survey that the opinion takes up."""
    opinion = opinion_or_refuse(request, pk, "edit")
    form = SourceForm(request.GET or None)
    found = find_sources(form.cleaned_data["q"]) if form.is_bound and form.is_valid() else []
    shown = opinion_page(opinion, inside=True)
    return page(request, "opinions/desk/sources.html", opinion, form=form, found=found, page=shown)


@desk
@require_POST
@once
def opinion_rest(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say that it rests on what was found."""
    opinion = opinion_or_refuse(request, pk, "edit")
    source = (request.POST.get("kind", "")[:40], request.POST.get("key", "")[:64])
    try:
        resting.rest_on(actor=request.user, opinion=opinion, source=source)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Linked: whoever said it will find this opinion."))
    return redirect("opinion_desk:sources", pk)


@desk
@require_safe
def opinion_letter(request: StaffRequest, pk: UUID, extension: str) -> HttpResponse:
    """The letter to the body asked, with the code to answer: for those who send it."""
    opinion = opinion_or_refuse(request, pk, "withdraw")
    if extension not in FORMATS or opinion.sent_on is None:
        raise Http404
    return paper_file(opinion, extension, with_code=True)


@desk
def opinion_delete(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Never: the page says why, and what to do instead."""
    raise PermissionDenied(life.refuse_deletion(opinion_or_refuse(request, pk)))
