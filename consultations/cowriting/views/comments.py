"""Comments on the words of a text."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import take_errors
from consultations.cowriting.forms import CommentForm, ReplyForm
from consultations.cowriting.models import Comment
from consultations.cowriting.permissions import can
from consultations.cowriting.selectors import talks_of, writing_boxes
from consultations.cowriting.services import commenting
from consultations.cowriting.views.access import (
    INVALID,
    manuscript_or_refuse,
    page,
    signed_in,
    text_or_refuse,
)
from consultations.process.views.access import StaffRequest, posted
from core.repeats import once


def _to(pk: UUID, name: str, comment: Comment | None = None) -> str:
    anchor = f"#commentaire-{comment.pk}" if comment is not None else ""
    return reverse("cowriting:comments", args=[pk, name]) + anchor


@signed_in
@once
def comments(request: StaffRequest, pk: UUID, name: str) -> HttpResponse:
    """What is said of one text, and one more comment."""
    shared, _field = text_or_refuse(request, pk, name, "read")
    form = CommentForm(posted(request), initial={"quotation": request.GET.get("mots", "")[:500]})
    if form.is_bound and form.is_valid():
        try:
            comment = commenting.comment_text(
                actor=request.user, manuscript=shared.manuscript, name=name, **form.cleaned_data
            )
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("Your comment is added."))
            return redirect(_to(pk, name, comment))
    return _page(request, pk, name, form)


def _page(request: StaffRequest, pk: UUID, name: str, form: Any, **more: Any) -> HttpResponse:
    shared, field = text_or_refuse(request, pk, name, "read")
    talks = talks_of(shared)
    return page(
        request,
        "cowriting/comments.html",
        shared.manuscript,
        "comments",
        status=INVALID if form.errors or more else 200,
        shared=shared,
        field=field,
        form=form,
        open_talks=[talk for talk in talks if talk.comment.resolved_at is None],
        settled_talks=[talk for talk in talks if talk.comment.resolved_at is not None],
        may_comment=can("comment", request.user, shared.manuscript, name),
        may_settle=can("decide", request.user, shared.manuscript, name),
        **more,
    )


def _comment(request: StaffRequest, pk: UUID, comment_pk: UUID) -> Comment:
    manuscript = manuscript_or_refuse(request, pk)
    rows = Comment.objects.select_related("shared_text__manuscript", "answers")
    return get_object_or_404(rows, pk=comment_pk, shared_text__manuscript=manuscript)


@signed_in
@require_POST
@once
def reply(request: StaffRequest, pk: UUID, comment_pk: UUID) -> HttpResponse:
    """Answer a comment."""
    comment = _comment(request, pk, comment_pk)
    name, form = comment.shared_text.name, ReplyForm(request.POST)
    if form.is_valid():
        given = commenting.answer_comment(actor=request.user, comment=comment, **form.cleaned_data)
        return redirect(_to(pk, name, given.answers))
    return _page(request, pk, name, CommentForm(), replying=comment.pk, reply_form=form)


@signed_in
@require_POST
def settle(request: StaffRequest, pk: UUID, comment_pk: UUID) -> HttpResponse:
    """Settle a comment, or open it again."""
    comment = _comment(request, pk, comment_pk)
    try:
        commenting.settle_comment(actor=request.user, comment=comment, settled="again" not in request.POST)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(_to(pk, comment.shared_text.name, comment))


@signed_in
def all_comments(request: StaffRequest, pk: UUID) -> HttpResponse:
    """How much is said of each text."""
    manuscript = manuscript_or_refuse(request, pk)
    boxes = writing_boxes(manuscript, request.user)
    return page(request, "cowriting/all_comments.html", manuscript, "comments", boxes=boxes)
