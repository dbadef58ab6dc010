"""What anyone reads of a service, of a place, of an organisation, of a scheme."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory import words
from directory.models import Location, Scheme, Service
from directory.permissions import can_edit_service, can_see_service
from directory.quality import explained
from directory.registries import links_of, panels, service_actions, service_panels
from directory.selectors.linked_data import linked_data
from directory.selectors.mapping import groups_around, small_map
from directory.selectors.places import shown_place
from directory.selectors.records import (
    heir_of,
    organisation_page,
    public_services,
    services_of_scheme,
    with_parts,
)
from directory.selectors.service_page import access_lines, kind_words, service_page, times_of_place
from organisations.models import Organisation


def service_or_gone(request: HttpRequest, slug: str) -> Service | HttpResponse:
    """The service, where it went when it was merged, or a page that says it has ended (410)."""
    service = get_object_or_404(with_parts(), slug=slug)
    if service.merged_into_id:
        moved = redirect("directory:service", heir_of(service).slug, permanent=True)
        moved["Cache-Control"] = "no-cache"  # a merger can be undone: browsers ask again
        return moved
    if can_see_service(request.user, service):
        return service
    if service.published:
        context = {
            "service": service,
            "others": public_services().filter(organisation=service.organisation)[:5],
        }
        return render(request, "directory/public/ended.html", context, status=HTTPStatus.GONE)
    raise Http404


@require_safe
def service_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything a person needs to decide and to go."""
    found = service_or_gone(request, slug)
    if isinstance(found, HttpResponse):
        return found
    path = reverse("directory:service", args=[found.slug])
    context = {
        "page": service_page(found),
        "service": found,
        "kind": kind_words(found),
        "words": words,
        "linked": linked_data(found, path) if found.is_public else None,
        "actions": panels(service_actions, found, request),
        "panels": panels(service_panels, found, request),
        "can_edit": can_edit_service(request.user, found),
        "share_url": request.build_absolute_uri(path),
    }
    return render(request, "directory/public/service.html", context)


@require_safe
def service_linked_data(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for search engines and other programs (schema.org)."""
    service = get_object_or_404(with_parts().filter(pk__in=Service.objects.public()), slug=slug)
    path = reverse("directory:service", args=[service.slug])
    return JsonResponse(linked_data(service, path), content_type="application/ld+json")


@require_safe
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation: what it does, its services, its places."""
    organisation = get_object_or_404(Organisation.objects.select_related("territory"), slug=slug)
    page = organisation_page(organisation)
    if not page.says_something:
        raise Http404
    context = {"page": page, "organisation": organisation, "links": links_of(organisation)}
    return render(request, "directory/public/organisation.html", context)


@require_safe
def location_detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A place: how to get there and in, and the services given there; a hidden one has no page."""
    location = get_object_or_404(Location.objects.select_related("commune", "organisation"), uid=uid)
    services = public_services().filter(locations=location)
    if location.address_hidden or not services:
        raise Http404
    shown = shown_place(location)
    context = {
        "location": location,
        "shown": shown,
        "services": services,
        "map": small_map(shown, groups_around()),
        "access": access_lines(location),
        "contacts": list(location.contacts.all()),
        "times": times_of_place(location, timezone.localtime()),
    }
    return render(request, "directory/public/location.html", context)


@require_safe
def scheme_list(request: HttpRequest) -> HttpResponse:
    """The schemes and rights, explained."""
    context = {"schemes": Scheme.objects.all(), "links": links_of()}
    return render(request, "directory/public/scheme_list.html", context)


@require_safe
def scheme_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A scheme or a right in plain words, and who helps to have it."""
    scheme = get_object_or_404(Scheme.objects.prefetch_related("needs"), slug=slug)
    context = {"scheme": scheme, "services": services_of_scheme(scheme), "links": links_of(scheme)}
    return render(request, "directory/public/scheme.html", context)


@require_safe
def quality_explained(request: HttpRequest) -> HttpResponse:
    """What the quality of a record is made of."""
    return render(request, "directory/public/quality.html", {"criteria": explained()})
