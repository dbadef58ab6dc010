"""The taxonomies and their terms, on the same interface."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Body, Query

from core.text import fold
from directory.api import schemas
from directory.api.answers import listed, written
from directory.api.hsds import BAD, WRONG, api
from directory.exchange.hsds.terms import taxonomies_json, taxonomy_id, term_json
from directory.selectors.words import vocabulary


def _found(rows: list[dict[str, Any]], search: str) -> list[dict[str, Any]]:
    words = fold(search).split()
    return [one for one in rows if all(word in fold(f"{one['name']} {one['description']}") for word in words)]


def _taxonomies(query: schemas.Paged) -> Any:
    return listed(_found(taxonomies_json(), query.search), query)


@api.get("/taxonomies", response={200: schemas.NamedPage, **BAD}, summary="Taxonomies")
def list_taxonomies(request: HttpRequest, query: Query[schemas.Paged]) -> Any:
    return _taxonomies(query)


@api.post("/taxonomies", response={200: schemas.NamedPage, **BAD}, summary="The same, asked in the body")
def search_taxonomies(request: HttpRequest, query: Body[schemas.Paged]) -> Any:
    return _taxonomies(query)


@api.get("/taxonomies/{id}", response={200: schemas.NamedOut, **WRONG}, summary="A taxonomy")
def read_taxonomy(request: HttpRequest, id: UUID) -> HttpResponse:
    return _one(taxonomies_json(), id)


def _one(rows: list[dict[str, Any]], uid: UUID) -> HttpResponse:
    found = next((one for one in rows if one["id"] == str(uid)), None)
    if found is None:
        raise Http404
    return written(found)


def _terms(query: schemas.TermListFilters) -> Any:
    terms = list(vocabulary().terms.values())
    if query.taxonomy_id:
        terms = [one for one in terms if taxonomy_id(one.taxonomy) == query.taxonomy_id]
    if query.top_only:
        terms = [one for one in terms if one.parent is None]
    if query.parent_id:
        terms = [one for one in terms if one.parent == query.parent_id]
    return listed(_found([term_json(one) for one in terms], query.search), query)


@api.get("/taxonomy_terms", response={200: schemas.NamedPage, **BAD}, summary="Terms")
def list_terms(request: HttpRequest, query: Query[schemas.TermListFilters]) -> Any:
    return _terms(query)


@api.post("/taxonomy_terms", response={200: schemas.NamedPage, **BAD}, summary="The same, asked in the body")
def search_terms(request: HttpRequest, query: Body[schemas.TermListFilters]) -> Any:
    return _terms(query)


@api.get("/taxonomy_terms/{id}", response={200: schemas.NamedOut, **WRONG}, summary="A term")
def read_term(request: HttpRequest, id: UUID) -> HttpResponse:
    return _one([term_json(one) for one in vocabulary().terms.values()], id)
