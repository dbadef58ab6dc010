"""Pages of following. Letters lead here by signed links: nothing is asked but what the letter's reader may do."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.access import take_errors
from consultations.following.forms import FollowForm, RhythmForm
from consultations.following.models import Follow, Reader
from consultations.following.selectors import followed_item
from consultations.following.services import readers
from consultations.following.tokens import read_confirm, read_reader
from core.throttle import count_hit

ASKED_PER_MINUTE = 60
GONE, INVALID, TOO_MANY = 410, 422, 429


@never_cache
def ask(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Ask to be told of one thing; the answer is the same whatever the address."""
    item = followed_item(kind, key)
    if item is None:
        raise Http404
    form = FollowForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        if count_hit("following.ask") > ASKED_PER_MINUTE:
            form.add_error(None, _("Many people ask at this moment. Try again in a minute."))
            status = TOO_MANY
        else:
            try:
                readers.ask_to_follow(kind=kind, key=key, **form.cleaned_data)
            except ValidationError as error:
                take_errors(form, error)
            else:
                return redirect("following:asked")
    status = status if status != 200 or not form.errors else INVALID
    return render(
        request, "following/ask.html", {"form": form, "item": item, "kind": kind, "key": key}, status=status
    )


def asked(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render(request, "following/asked.html")


@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button rather than the link alone: programs that check letters follow links."""
    follow = read_confirm(token)
    item = followed_item(follow.kind, follow.key) if follow is not None else None
    if follow is None or item is None:
        return render(request, "following/gone.html", status=GONE)
    if request.method == "POST":
        readers.confirm_follow(follow=follow)
        return render(request, "following/confirmed.html", {"item": item, "reader": follow.reader})
    return render(request, "following/confirm.html", {"item": item})


@never_cache
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """What one reader follows, and how often; changed by buttons."""
    reader = read_reader(token)
    if reader is None:
        return render(request, "following/gone.html", status=GONE)
    form = RhythmForm(request.POST if "rhythm" in request.POST else None, instance=reader)
    if "stop" in request.POST:
        readers.stop_following(reader=reader, follow_id=_own(reader, request.POST["stop"]))
        if not reader.follows.exists():
            return render(request, "following/stopped.html")
        messages.success(request, _("It is done: you will not be told of it any more."))
        return redirect("following:manage", token)
    if form.is_bound and form.is_valid():
        readers.change_rhythm(reader=reader, rhythm=form.cleaned_data["rhythm"])
        messages.success(request, _("Your choice is kept."))
        return redirect("following:manage", token)
    follows = [(one, followed_item(one.kind, one.key)) for one in reader.follows.exclude(confirmed_on=None)]
    context = {"form": form, "follows": [pair for pair in follows if pair[1]], "token": token}
    return render(request, "following/manage.html", context, status=INVALID if form.errors else 200)


def _own(reader: Reader, key: str) -> str:
    """One of the reader's own; anything else is not found."""
    try:
        return str(reader.follows.get(pk=key).pk)
    except (Follow.DoesNotExist, ValidationError):
        raise Http404 from None


@csrf_exempt  # mail programs post here by themselves (RFC 8058): the signed address is the secret
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop everything, in one click."""
    reader = read_reader(token)
    if reader is None or request.method == "POST":
        if reader is not None:
            readers.stop_following(reader=reader)
        return render(request, "following/stopped.html")
    return render(request, "following/stop.html")
