"""The person says anew how they can be reached: typed, read again, then done; a new e-mail address answers first."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import attempt, posted
from consultations.lineage.views import secret_page
from core.repeats import once
from orientation.forms.reaching import NewContactForm
from orientation.services import reaching
from orientation.tokens import find_new_address
from orientation.views.following import PERSON, found_by

GONE, INVALID = 410, 422


@never_cache
@secret_page
@require_http_methods(["GET", "HEAD", "POST"])
@once
def reach(request: HttpRequest, code: str) -> HttpResponse:
    """What is typed is shown again before anything changes."""
    found = found_by(request, code)
    if isinstance(found, HttpResponse):
        return found
    form, step = NewContactForm(posted(request)), request.POST.get("step", "")

    def change() -> object:
        return reaching.change_contact(request=found, parts=PERSON, **form.cleaned_data)

    if step == "confirm" and attempt(form, change):
        by_phone = form.cleaned_data["reach"] == "phone"
        messages.success(request, _("Noted. The services are told.") if by_phone else _("A letter has left."))
        return redirect("orientation:follow", code)
    context = {"found": found, "form": form, "address_code": code}
    context["is_checked"] = step == "check" and form.is_valid()
    return render(request, "orientation/public/reach.html", context, status=INVALID if form.errors else 200)


@never_cache
@secret_page
@require_http_methods(["GET", "HEAD", "POST"])
def reach_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The new address answers: a button, because programs that check letters follow links."""
    if request.method == "POST":
        is_known = reaching.confirm_address(token=token) is not None
    else:
        is_known = find_new_address(token) is not None
    context = {"is_known": is_known, "is_done": is_known and request.method == "POST"}
    template = "orientation/public/reach_confirm.html"
    return render(request, template, context, status=200 if is_known else GONE)
