"""What is not a page of the tree: search, site map, statement, stylesheet, robots; and the contact form."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms import search as searching
from cms import selectors
from cms.forms import ContactForm
from cms.models import ContactPage, LegalPage
from cms.services import send_contact_message
from cms.sitemaps import sitemap_entries

PER_PAGE = 10


@dataclass(frozen=True)
class TreeEntry:
    """A line of the site map; `depth` is 1 for the children of the home page."""

    label: str
    url: str
    depth: int


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for `q`, ten a page."""
    results = searching.find(request.GET.get("q", ""))
    hits = Paginator(results.hits, PER_PAGE).get_page(request.GET.get("page"))
    hits.object_list = searching.with_excerpts(results, list(hits))
    prefix = f"?{urlencode({'q': results.words})}&page="
    return render(request, "cms/search.html", {"results": results, "hits": hits, "prefix": prefix})


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Every published page of the active language, in the order of the tree."""
    home = selectors.home_page(request)
    pages = Page.objects.descendant_of(home).live().public().order_by("path") if home else Page.objects.none()
    entries = [
        TreeEntry(page.title, url, page.depth - home.depth)
        for page in pages
        if home and (url := page.get_url(request))
    ]
    return render(request, "cms/site_map.html", {"entries": entries})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement as its editors wrote it, or the legal minimum while nobody has."""
    page = selectors.legal_page(LegalPage.Kind.ACCESSIBILITY)
    if page is None:
        return render(request, "cms/accessibility.html")
    request.cms_page = page  # type: ignore[attr-defined]
    response: HttpResponse = page.serve(request).render()
    return response


def contact(request: HttpRequest, page: ContactPage) -> HttpResponse:
    """The contact page; what was typed is kept until it is sent."""
    recipient = selectors.identity(request).email
    form = ContactForm(request.POST if request.method == "POST" else None) if recipient else None
    status = 200
    if form is not None and request.method == "POST":
        if form.is_valid() and _send(request, form, recipient):
            return redirect(f"{page.get_url(request)}?envoye=1")
        status = 429 if form.has_error("__all__", "throttled") else 422
    context = page.get_context(request) | {"form": form, "is_sent": "envoye" in request.GET}
    return render(request, page.get_template(request), context, status=status)


def _send(request: HttpRequest, form: ContactForm, recipient: str) -> bool:
    data = form.cleaned_data
    if data["website"]:
        return True  # a robot believes it succeeded
    try:
        send_contact_message(
            recipient=recipient,
            sender_name=data["name"],
            sender_email=data["email"],
            message=data["message"],
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def theme(request: HttpRequest, digest: str) -> HttpResponse:
    """The accent's stylesheet; its name changes with its content."""
    return HttpResponse(selectors.identity(request).css, content_type="text/css; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; what is personal or internal may not."""
    personal = ("/gestion/", "/espace/", "/compte/", "/suivre/", "/enquetes/", "/annuaire/ma-liste/")
    searches = ("/recherche/", "/en/recherche/", "/annuaire/?", "/annuaire/comparer/")
    closed = (*personal, *searches)  # a robot's searches of services would count as needs
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All published pages, each with its translations."""
    context = {"entries": sitemap_entries(request)}
    return render(request, "cms/sitemap.xml", context, content_type="application/xml")
