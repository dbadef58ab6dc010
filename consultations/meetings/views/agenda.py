"""The agenda, its documents, and the notice with the proof that it was sent."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultations.meetings.forms import ConveneForm, DocumentForm, ItemForm, ProofForm
from consultations.meetings.models import AgendaDocument, AgendaItem, Convening, ConveningProof, Meeting
from consultations.meetings.permissions import parts_of
from consultations.meetings.selectors.desk import agenda_of
from consultations.meetings.selectors.sending import sendings_of
from consultations.meetings.services import agenda, convening
from consultations.meetings.states import Part
from consultations.meetings.views.access import (
    INVALID,
    StaffRequest,
    asked_why,
    attempt,
    desk,
    done_or_said,
    meeting_or_refuse,
    page,
    sent_file,
)
from consultations.meetings.wording import notice_words
from consultations.process.views.access import posted
from core.repeats import once


def _agenda_page(
    request: StaffRequest, meeting: Meeting, form: ItemForm | None = None, status: int = 200
) -> HttpResponse:
    return page(
        request,
        "meetings/desk/agenda.html",
        meeting,
        "agenda",
        status=status,
        agenda=agenda_of(meeting),
        form=form or ItemForm(),
    )


@desk
@once
def agenda_page(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The agenda; posting adds an item, or proposes one for those who do not build it."""
    meeting = meeting_or_refuse(request, pk)
    if request.method != "POST":
        return _agenda_page(request, meeting)
    form, adds = ItemForm(request.POST), "add" in request.POST
    write = agenda.add_item if adds else agenda.propose_item
    if attempt(form, lambda: write(actor=request.user, meeting=meeting, **form.cleaned_data)):
        messages.success(
            request, _("The item is on the agenda.") if adds else _("Your item is proposed to the president.")
        )
        return redirect("meeting_desk:agenda", pk)
    return _agenda_page(request, meeting, form, INVALID)


def item_or_404(meeting: Meeting, item_pk: UUID) -> AgendaItem:
    item = get_object_or_404(AgendaItem, pk=item_pk, meeting=meeting)
    item.meeting = meeting
    return item


@desk
@once
def item_edit(request: StaffRequest, pk: UUID, item_pk: UUID) -> HttpResponse:
    """The words of an item, and its documents."""
    meeting = meeting_or_refuse(request, pk, "arrange")
    item = item_or_404(meeting, item_pk)
    names = ItemForm.base_fields
    form = ItemForm(posted(request), initial={name: getattr(item, name) for name in names})
    if attempt(form, lambda: agenda.update_item(actor=request.user, item=item, **form.cleaned_data)):
        messages.success(request, _("The item is changed."))
        return redirect("meeting_desk:agenda", pk)
    status = INVALID if form.errors else 200
    return page(request, "meetings/desk/item_form.html", meeting, "agenda", form=form, item=item, documents=_shown(item), document_form=DocumentForm(), status=status)  # fmt: skip


def _shown(item: AgendaItem) -> list[AgendaDocument]:
    return list(item.documents.filter(withdrawn_on=None))


@desk
@once
@require_POST
def document_add(request: StaffRequest, pk: UUID, item_pk: UUID) -> HttpResponse:
    """A file with an item."""
    meeting = meeting_or_refuse(request, pk, "arrange")
    item = item_or_404(meeting, item_pk)
    form = DocumentForm(request.POST, request.FILES)
    if attempt(form, lambda: agenda.add_document(actor=request.user, item=item, **form.cleaned_data)):
        messages.success(request, _("The document is added."))
        return redirect("meeting_desk:item", pk, item_pk)
    names = ItemForm.base_fields
    item_form = ItemForm(initial={name: getattr(item, name) for name in names})
    return page(request, "meetings/desk/item_form.html", meeting, "agenda", form=item_form, item=item, documents=_shown(item), document_form=form, status=INVALID)  # fmt: skip


@desk
@require_safe
def document_file(request: StaffRequest, pk: UUID, document_pk: UUID) -> HttpResponse:
    """A file of the agenda, for members."""
    meeting = meeting_or_refuse(request, pk)
    rows = AgendaDocument.objects.filter(item__meeting=meeting, withdrawn_on=None)
    document = get_object_or_404(rows, pk=document_pk)
    return sent_file(document.file)


@desk
@require_POST
@once
def document_withdraw(request: StaffRequest, pk: UUID, document_pk: UUID) -> HttpResponse:
    """No longer shown."""
    meeting = meeting_or_refuse(request, pk, "arrange")
    document = get_object_or_404(AgendaDocument, item__meeting=meeting, pk=document_pk)
    return done_or_said(
        request,
        lambda: agenda.withdraw_document(actor=request.user, document=document),
        _("The document is no longer shown."),
        "meeting_desk:item",
        pk,
        document.item_id,
    )


@desk
@require_POST
@once
def item_act(request: StaffRequest, pk: UUID, item_pk: UUID, verb: str) -> HttpResponse:
    """Accept, move up, move down: one button each."""
    meeting = meeting_or_refuse(request, pk, "arrange")
    item, user = item_or_404(meeting, item_pk), request.user
    acts = {
        "accepter": (lambda: agenda.accept_item(actor=user, item=item), _("The item is on the agenda.")),
        "monter": (lambda: agenda.shift_item(actor=user, item=item, up=True), _("The item is moved up.")),
        "descendre": (
            lambda: agenda.shift_item(actor=user, item=item, up=False),
            _("The item is moved down."),
        ),
    }
    act, said = acts.get(verb, acts["accepter"])
    return done_or_said(request, act, said, "meeting_desk:agenda", pk)


@desk
@once
def item_refuse(request: StaffRequest, pk: UUID, item_pk: UUID) -> HttpResponse:
    """Not kept, and why: its author reads it."""
    meeting = meeting_or_refuse(request, pk, "arrange")
    item = item_or_404(meeting, item_pk)
    said = _("The item is not kept. Its author reads why.")
    act = partial(agenda.refuse_item, item=item)
    return asked_why(request, meeting, ("meetings/desk/item_refuse.html", "agenda"), act, said, item=item)


@desk
@require_POST
@once
def suggestion_take(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Put on the agenda what an app proposes."""
    meeting = meeting_or_refuse(request, pk, "arrange")
    kind, key = request.POST.get("kind", ""), request.POST.get("key", "")
    return done_or_said(
        request,
        lambda: agenda.take_suggestion(actor=request.user, meeting=meeting, kind=kind, key=key),
        _("The item is on the agenda."),
        "meeting_desk:agenda",
        pk,
    )


@desk
@once
def notice_page(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The notice: whether it is in time, what it says, how it reached each member."""
    meeting = meeting_or_refuse(request, pk)
    found = convening.notice_of(meeting)
    is_president = Part.PRESIDENT in parts_of(request.user, meeting)
    form = ConveneForm(posted(request), is_late=found.is_late, is_president=is_president)
    if request.method == "POST":
        meeting_or_refuse(request, pk, "convene")
    if attempt(
        form, lambda: convening.convene_meeting(actor=request.user, meeting=meeting, **form.cleaned_data)
    ):
        messages.success(request, _("The notice is sent. Follow below how it reaches each member."))
        return redirect("meeting_desk:notice", pk)
    return page(
        request,
        "meetings/desk/notice.html",
        meeting,
        "notice",
        form=form,
        notice=found,
        notice_words=notice_words(found),
        text=convening.notice_text(meeting),
        sendings=sendings_of(meeting),
        status=INVALID if form.errors else 200,
    )


@desk
@once
def proof_page(request: StaffRequest, pk: UUID, proof_pk: UUID) -> HttpResponse:
    """How a notice went: by post, by hand and by whom, or that the e-mail came back."""
    meeting = meeting_or_refuse(request, pk, "prove")
    rows = ConveningProof.objects.select_related("convening__meeting", "mandate")
    proof = get_object_or_404(rows, pk=proof_pk, convening__meeting=meeting)
    form = ProofForm(posted(request))

    def record() -> ConveningProof:
        given = dict(form.cleaned_data)
        came_back = given["way"] == "bounced"
        way, state = ("email", "bounced") if came_back else (given["way"], "")
        return convening.record_proof(
            actor=request.user,
            proof=proof,
            way=way,
            state=state,
            by_label=given["by_label"],
            note=given["note"],
        )

    if attempt(form, record):
        messages.success(request, _("It is recorded."))
        return redirect("meeting_desk:notice", pk)
    status = INVALID if form.errors else 200
    return page(
        request, "meetings/desk/proof_form.html", meeting, "notice", form=form, proof=proof, status=status
    )


@desk
@require_POST
@once
def letters_printed(request: StaffRequest, pk: UUID, convening_pk: UUID) -> HttpResponse:
    """Record that the letters were printed for the post."""
    meeting = meeting_or_refuse(request, pk, "prove")
    sent = get_object_or_404(Convening, pk=convening_pk, meeting=meeting)
    return done_or_said(
        request,
        lambda: convening.print_letters(actor=request.user, convening=sent),
        _("The letters are recorded as printed for the post."),
        "meeting_desk:notice",
        pk,
    )
