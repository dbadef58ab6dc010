"""Writing a sheet: its structured fields, its texts, its lines. Two people's changes are merged field by field."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultations.actions import services
from consultations.actions.fields import FIELDS, KINDS
from consultations.actions.forms import DetailsForm
from consultations.actions.merging import Merged
from consultations.actions.models import ActionSheet, BeforeAfter, Indicator, Measure
from consultations.actions.permissions import row_fields
from consultations.actions.row_forms import RowForm, ScoreForm, in_words
from consultations.actions.selectors.sheet import budget_words, loaded, sheet_page
from consultations.actions.services.rows import values_of
from consultations.actions.services.sheets import details_of
from consultations.actions.texts import start_texts
from consultations.actions.views.access import (
    attempt,
    base_of,
    kept,
    page,
    sheet_or_refuse,
    staff,
    status_of,
)
from consultations.process.views.access import StaffRequest, posted
from core.repeats import once

TABS: dict[str, tuple[str, ...]] = {
    "etapes": ("step",),
    "moyens": ("funding", "staff"),
    "partenaires": ("partner",),
    "effets": ("indicator",),
    "risques": ("risk",),
}
TEMPLATES = {
    "etapes": "actions/workspace/etapes.html",
    "moyens": "actions/workspace/moyens.html",
    "partenaires": "actions/workspace/partenaires.html",
    "effets": "actions/workspace/effets.html",
    "risques": "actions/workspace/risques.html",
}
TAB_OF = {kind: tab for tab, kinds in TABS.items() for kind in kinds} | {
    "measure": "effets",
    "comparison": "evaluation",
}


def shown_conflicts(form: Any, merged: Merged | None, subject: Any) -> list[dict[str, str]]:
    """What another person wrote meanwhile, field by field, in words."""
    if merged is None:
        return []
    return [
        {
            "label": str(form.fields[one.name].label),
            "theirs": in_words(subject, one.name) if subject is not None else one.theirs,
        }
        for one in merged.conflicts
        if one.name in form.fields
    ]


def again(form: Any, base: Mapping[str, str]) -> None:
    """The same form with what was typed, now compared with what is stored."""
    form.data = form.data.copy()
    form.data["base"] = kept(base)


@staff
def details(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The structured fields."""
    sheet = sheet_or_refuse(pk, request.user, "edit")
    searching = "search" in request.POST
    initial = _details_initial(sheet)
    if searching:
        several = {"audiences", "needs", "depends_on"}
        initial |= {n: request.POST.getlist(n) if n in several else request.POST.get(n) for n in request.POST}
    form = DetailsForm(
        None if searching else posted(request), initial=initial, user=request.user, sheet=sheet
    )
    merged = attempt(
        form,
        lambda: services.set_details(
            actor=request.user, sheet=sheet, values=form.values(), base=base_of(request)
        ),
    )
    if merged and not merged.conflicts:
        messages.success(request, _("Saved."))
        return redirect("actions:overview", sheet.pk)
    stored = ActionSheet.objects.get(pk=pk) if merged else sheet
    if merged:
        again(form, details_of(stored))
    context = {"form": form, "tab": "details", "conflicts": shown_conflicts(form, merged, stored)}
    return page(request, "actions/workspace/details.html", sheet, context, status_of(form, merged=merged))


def _details_initial(sheet: ActionSheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "number": sheet.number,
        "programme": sheet.programme_id,
        "axis": sheet.axis_id,
        "consultation": sheet.consultation_id,
        "territory": sheet.territory.name,
        "audiences": sheet.audiences,
        "places": "\n".join(sheet.places.values_list("name", flat=True)),
        "needs": [need.pk for need in sheet.needs.all()],
        "depends_on": [one.pk for one in sheet.depends_on.all()],
        "base": kept(details_of(sheet)),
    }


@staff
@require_safe
def texts(request: StaffRequest, pk: UUID) -> HttpResponse:
    """To the page where its texts are written together."""
    sheet = sheet_or_refuse(pk, request.user)
    manuscript = start_texts(actor=request.user, sheet=sheet, texts={})
    return redirect("cowriting:write", manuscript.pk)


@staff
@require_safe
def lines(request: StaffRequest, pk: UUID, tab: str) -> HttpResponse:
    """The lines of one or two kinds."""
    if tab not in TABS:
        raise Http404
    sheet_or_refuse(pk, request.user)
    sheet = loaded(pk)
    fields = {kind: row_fields(request.user, sheet, kind) for kind in (*TABS[tab], "measure")}
    shown = sheet_page(sheet, is_inside=True)
    context = {
        "page": shown,
        "tab": tab,
        "rows": {"funding": list(sheet.funding.all())},
        "budget_words": budget_words(shown.budget) if shown.budget else "",
        "may_change": {kind: bool(names) for kind, names in fields.items()},
        "may_add": {kind: names == set(FIELDS[kind]) for kind, names in fields.items()},
    }
    return page(request, TEMPLATES[tab], sheet, context)


def _row(sheet: ActionSheet, kind: str, row_pk: int | None, parent: int | None) -> Any:
    """The line asked for, or a new one; 404 for what is not of this sheet."""
    model: Any = KINDS[kind]
    if kind == "comparison":
        return BeforeAfter.objects.filter(sheet=sheet).first() or BeforeAfter(sheet=sheet)
    if kind == "measure":
        if row_pk is None:
            return Measure(indicator=get_object_or_404(Indicator, pk=parent, sheet=sheet))
        return get_object_or_404(Measure, pk=row_pk, indicator__sheet=sheet)
    return get_object_or_404(model, pk=row_pk, sheet=sheet) if row_pk else model(sheet=sheet)


@staff
@once
def line(
    request: StaffRequest, pk: UUID, kind: str, row_pk: int | None = None, parent: int | None = None
) -> HttpResponse:
    """Add a line, or change one: only the fields the state opens are shown."""
    if kind not in KINDS:
        raise Http404
    sheet = sheet_or_refuse(pk, request.user)
    allowed = row_fields(request.user, sheet, kind)
    row = _row(sheet, kind, row_pk, parent)
    if not allowed or (row.pk is None and allowed != set(FIELDS[kind])):
        raise PermissionDenied(_("You may not do this with this action sheet, or not in its present state."))
    form = RowForm(posted(request), row=row, allowed=allowed, base=kept(values_of(row)))
    merged = attempt(
        form,
        lambda: services.write_row(actor=request.user, row=row, values=form.values(), base=base_of(request)),
    )
    if merged and not merged.conflicts:
        messages.success(request, _("Saved."))
        return redirect(_back(sheet, kind))
    stored = type(row).objects.get(pk=row.pk) if merged else row
    if merged:
        again(form, values_of(stored))
    context = {
        "form": form, "row": row, "kind": kind, "tab": TAB_OF[kind], "back": _back(sheet, kind), "heading": _heading(row),
        "conflicts": shown_conflicts(form, merged, stored),
        "may_remove": row.pk is not None and kind != "comparison" and allowed == set(FIELDS[kind]),
    }  # fmt: skip
    return page(request, "actions/workspace/line.html", sheet, context, status_of(form, merged=merged))


def _heading(row: Any) -> str:
    """The name of the line, or of its kind when it is new."""
    kind = str(row._meta.verbose_name)
    if row.pk is None or isinstance(row, Measure | BeforeAfter):
        return kind[:1].upper() + kind[1:]
    return str(row)


def _back(sheet: ActionSheet, kind: str) -> str:
    tab = TAB_OF[kind]
    name, args = (
        ("actions:evaluation", [sheet.pk]) if tab == "evaluation" else ("actions:lines", [sheet.pk, tab])
    )
    return str(redirect(name, *args).url)


@staff
@require_POST
def line_remove(request: StaffRequest, pk: UUID, kind: str, row_pk: int) -> HttpResponse:
    """Take a line away."""
    if kind not in KINDS or kind == "comparison":
        raise Http404
    sheet = sheet_or_refuse(pk, request.user)
    row = _row(sheet, kind, row_pk, None)
    try:
        services.remove_row(actor=request.user, row=row)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("Taken away."))
    return redirect(_back(sheet, kind))


@staff
def evaluation(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The four marks, and the survey before and after."""
    sheet_or_refuse(pk, request.user)
    sheet = loaded(pk)
    form = ScoreForm(posted(request), scores=list(sheet.scores.all()))
    if attempt(form, lambda: services.score_sheet(actor=request.user, sheet=sheet, marks=form.marks())):
        messages.success(request, _("Saved."))
        return redirect("actions:evaluation", sheet.pk)
    context = {
        "page": sheet_page(sheet, is_inside=True), "form": form, "tab": "evaluation",
        "may_compare": bool(row_fields(request.user, sheet, "comparison")),
    }  # fmt: skip
    return page(request, "actions/workspace/evaluation.html", sheet, context, status_of(form))
