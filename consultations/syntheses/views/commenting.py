"""The days when those who took part comment the draft."""

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.process.views.access import StaffRequest, posted
from consultations.syntheses import services
from consultations.syntheses.forms import CommentForm, ModerationForm
from consultations.syntheses.models import Synthesis, SynthesisComment
from consultations.syntheses.participants import commenter_of
from consultations.syntheses.states import Actor
from consultations.syntheses.views.access import INVALID, address, page_context, synthesis_or_refuse, writers
from consultations.syntheses.views.reading import readable, shown_comments


def open_synthesis(slug: str) -> Synthesis:
    """A synthesis open to comments, or 404."""
    found = Synthesis.objects.open_to_comments().select_related("consultation", "workshop")
    return get_object_or_404(found, slug=slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft, what was said of it, and a form for those who took part."""
    synthesis = open_synthesis(slug)
    known = commenter_of(request, synthesis)
    form = CommentForm(
        posted(request),
        needs_code=known.actor != Actor.PARTICIPANT,
        initial={"line": request.GET.get("phrase"), "client_uuid": uuid.uuid4()},
    )
    if form.is_valid() and _is_kept(request, synthesis, form):
        messages.success(request, _("Thank you. Your comment will be read, then shown here."))
        return redirect("syntheses:comment", slug)
    status = INVALID if form.errors else 200
    return render(request, "syntheses/comment.html", _comment_page(request, synthesis, form), status=status)


def _is_kept(request: HttpRequest, synthesis: Synthesis, form: CommentForm) -> bool:
    given = form.cleaned_data
    by = commenter_of(request, synthesis, code=given.get("code", ""))
    line = synthesis.lines.filter(pk=given["line"]).first() if given["line"] else None
    try:
        services.give_comment(
            by=by, synthesis=synthesis, text=given["text"], client_uuid=given["client_uuid"], line=line
        )
    except PermissionDenied:
        form.add_error(
            "code" if "code" in form.fields else None,
            _("We do not know this code for this workshop. Check each word, and the two digits at the end."),
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
    return not form.errors


def _comment_page(request: HttpRequest, synthesis: Synthesis, form: CommentForm) -> dict[str, Any]:
    version = synthesis.versions.order_by("-number").first()
    content = version.content if version else {"blocks": {}}
    key = _uuid(form["line"].value())
    quoted = synthesis.lines.filter(pk=key).first() if key else None
    return {
        **readable(request, synthesis, content),
        "form": form,
        "quoted": quoted,
        "comments": shown_comments(synthesis),
        "is_open": synthesis.takes_comments_on(timezone.localdate()),
    }


def _uuid(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


@require_safe
@writers
def comments(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Every comment, those to read first."""
    synthesis = synthesis_or_refuse(pk, request.user, "moderate")
    found = SynthesisComment.objects.filter(version__synthesis=synthesis).select_related("version")
    given = sorted(found, key=lambda one: one.status != SynthesisComment.Status.WAITING)
    lines = [(one, ModerationForm(instance=one, prefix=str(one.pk)[:8])) for one in given]
    context = page_context(request, synthesis, comments=lines)
    return render(request, "syntheses/workspace/comments.html", context)


@require_POST
@writers
def moderate(request: StaffRequest, pk: UUID, comment_pk: UUID) -> HttpResponse:
    """Show a comment or not; answer it."""
    synthesis = synthesis_or_refuse(pk, request.user, "moderate")
    found = get_object_or_404(SynthesisComment, pk=comment_pk, version__synthesis=synthesis)
    prefix = str(found.pk)[:8]
    reason, answer = (request.POST.get(f"{prefix}-{name}", "") for name in ("reason", "answer"))
    try:
        if answer.strip() != found.answer:
            services.answer_comment(actor=request.user, comment=found, answer=answer)
        if choice := request.POST.get("choice"):
            services.moderate_comment(
                actor=request.user, comment=found, is_shown=choice == "show", reason=reason
            )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(address(request, "comments", pk))
