"""The receipt: what became of what I said; the thread through what is public. The code is a secret: nothing keeps or forwards the address."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from consultations.lineage.drawing import picture_of, sentence_of
from consultations.lineage.forms import ReceiptForm
from consultations.lineage.registries import receipt_pages, thread_links
from consultations.lineage.selectors import story, thread_of
from core.preferences import read_preferences
from core.receipts import format_code, normalise_code
from core.selectors import find_receipt
from core.tolls import ask_toll, count_wrong, remember_opened, toll_page

PURPOSE = "receipt"
LONGEST_KEY = 150


def secret_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Not cached, not indexed: whoever knows the address knows the secret."""

    @wraps(view)
    def page(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return page


@csrf_exempt  # the home page holds this form and is kept for everybody; nothing changes, the code is the secret
@never_cache
@secret_page
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The door where a code is typed; it is posted, so that it stays out of histories until it is known."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        code = normalise_code(form.cleaned_data["code"])
        if code and (toll := ask_toll(request, PURPOSE, code)):
            return toll_page(request, toll, action=reverse("lineage:follow"), code=code)
        if code and find_receipt(code):
            response = redirect("lineage:receipt", code)
            response.status_code = 303
            remember_opened(request, response, PURPOSE, code)
            return response
        count_wrong(PURPOSE)
        return unknown(request, form.cleaned_data["code"], is_code=code is not None)
    return render(request, "lineage/follow.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@secret_page
@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The story of what was given under this code, in words and by day."""
    canonical = normalise_code(code)
    if canonical and (toll := ask_toll(request, PURPOSE, canonical)):
        return toll_page(request, toll, action=reverse("lineage:follow"), code=canonical)
    found = find_receipt(canonical) if canonical else None
    if found and canonical and found.subject_kind in receipt_pages:
        return redirect(receipt_pages[found.subject_kind](canonical))
    told = story(found.subject_kind, found.subject_id) if found else None
    if found is None or told is None or canonical is None:
        count_wrong(PURPOSE)
        return unknown(request, code, is_code=canonical is not None)
    context = {
        "story": told,
        "given_on": found.issued_on,
        "code": format_code(canonical),
        "easy": read_preferences(request).easy_read,
    }
    response = render(request, "lineage/receipt.html", context)
    # only here: a form under this policy is posted without an origin, which the CSRF check refuses
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def thread(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Where an object comes from and what became of it, in lists and in a picture, for whoever reads."""
    found = thread_of(kind, key, request.user) if len(key) <= LONGEST_KEY else None
    if found is None:
        raise Http404(_("This does not exist, or is not public."))
    context = {
        "thread": found,
        "picture": picture_of(found),
        "sentence": sentence_of(found),
        "easy": read_preferences(request).easy_read,
        "links": [link for make in thread_links if (link := make(kind, key)) is not None],
    }
    return render(request, "lineage/thread.html", context)


def unknown(request: HttpRequest, typed: str, *, is_code: bool) -> HttpResponse:
    """A mistyped or forged code: the form again, filled with what was typed."""
    form = ReceiptForm({"code": typed[:200]})
    if form.is_valid():
        form.add_error(
            "code",
            _("We do not know this code. Check each word, and the two digits at the end.")
            if is_code
            else _("A code has four words and two digits. Check what you noted down."),
        )
    return render(request, "lineage/follow.html", {"form": form}, status=404)
