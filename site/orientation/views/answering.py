"""A service answers by its link, without account. The link opens one request; nothing of the person shows before."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import attempt
from consultations.lineage.views import secret_page
from core.throttle import count_hit
from orientation.forms.desk import AnswerForm
from orientation.models import AnswerLink, Sending
from orientation.selectors.desk import needs_of
from orientation.services import answering
from orientation.states import Part
from orientation.tokens import find_link, is_expired

SERVICE = frozenset({Part.SERVICE})
TRIES_PER_MINUTE = 600
NOT_FOUND, GONE, INVALID, TOO_MANY = 404, 410, 422, 429


@never_cache
@secret_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Open, then answer; a link that is forged, old, used or no longer needed says so and what to do."""
    link = find_link(token)
    if link is None:
        late = count_hit("orientation.links") > TRIES_PER_MINUTE
        return _gone(request, "unknown", status=TOO_MANY if late else NOT_FOUND)
    sending, verb = link.sending, request.POST.get("verb", "")
    if closed := _closed(link):
        if closed == "expired" and verb == "renew":
            answering.renew_link(sending=sending)  # said the same whether a letter left or one just did
            return _gone(request, "renewed", sending=sending, status=200)
        return _gone(request, closed, sending=sending)
    if verb == "open":
        answering.open_sending(actor=None, sending=sending, parts=SERVICE)
        return redirect("orientation:answer", token)
    if sending.state == Sending.State.SENT:
        return render(
            request,
            "orientation/public/cover.html",
            {"sending": sending, "needs": needs_of(sending.help_request)},
        )
    return _answer_page(request, sending, token)


def _closed(link: AnswerLink) -> str:
    """Why the link opens nothing, or nothing when it does."""
    sending = link.sending
    if sending.help_request.is_erased or sending.state == Sending.State.WITHDRAWN:
        return "withdrawn"
    if sending.state in {Sending.State.REFUSED, Sending.State.FULL}:
        return "answered"
    if sending.state in {Sending.State.EXPIRED, Sending.State.CLOSED}:
        return "ended"
    if is_expired(link):
        return "answered" if sending.state == Sending.State.ACCEPTED else "expired"
    return ""


def _gone(
    request: HttpRequest, why: str, *, sending: Sending | None = None, status: int = GONE
) -> HttpResponse:
    return render(request, "orientation/public/gone.html", {"why": why, "sending": sending}, status=status)


def _answer_page(request: HttpRequest, sending: Sending, token: str) -> HttpResponse:
    form = AnswerForm(request.POST if request.method == "POST" else None, sending=sending)

    def send() -> object:
        return answering.answer_sending(actor=None, sending=sending, parts=SERVICE, **form.cleaned_data)

    if attempt(form, send):
        messages.success(request, _("Your answer is sent. Thank you: the person reads it with their code."))
        return redirect("orientation:answer", token)
    context = {
        "sending": sending,
        "found": sending.help_request,
        "needs": needs_of(sending.help_request),
        "form": form if form.fields["verb"].choices else None,  # type: ignore[attr-defined]
    }
    return render(request, "orientation/public/answer.html", context, status=INVALID if form.errors else 200)
