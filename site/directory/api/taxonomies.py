"""The taxonomies and their terms, on the same interface."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from core.text import fold
from directory.api import schemas
from directory.api.answers import listed, written
from directory.api.lists import WRONG, api, listed_at
from directory.exchange.hsds.terms import taxonomies_json, taxonomy_id, term_json
from directory.selectors.words import vocabulary


def _found(rows: list[dict[str, Any]], search: str) -> list[dict[str, Any]]:
    words = fold(search).split()
    return [one for one in rows if all(word in fold(f"{one['name']} {one['description']}") for word in words)]


@listed_at("/taxonomies", schemas.Paged, schemas.NamedPage, "Taxonomies")
def _taxonomies(query: schemas.Paged) -> Any:
    return listed(_found(taxonomies_json(), query.search), query)


@api.get("/taxonomies/{id}", response={200: schemas.NamedOut, **WRONG}, summary="A taxonomy")
def read_taxonomy(request: HttpRequest, id: UUID) -> HttpResponse:
    return _one(taxonomies_json(), id)


def _one(rows: list[dict[str, Any]], uid: UUID) -> HttpResponse:
    found = next((one for one in rows if one["id"] == str(uid)), None)
    if found is None:
        raise Http404
    return written(found)


@listed_at("/taxonomy_terms", schemas.TermListFilters, schemas.NamedPage, "Terms")
def _terms(query: schemas.TermListFilters) -> Any:
    terms = list(vocabulary().terms.values())
    if query.taxonomy_id:
        terms = [one for one in terms if taxonomy_id(one.taxonomy) == query.taxonomy_id]
    if query.top_only:
        terms = [one for one in terms if one.parent is None]
    if query.parent_id:
        terms = [one for one in terms if one.parent == query.parent_id]
    return listed(_found([term_json(one) for one in terms], query.search), query)


@api.get("/taxonomy_terms/{id}", response={200: schemas.NamedOut, **WRONG}, summary="A term")
def read_term(request: HttpRequest, id: UUID) -> HttpResponse:
    return _one([term_json(one) for one in vocabulary().terms.values()], id)
