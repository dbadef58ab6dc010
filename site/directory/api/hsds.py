"""The endpoints of HSDS 3.1 (`docs/directory-exchange.md`).

No key, no cookie, nothing kept of who asks.
"""

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query

from directory.api import schemas
from directory.api.answers import paged, written
from directory.api.lists import VERSION, WRONG, api, listed_at
from directory.codes import Status
from directory.exchange.gather import public_locations
from directory.models import Service, ServiceAtLocation
from directory.selectors import asked, drawn
from organisations.models import Organisation


@api.get("/", response=schemas.About, summary="This interface")
def about(request: HttpRequest) -> dict[str, Any]:
    home = settings.PUBLIC_URL
    return {
        "version": VERSION,
        "profile": f"{home}/hsds/profile",
        "openapi_url": f"{home}/hsds/openapi.json",
        "description": "Services for older people, people with disabilities and their relatives.",
        "publisher": {"name": settings.WAGTAIL_SITE_NAME, "url": home},
    }


@api.get("/profile", response=schemas.Profile, summary="What of HSDS is used here, and what is added")
def profile(request: HttpRequest) -> dict[str, Any]:
    return {
        "name": "Diapason",
        "version": VERSION,
        "description": "HSDS 3.1 with HSDS-UK's filters; what HSDS has no field for is said by attributes.",
        "required_endpoints": ["/", "/services", "/services/{id}"],
        "additions": ["minimum_age", "maximum_age", "day", "start_time", "end_time", "/locations"],
        "upstream_exceptions": [
            "/service_at_locations/{id} answers a service at a location, where the description of HSDS says a service"
        ],
    }


@listed_at("/services", schemas.ServiceFilters, schemas.ServicePage, "Services")
def _services(query: schemas.ServiceFilters) -> Any:
    draw: Any = drawn.plain_services
    if query.minimal:
        draw = drawn.minimal_services
    elif query.full:
        draw = drawn.whole_services
    return paged(asked.services_asked(query.asked()), query, draw)


@api.get("/services/{id}", response={200: schemas.ServiceOut, **WRONG}, summary="A service, whole")
def read_service(request: HttpRequest, id: UUID) -> HttpResponse:
    """One that ended is still told, as defunct; one that was merged is told as what it became."""
    service = get_object_or_404(Service.objects.select_related("merged_into"), uid=id, published=True)
    kept = service.merged_into or service
    if kept.status != Status.DEFUNCT and not kept.is_public:
        return written({"detail": "Not Found"}, 404)
    return written(next(iter(drawn.whole_services([kept]))))


@listed_at("/organizations", schemas.OrganizationFilters, schemas.OrganizationPage, "Organisations")
def _organizations(query: schemas.OrganizationFilters) -> Any:
    rows = asked.organisations_asked(query.search, query.terms())
    return paged(rows, query, partial(drawn.organizations, whole=query.full, services=query.full_service))


@api.get("/organizations/{id}", response={200: schemas.OrganizationOut, **WRONG}, summary="An organisation")
def read_organization(
    request: HttpRequest,
    id: UUID,
    query: Query[schemas.NestFilter],
) -> HttpResponse:
    known = asked.organisations_asked("", asked.Asked())
    row = get_object_or_404(
        Organisation.objects.filter(pk__in=known.values("pk")), pk__in=asked.organisations_of(id)
    )
    return written(next(drawn.organizations([row], whole=True, services=query.full_service)))


@listed_at("/service_at_locations", schemas.LinkFilters, schemas.LinkPage, "Services at their places")
def _links(query: schemas.LinkFilters) -> Any:
    return paged(asked.links_asked(query.asked()), query, partial(drawn.links, whole=query.full))


@api.get(
    "/service_at_locations/{id}",
    response={200: schemas.LinkOut, **WRONG},
    summary="A service at a place, whole",
)
def read_service_at_location(request: HttpRequest, id: UUID) -> HttpResponse:
    public = ServiceAtLocation.objects.filter(service__in=Service.objects.public())
    return written(next(drawn.links([get_object_or_404(public, uid=id)], whole=True)))


@listed_at("/locations", schemas.LocationFilters, schemas.LocationPage, "Places")
def _locations(query: schemas.LocationFilters) -> Any:
    return paged(asked.locations_asked(query.search), query, drawn.whole_locations)


@api.get("/locations/{id}", response={200: schemas.LocationOut, **WRONG}, summary="A place")
def read_location(request: HttpRequest, id: UUID) -> HttpResponse:
    return written(next(drawn.whole_locations([get_object_or_404(public_locations(), uid=id)])))
