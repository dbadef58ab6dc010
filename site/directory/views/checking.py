"""From the letter that asks to read a record again: one button, no account."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from directory.services.letter_checks import confirm_by_letter, read_check

GONE = 410


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_letter(request: HttpRequest, token: str) -> HttpResponse:
    """A button rather than a link, which programs that check letters would follow."""
    found = read_check(token)
    if found is None:
        return render(request, "directory/public/claim_gone.html", status=GONE)
    if request.method != "POST":
        return render(request, "directory/public/check_letter.html", {"service": found})
    try:
        checked = confirm_by_letter(token=token)
    except ValidationError:
        return render(request, "directory/public/claim_gone.html", status=GONE)
    return render(request, "directory/public/check_answered.html", {"service": checked})
