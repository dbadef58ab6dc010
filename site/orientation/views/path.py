"""The guided path: one question per page, the list of services with the reasons, then the request."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import posted, take_errors
from core import errors
from core.preferences import read_preferences
from core.qr import public_url, qr_svg
from core.receipts import format_code
from core.repeats import once
from core.throttle import count_hit
from directory.models import Service
from orientation.draft import Draft
from orientation.forms.path import ConsentForm
from orientation.models import HelpRequest
from orientation.selectors.offers import need_labels
from orientation.services.asking import MOST_SERVICES, send_request
from orientation.steps import ASKING, BY_SLUG, QUESTIONS, Step, before, first_missing, next_of
from orientation.views.results import chosen_services, consent_words
from orientation.walk import SENT, Walk, counter_of, forget_walk, keep_walk, read_walk

HONEYPOT = "site_web"
SENT_PER_MINUTE = 60
INVALID, TOO_MANY = 422, 429


@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """What the path does; starting again forgets the answers, not the counter a professional is at."""
    walk, wanted = read_walk(request), _wanted(request)
    if request.method == "POST":
        services = [wanted.slug] if wanted else []
        keep_walk(request, Walk(counter=walk.counter, origin=walk.origin, services=services))
        return redirect("orientation:question", QUESTIONS[0].slug)
    context = {
        "walk": walk,
        "wanted": wanted,
        "counter": counter_of(request, walk),
        "easy": read_preferences(request).easy_read,
    }
    return render(request, "orientation/path/start.html", context)


def _wanted(request: HttpRequest) -> Service | None:
    """The service whose page led here: it is ticked in the list, if it suits."""
    slug = request.POST.get("service") or request.GET.get("service") or ""
    return Service.objects.public().filter(slug=slug[:90]).first() if slug else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """One question. Passing it forgets what was answered, going back keeps what is right of it."""
    step, walk = BY_SLUG.get(slug), read_walk(request)
    if step is None:
        raise Http404
    if step in ASKING and not walk.services:
        return redirect("orientation:services")
    form = step.form(posted(request), walk=walk, easy=read_preferences(request).easy_read)
    action = request.POST.get("action")
    passes, returns = action == "skip" and step.can_skip, action == "back"
    if form.is_bound and (passes or form.is_valid() or returns):
        given = form.blank() if passes else form.answers() if form.is_valid() else {}
        for name, value in given.items():
            if hasattr(walk, name):
                setattr(walk, name, value)
        keep_walk(request, walk)
        return redirect(_before(request, step) if returns else _after(request, step))
    return render(request, "orientation/path/question.html", _page(request, step, form, walk),
                  status=INVALID if form.errors else 200)  # fmt: skip


def _after(request: HttpRequest, step: Step) -> str:
    following = next_of(step)
    if following is None or "retour" in request.GET:
        return reverse("orientation:services" if step in QUESTIONS else "orientation:check")
    return reverse("orientation:question", args=[following.slug])


def _drawn(form: Any) -> tuple[str, ...]:
    """The fields the page draws in the frame of the question."""
    return (form.main, "search") if getattr(form, "words_first", False) else (form.main,)


def _before(request: HttpRequest, step: Step) -> str:
    """`retour` leads back to where an answer is changed from."""
    earlier = before(step)
    if "retour" in request.GET:
        return reverse("orientation:services" if step in QUESTIONS else "orientation:check")
    if earlier is not None:
        return reverse("orientation:question", args=[earlier.slug])
    return reverse("orientation:start" if step in QUESTIONS else "orientation:services")


def _page(request: HttpRequest, step: Step, form: Any, walk: Walk) -> dict[str, Any]:
    easy = read_preferences(request).easy_read
    part = QUESTIONS if step in QUESTIONS else ASKING
    return {
        "step": step,
        "form": form,
        "main": form[form.main] if form.main else None,
        "first": form["search"] if getattr(form, "words_first", False) else None,
        "others": [field for field in form if field.name not in _drawn(form)],
        "title": step.title_for(walk, easy=easy),
        "hint": step.easy_hint if easy else step.hint,
        "number": part.index(step) + 1,
        "total": len(part),
        "counter": counter_of(request, walk),
    }


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """The services ticked in the list."""
    walk = read_walk(request)
    walk.services = [one[:90] for one in dict.fromkeys(request.POST.getlist("service"))][: MOST_SERVICES + 1]
    if not walk.services:
        messages.error(request, _("Tick at least one service to ask."))
        return redirect("orientation:services")
    if len(walk.services) > MOST_SERVICES:
        messages.error(request, _("Choose at most %(most)d services.") % {"most": MOST_SERVICES})
        return redirect("orientation:services")
    keep_walk(request, walk)
    return redirect("orientation:question", ASKING[0].slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def check(request: HttpRequest) -> HttpResponse:
    """Read again what will be sent, to whom; agree, and send."""
    walk = read_walk(request)
    services = chosen_services(walk)
    if not services or first_missing(walk) or not walk.reach:
        return redirect(
            "orientation:services" if not walk.services else reverse("orientation:question", args=["joindre"])
        )
    counter = counter_of(request, walk)
    easy = read_preferences(request).easy_read
    words = consent_words(services, at_counter=counter is not None, easy=easy)
    by_phone = walk.origin == HelpRequest.Origin.PHONE
    form = ConsentForm(posted(request), at_counter=counter is not None, by_phone=by_phone)
    status = 200
    if request.POST.get(HONEYPOT):
        return errors.bad_request(request, ValueError("honeypot"))
    if form.is_bound and form.is_valid():
        if count_hit("orientation.send") > SENT_PER_MINUTE:
            form.add_error(None, _("Many people ask at this moment. Try again in a minute."))
            status = TOO_MANY
        elif _send(request, walk, form, services, words):
            return redirect("orientation:sent")
    status = INVALID if form.errors and status == 200 else status
    return render(
        request,
        "orientation/path/check.html",
        {**_check_page(walk, form, services, counter, easy=easy), "consent": words},
        status=status,
    )


def _check_page(
    walk: Walk, form: ConsentForm, services: list[Service], counter: Any, *, easy: bool
) -> dict[str, Any]:
    return {
        "easy": easy,
        "walk": walk,
        "form": form,
        "services": services,
        "counter": counter,
        "needs": list(need_labels(walk.needs, easy=easy).values()),
        "place": walk.place,
        "reach": dict(HelpRequest.Reach.choices).get(walk.reach, ""),
        "honeypot": HONEYPOT,
    }


def _send(request: HttpRequest, walk: Walk, form: ConsentForm, services: list[Service], words: str) -> bool:
    """True once sent; otherwise the form says why not."""
    counter = counter_of(request, walk)
    draft = Draft(
        key=UUID(walk.key),
        needs=walk.needs,
        commune=walk.place,
        reach=walk.reach,
        contact=walk.contact,
        consent_words=words,
        about=walk.about or HelpRequest.About.SELF,
        age=walk.age,
        modes=walk.modes,
        first_name=walk.first_name,
        words=walk.words,
        language=get_language() or "fr",
        agrees_second_choice=form.cleaned_data["second"],
        consent_said=form.cleaned_data.get("said") or HelpRequest.Said.WRITTEN,
        origin=walk.origin if counter else HelpRequest.Origin.ALONE,
        counter=counter,
    )
    actor = request.user if counter else None
    try:
        made, code = send_request(actor=actor, draft=draft, services=services)  # type: ignore[arg-type]
    except ValidationError as error:
        take_errors(form, error)
        return False
    request.session[SENT] = {"code": code, "key": made.short_key, "at_counter": counter is not None}
    if counter:
        keep_walk(request, Walk(counter=counter.pk, origin=walk.origin))
    else:
        forget_walk(request)
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sent(request: HttpRequest) -> HttpResponse:
    """The receipt, as long as this browser keeps it; a button hides it on a shared one."""
    if request.method == "POST":
        request.session.pop(SENT, None)
        return redirect("orientation:start")
    kept = request.session.get(SENT)
    if not kept:
        return redirect("orientation:start")
    return render(request, "orientation/path/sent.html", receipt_context(kept))


def receipt_context(kept: dict[str, Any]) -> dict[str, Any]:
    """The code in words, its drawing and its page."""
    path = reverse("orientation:follow", args=[kept["code"]])
    return {
        **kept,
        "code": format_code(kept["code"]),
        "path": path,
        "qr": qr_svg(public_url(path), title=_("My request")),
    }
