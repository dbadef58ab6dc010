"""The interface itself, and how each of its lists is asked: by GET, or by POST with the same names in a JSON body.

A search about one's health then stays out of the logs of every machine on the way.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja import Body, NinjaAPI, Query
from ninja.parser import Parser

from directory.api import schemas

VERSION = "3.1"


class ObjectParser(Parser):
    """A body is an object: an empty list is not a search for everything."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        body = super().parse_body(request)
        if not isinstance(body, dict):
            raise TypeError("not an object")
        return dict(body)


api = NinjaAPI(
    title="Diapason · HSDS 3.1",
    version=VERSION,
    description="The directory of services as open data (Human Services Data Specification). No key needed.",
    docs_url=None,  # its page loads scripts from elsewhere
    urls_namespace="hsds",
    parser=ObjectParser(),
)
WRONG: dict[Any, Any] = {400: schemas.Problem, 404: schemas.Problem, 422: schemas.Problem}
STREAMED = {200: {"content": {"application/x-ndjson": {"schema": {"type": "string"}}}}}
Answer = Callable[[Any], Any]


def listed_at(path: str, filters: type[schemas.Paged], page: Any, summary: str) -> Callable[[Answer], Answer]:
    """Give a list its two doors; the function answers what was asked."""
    name = path.strip("/")
    responses: dict[Any, Any] = {200: page, 400: schemas.Problem, 422: schemas.Problem}

    def register(answer: Answer) -> Answer:
        for kind, method, verb in ((Query, api.get, "list"), (Body, api.post, "search")):

            def asked(request: HttpRequest, query: Any) -> Any:
                return answer(query)

            asked.__annotations__["query"] = kind[filters]
            asked.__name__ = f"{verb}_{name}"
            words = summary if verb == "list" else f"{summary}, asked in the body"
            method(path, response=responses, summary=words, openapi_extra={"responses": STREAMED})(asked)
        return answer

    return register
