"""The workspace of an election: one page, with what may be done now and nothing else."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.access import take_errors
from consultations.councils.models import Council
from consultations.councils.permissions import can_work_on_councils, worked_on_by
from consultations.councils.writing import FORMATS, Paper
from consultations.elections import papers, selectors, services
from consultations.elections.exporting import export_ballots
from consultations.elections.forms import (
    CandidateForm,
    CountForm,
    ElectionForm,
    LotsForm,
    OfficeCandidateForm,
    OfficialForm,
    PaperForm,
    ReasonForm,
    RollForm,
    initial_of,
)
from consultations.elections.models import Election, RollEntry
from consultations.elections.permissions import can_create_election, parts_of
from consultations.elections.states import LIFE
from consultations.process.views.access import StaffRequest, posted, workspace
from core.folding import words_in
from core.repeats import once

INVALID, MOST_LISTED = 422, 200
desk = workspace(can_work_on_councils)
FORMS: dict[str, Callable[..., Form]] = {
    "enrol": lambda election, data: RollForm(data),
    "stand": lambda election, data: (
        OfficeCandidateForm(data, election=election)
        if election.office
        else CandidateForm(data, election=election)
    ),
    "enter_paper": lambda election, data: PaperForm(data, election=election),
    "count": lambda election, data: CountForm(data),
    "make_official": lambda election, data: OfficialForm(data, election=election),
    "draw_lots": lambda election, data: LotsForm(data, election=election),
    "contest": lambda election, data: ReasonForm(data, prefix="contest"),
    "uphold": lambda election, data: ReasonForm(data, prefix="uphold"),
    "cancel": lambda election, data: ReasonForm(data, prefix="cancel"),
}
ACTS: dict[str, Callable[..., object]] = {
    "enrol": lambda who, form: services.enrol_electors(**who, electors=form.electors()),
    "stand": lambda who, form: services.add_candidate(**who, **form.cleaned_data),
    "enter_paper": lambda who, form: services.enter_paper(**who, **form.cleaned_data),
    "count": lambda who, form: services.count_election(**who, **form.cleaned_data),
    "contest": lambda who, form: services.contest_election(**who, **form.cleaned_data),
    "uphold": lambda who, form: services.uphold_election(**who, **form.cleaned_data),
    "cancel": lambda who, form: services.cancel_election(**who, **form.cleaned_data),
    "call": lambda who, form: services.call_for_candidates(**who),
    "freeze": lambda who, form: services.freeze_roll(**who),
    "open": lambda who, form: services.open_election(**who),
    "close": lambda who, form: services.close_election(**who),
    "draw_lots": lambda who, form: services.draw_lots(**who, drawing=form.drawing()),
    "make_official": lambda who, form: services.make_official(**who, **form.cleaned_data),
}


def election_or_refuse(request: StaffRequest, pk: UUID, verb: str = "read") -> Election:
    """The election for those who are something to it; what is asked is refused with what is possible."""
    election = get_object_or_404(Election.objects.select_related("council__territory"), pk=pk)
    parts = parts_of(request.user, election)
    if not LIFE.can("read", parts, election):
        raise PermissionDenied(_("Only those who sit in this council, or keep its papers, open this page."))
    if verb != "read" and not LIFE.can(verb, parts, election):
        raise PermissionDenied(_("You may not do this with this election, or not in its present state."))
    return election


@desk
@require_safe
def election_list(request: StaffRequest) -> HttpResponse:
    """Elections of the councils one sits in or keeps the papers of."""
    councils = Council.objects.filter(worked_on_by(request.user)).order_by("name")
    found = Election.objects.filter(council__in=councils).select_related("council")
    writable = [one for one in councils[:60] if can_create_election(request.user, one)]
    context = {"elections": found[:MOST_LISTED], "councils": writable}
    return render(request, "elections/desk/election_list.html", context)


@desk
@once
def election_create(request: StaffRequest, slug: str) -> HttpResponse:
    """A draft for a council."""
    council = get_object_or_404(Council, slug=slug)
    if not can_create_election(request.user, council):
        raise PermissionDenied(_("You may not hold an election in this council."))
    form = ElectionForm(posted(request), council=council)
    return _draft(request, council, form, services.create_election, {"council": council})


@desk
@once
def election_edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change a draft."""
    election = election_or_refuse(request, pk, "edit")
    form = ElectionForm(posted(request), council=election.council, initial=initial_of(election))
    return _draft(request, election.council, form, services.edit_election, {"election": election})


def _draft(
    request: StaffRequest,
    council: Council,
    form: ElectionForm,
    save: Callable[..., Election],
    of: dict[str, Any],
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            made = save(actor=request.user, **of, **form.values())
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("The draft is saved."))
            return redirect("elections:detail", made.pk)
    context = {"form": form, "council": council, "election": of.get("election")}
    status = INVALID if form.is_bound else 200
    return render(request, "elections/desk/election_form.html", context, status=status)


@never_cache
@desk
@require_safe
def election_detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Where it stands and what is to be done now."""
    return _page(request, election_or_refuse(request, pk))


def _page(request: StaffRequest, election: Election, refused: dict[str, Form] | None = None) -> HttpResponse:
    parts = parts_of(request.user, election)
    may = {verb: LIFE.can(verb, parts, election) for verb in LIFE.verbs}
    forms = {verb: make(election, None) for verb, make in FORMS.items() if may[verb]} | (refused or {})
    words = request.GET.get("q", "")[:80].strip()
    roll = election.roll.filter(words_in(words, "name"))
    context = {
        "election": election, "council": election.council, "may": may, "forms": forms, "words": words,
        "candidates": [(one, papers.outcome(election, str(one.number)), election.result.get("votes", {}).get(str(one.number)))
                       for one in election.candidates.all()],
        "roll": list(roll[:MOST_LISTED]), "on_roll": election.roll.count(),
        "voted": election.roll.exclude(mark="").count(), "readings": selectors.readings_words(election),
        "lots_words": papers.lots_words(election), "shortage": selectors.shortage_words(election), "stages": selectors.steps_of(election), "has_issued": selectors.has_issued_codes(election),
        "can_open_now": selectors.can_open_now(election),
        "refused": next(iter((refused or {}).values()), None),
    }  # fmt: skip
    return render(request, "elections/desk/election_detail.html", context, status=INVALID if refused else 200)


@require_POST
@desk
@once
def election_act(request: StaffRequest, pk: UUID, verb: str) -> HttpResponse:
    """What a button or a form of the page asks."""
    if verb not in ACTS:
        raise Http404
    election = election_or_refuse(request, pk, verb)
    form = FORMS[verb](election, request.POST) if verb in FORMS else None
    if form is not None and not form.is_valid():
        return _page(request, election, {verb: form})
    try:
        ACTS[verb]({"actor": request.user, "election": election}, form)
    except ValidationError as error:
        if form is not None:
            take_errors(form, error)
            return _page(request, election_or_refuse(request, pk), {verb: form})
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Saved."))
    return redirect("elections:detail", pk)


@require_POST
@desk
def candidate_withdraw(request: StaffRequest, pk: UUID, candidate_pk: UUID) -> HttpResponse:
    """Someone no longer stands."""
    election = election_or_refuse(request, pk, "stand")
    candidate = get_object_or_404(election.candidates, pk=candidate_pk)
    services.withdraw_candidate(actor=request.user, candidate=candidate)
    messages.success(request, _("Saved."))
    return redirect("elections:detail", pk)


@require_POST
@desk
@once
def elector_on_paper(request: StaffRequest, pk: UUID, entry_pk: UUID) -> HttpResponse:
    """This person is given a paper ballot."""
    election = election_or_refuse(request, pk, "mark_paper")
    entry = get_object_or_404(RollEntry, pk=entry_pk, election=election)
    try:
        services.mark_paper_voter(actor=request.user, entry=entry)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Marked: give them a paper ballot and let them sign the roll."))
    return redirect("elections:detail", pk)


@never_cache
@require_POST
@desk
def letters(request: StaffRequest, pk: UUID) -> HttpResponse:
    """New codes for everyone, as letters to print at once: they cannot be shown again."""
    election = election_or_refuse(request, pk, "issue_codes")
    try:
        codes = services.issue_codes(actor=request.user, election=election)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("elections:detail", pk)
    extension = "odt" if request.POST.get("format") == "odt" else "pdf"
    return _file(papers.letters(election, codes), "lettres", extension)


@never_cache
@require_POST
@desk
def new_letter(request: StaffRequest, pk: UUID, entry_pk: UUID) -> HttpResponse:
    """One letter, for someone who lost theirs."""
    election = election_or_refuse(request, pk, "replace_code")
    entry = get_object_or_404(RollEntry, pk=entry_pk, election=election)
    try:
        letter = services.replace_code(actor=request.user, entry=entry)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("elections:detail", pk)
    return _file(papers.letters(election, [letter]), "lettre", "pdf")


@desk
@require_safe
def record_file(request: StaffRequest, pk: UUID, extension: str) -> HttpResponse:
    """The official record."""
    election = election_or_refuse(request, pk, "export")
    if extension not in FORMATS:
        raise Http404
    return _file([papers.record(election)], "proces-verbal", extension)


@desk
@require_safe
def ballots_file(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The ballots, to be counted again."""
    election = election_or_refuse(request, pk, "export")
    response = HttpResponse(export_ballots(election), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="bulletins.json"'
    return response


def _file(made: list[Paper], name: str, extension: str) -> HttpResponse:
    kind = FORMATS[extension]
    response = HttpResponse(kind.write(made), content_type=kind.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return response
