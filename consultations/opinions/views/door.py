"""The door of the body asked: the code of the letter opens the answer of one opinion, without an account."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations.opinions.codes import PURPOSE, is_answer_code
from consultations.opinions.forms import AnswerForm, CodeForm
from consultations.opinions.models import Opinion
from consultations.opinions.services import answering
from consultations.opinions.views.access import INVALID, attempt, posted
from core.receipts import normalise_code
from core.repeats import once
from core.tolls import ask_toll, count_wrong, remember_opened, toll_page

OPENED = "opinion_answers"  # session key: the opinions whose code was typed here


def _asked_or_404(pk: UUID) -> Opinion:
    """An opinion that waits for an answer, or was answered; the code is the key to everything else."""
    found = Opinion.objects.select_related("council", "sent_to").filter(
        state__in=(*Opinion.WAITING, Opinion.State.ANSWERED)
    )
    return get_object_or_404(found, pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Type the code of the letter; that it was received is recorded."""
    opinion = _asked_or_404(pk)
    initial = {"code": request.GET.get("code", "")[:120].replace("-", " ")}
    form = CodeForm(posted(request), initial=initial)
    if form.is_bound and form.is_valid():
        code = normalise_code(form.cleaned_data["code"]) or ""
        if code and (toll := ask_toll(request, PURPOSE, code)) is not None:
            return toll_page(request, toll, action=request.path, code=code, kept=[])
        if is_answer_code(opinion, code):
            _acknowledge(opinion)
            request.session[OPENED] = [*request.session.get(OPENED, [])[-20:], str(pk)]
            response = redirect("opinions:reply", pk)
            remember_opened(request, response, PURPOSE, code)
            return response
        count_wrong(PURPOSE)
        form.add_error("code", _("This code does not open this opinion. Read it again in the letter."))
    context = {"opinion": opinion if opinion.is_published else None, "form": form}
    return render(request, "opinions/public/door.html", context, status=INVALID if form.errors else 200)


def _acknowledge(opinion: Opinion) -> None:
    """Whoever typed the code has the letter."""
    if opinion.state == Opinion.State.SENT:
        answering.acknowledge_opinion(actor=None, opinion=opinion, role=answering.BODY)


@never_cache
@once
def reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer, once the code is typed."""
    opinion = _asked_or_404(pk)
    if str(pk) not in request.session.get(OPENED, []):
        return redirect("opinions:answer", pk)
    form = AnswerForm(posted(request), initial={"by_title": opinion.sent_to_title})
    way = answering.Way.LINK
    if attempt(
        form, lambda: answering.answer_opinion(actor=None, opinion=opinion, given=form.given(), way=way)
    ):
        messages.success(request, _("Thank you. The council will read your answer at its next meeting."))
        return redirect(_after(opinion))
    context = {"opinion": opinion, "council": opinion.council, "form": form}
    return render(request, "opinions/public/reply.html", context, status=INVALID if form.errors else 200)


def _after(opinion: Opinion) -> str:
    name = "detail" if opinion.is_published else "reply"
    return reverse(f"opinions:{name}", args=[opinion.pk])
