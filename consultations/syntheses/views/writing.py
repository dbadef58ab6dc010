"""Writing a synthesis: its text, line by line, without a script."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.process.views.access import StaffRequest, posted
from consultations.syntheses import services
from consultations.syntheses.blocks import Block
from consultations.syntheses.forms import BlockForm, LineForm, MergeForm, NewLineForm, SourceForm
from consultations.syntheses.models import LineSource, SynthesisLine
from consultations.syntheses.opinions import opinions_of
from consultations.syntheses.selectors import evidence_of, lines_of, version_content
from consultations.syntheses.sources import unused_cards
from consultations.syntheses.views.access import (
    CONFLICT,
    INVALID,
    address,
    line_or_404,
    page_context,
    synthesis_or_refuse,
    writers,
)
from consultations.syntheses.views.reading import readable
from core.repeats import once
from observatory.disclosure.rules import INTERNAL


@require_safe
@writers
def overview(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The whole text with what each line rests on, and what can be done now."""
    synthesis = synthesis_or_refuse(pk, request.user, "read_draft")
    nodes = lines_of(synthesis)
    blocks = [(code, Block(code).label, nodes[code]) for code in Block.values]
    context = page_context(
        request,
        synthesis,
        blocks=blocks,
        evidence=evidence_of(synthesis, rule=INTERNAL),
        opinions=opinions_of(synthesis, rule=INTERNAL) if synthesis.workshop_id else None,
        unused=unused_cards(synthesis),
    )
    return render(request, "syntheses/workspace/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
@once
def line_add(request: StaffRequest, pk: UUID, block: str) -> HttpResponse:
    """A sentence at the end of a block, or under the one named by `sous`."""
    synthesis = synthesis_or_refuse(pk, request.user, "edit")
    owner = request.GET.get("sous", "")
    parent = line_or_404(synthesis, UUID(owner)) if _is_uuid(owner) else None
    form = NewLineForm(posted(request))
    if form.is_valid():
        try:
            services.add_line(
                actor=request.user,
                synthesis=synthesis,
                block=block,
                text=form.cleaned_data["text"],
                parent=parent,
            )
            return redirect(f"{address(request, 'overview', pk)}#{block}")
        except ValidationError as error:
            form.add_error("text", error.messages)
    context = page_context(
        request, synthesis, form=form, parent=parent, block_label=dict(Block.choices).get(block)
    )
    return render(
        request, "syntheses/workspace/line_add.html", context, status=INVALID if form.errors else 200
    )


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def line_edit(request: StaffRequest, pk: UUID, line_pk: UUID) -> HttpResponse:
    """One sentence: its words, its place, its sources."""
    synthesis = synthesis_or_refuse(pk, request.user, "edit")
    line = line_or_404(synthesis, line_pk)
    form = LineForm(posted(request), initial={"text": line.text, "revision": line.revision})
    if form.is_valid():
        try:
            services.edit_line(actor=request.user, line=line, **form.cleaned_data)
            return redirect(f"{address(request, 'overview', pk)}#{line.block}")
        except services.LineChanged as changed:
            return _conflict(request, changed.line, form.cleaned_data["text"])
        except ValidationError as error:
            form.add_error("text", error.messages)
    context = page_context(request, synthesis, line=line, form=form, **_line_forms(line))
    return render(
        request, "syntheses/workspace/line_edit.html", context, status=INVALID if form.errors else 200
    )


def _line_forms(line: SynthesisLine) -> dict[str, object]:
    return {
        "sources": line.sources.all(),
        "evidence": evidence_of(line.synthesis, rule=INTERNAL).get(line.pk),
        "block_form": BlockForm(initial={"block": line.block}),
        "merge_form": MergeForm(line=line),
        "source_form": SourceForm(synthesis=line.synthesis),
    }


def _conflict(request: StaffRequest, line: SynthesisLine, mine: str) -> HttpResponse:
    """Both texts, and the choice of a person."""
    context = page_context(request, line.synthesis, line=line, mine=mine)
    return render(request, "syntheses/workspace/conflict.html", context, status=CONFLICT)


@require_POST
@writers
def line_arrange(request: StaffRequest, pk: UUID, line_pk: UUID) -> HttpResponse:
    """Up, down, in, out, or out of the text."""
    synthesis = synthesis_or_refuse(pk, request.user, "edit")
    line = line_or_404(synthesis, line_pk)
    step = request.POST.get("step", "")
    try:
        if step == "remove":
            services.remove_line(actor=request.user, line=line)
            messages.success(request, _("The sentence is no longer in the text."))
        else:
            services.arrange_line(actor=request.user, line=line, step=step)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{address(request, 'overview', pk)}#{line.block}")


@require_POST
@writers
def line_send(request: StaffRequest, pk: UUID, line_pk: UUID) -> HttpResponse:
    """To another block, or merged with another sentence."""
    synthesis = synthesis_or_refuse(pk, request.user, "edit")
    line = line_or_404(synthesis, line_pk)
    block_form, merge_form = BlockForm(request.POST), MergeForm(request.POST, line=line)
    try:
        if block_form.is_valid():
            services.move_line(actor=request.user, line=line, block=block_form.cleaned_data["block"])
        elif merge_form.is_valid():
            services.merge_lines(actor=request.user, kept=line, merged=merge_form.cleaned_data["other"])
        else:
            messages.error(request, _("Choose where the sentence goes."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(address(request, "line_edit", pk, line_pk))


@require_POST
@writers
def source_add(request: StaffRequest, pk: UUID, line_pk: UUID) -> HttpResponse:
    """One more thing a sentence rests on."""
    synthesis = synthesis_or_refuse(pk, request.user, "edit")
    line = line_or_404(synthesis, line_pk)
    form = SourceForm(request.POST, synthesis=synthesis)
    if form.is_valid():
        kind, key = form.cleaned_data["source"]
        services.attach_source(actor=request.user, line=line, kind=kind, key=key)
    else:
        messages.error(request, _("Choose a source in the list."))
    return redirect(f"{address(request, 'line_edit', pk, line_pk)}#sources")


@require_POST
@writers
def source_remove(request: StaffRequest, pk: UUID, line_pk: UUID, source_pk: int) -> HttpResponse:
    """The sentence no longer rests on it."""
    synthesis = synthesis_or_refuse(pk, request.user, "edit")
    line = line_or_404(synthesis, line_pk)
    services.detach_source(actor=request.user, source=get_object_or_404(LineSource, pk=source_pk, line=line))
    return redirect(f"{address(request, 'line_edit', pk, line_pk)}#sources")


@require_safe
@writers
def preview(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The page as it would be published now."""
    synthesis = synthesis_or_refuse(pk, request.user, "read_draft")
    context = {**readable(request, synthesis, version_content(synthesis)), "is_preview": True}
    return render(request, "syntheses/detail.html", context)
