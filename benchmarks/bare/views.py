"""A form of twelve fields behind a session and a CSRF token, stored as one JSON row."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from benchmarks.bare.models import Row


def form(request: HttpRequest) -> HttpResponse:
    """Show the form, or store what was sent and go to the page that says so."""
    if request.method == "POST":
        answers = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
        Row.objects.create(document={**answers, "visits": request.session.get("visits", 0)})
        return redirect("/bare/kept/")
    request.session["visits"] = request.session.get("visits", 0) + 1
    return render(request, "bare/form.html", {"names": [f"question_{number}" for number in range(12)]})


def kept(request: HttpRequest) -> HttpResponse:
    """The page after."""
    return HttpResponse("<!doctype html><title>Merci</title><h1>Merci</h1>")
