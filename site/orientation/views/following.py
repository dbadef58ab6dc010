"""The person follows their request by its receipt code, takes it back, erases it. The address is the secret."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations.lineage.views import PURPOSE, secret_page
from core.preferences import read_preferences
from core.receipts import format_code, normalise_code
from core.repeats import once
from core.tolls import ask_toll, count_wrong, toll_page
from orientation.models import Coordination, HelpRequest, Sending
from orientation.selectors.desk import needs_of, sendings_of
from orientation.services import asking, coordinating
from orientation.states import LIFE, Part
from orientation.walk import SENT

PERSON = frozenset({Part.PERSON})


def found_by(request: HttpRequest, code: str) -> HelpRequest | HttpResponse:
    """The request a code opens, or the page that says why it opens nothing."""
    canonical = normalise_code(code)
    if canonical and (toll := ask_toll(request, PURPOSE, canonical)):
        return toll_page(request, toll, action=reverse("lineage:follow"), code=canonical)
    found = asking.find_request(canonical) if canonical else None
    if found is None:
        count_wrong(PURPOSE)
        return render(request, "orientation/public/unknown.html", status=404)
    return found


@never_cache
@secret_page
@require_http_methods(["GET", "HEAD", "POST"])
@once
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Where the request stands at each service, in words; what the person may do now."""
    found = found_by(request, code)
    if isinstance(found, HttpResponse):
        return found
    if request.method == "POST":
        try:
            messages.success(request, _act(request, found))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("orientation:follow", code)
    rows = [(one, LIFE.can("withdraw", PERSON, one)) for one in sendings_of(found)]
    context = {
        "found": found,
        "rows": rows,
        "needs": needs_of(found, easy=read_preferences(request).easy_read),
        "code": format_code(normalise_code(code) or code),
        "address_code": code,
        "coordination": Coordination.objects.filter(help_request=found).select_related("coordinator").first(),
        "is_unanswered": all(one.state in Sending.UNMET for one, _may in rows),
        "easy": read_preferences(request).easy_read,
    }
    return render(request, "orientation/public/follow.html", context)


def _act(request: HttpRequest, found: HelpRequest) -> str:
    """What was asked, and the words that say it is done."""
    verb = request.POST.get("verb", "")
    if verb == "coordinate":
        coordinating.flag_request(
            actor=None, request=found, why=Coordination.Why.UNANSWERED, agreed=True, parts=PERSON
        )
        return _("It is asked: a coordinator of the département will read your request.")
    if verb == "narrow":
        asking.keep_to_chosen(actor=None, request=found, parts=PERSON)
        return _("Noted: no other service is asked without you.")
    sending = _own(found, request.POST.get("sending", ""))
    if verb == "withdraw":
        asking.withdraw_sending(actor=None, sending=sending, parts=PERSON)
        return _("It is withdrawn. The service is told.")
    if verb == "other":
        if asking.look_for_other(sending=sending, parts=PERSON) is None:
            raise ValidationError(_("We found no other service that suits. Call this one, or a counter."))
        return _("Another service may help: read below.")
    if verb == "second":
        asking.accept_second_choice(actor=None, sending=sending, parts=PERSON)
        return _("It is sent to the other service.")
    raise Http404


def _own(found: HelpRequest, key: str) -> Sending:
    """One of this request's; anything else is not found."""
    try:
        return found.sendings.get(pk=UUID(key))
    except (Sending.DoesNotExist, ValueError):
        raise Http404 from None


@never_cache
@secret_page
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, code: str) -> HttpResponse:
    """Take everything back: asked once more, then nothing is left, and the code opens nothing."""
    found = found_by(request, code)
    if isinstance(found, HttpResponse):
        return found
    if request.method == "POST":
        asking.erase_request(actor=None, request=found, parts=PERSON)
        request.session.pop(SENT, None)
        return redirect("orientation:erased")
    return render(request, "orientation/public/erase.html", {"found": found, "address_code": code})


@never_cache
def erased(request: HttpRequest) -> HttpResponse:
    """What was done; it says nothing of anyone."""
    return render(request, "orientation/public/erased.html")
