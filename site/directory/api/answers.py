"""Lists page by page or as a stream, and single objects, as JSON."""

import json
import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import translation

from directory.api.schemas import Paged
from directory.exchange.gather import batches
from directory.selectors.asked import count_of

Json = dict[str, Any]
Draw = Callable[[list[Any]], Iterable[Json]]


def written(data: Json | list[Json], status: int = 200) -> HttpResponse:
    return HttpResponse(json.dumps(data, ensure_ascii=False), content_type="application/json", status=status)


def paged(rows: "QuerySet[Any]", asked: Paged, draw: Draw) -> HttpResponse | StreamingHttpResponse:
    """The page asked for; everything, a batch at a time, when a stream is asked for."""
    if asked.format == "ndjson":
        return stream(one for batch in batches(rows) for one in draw(batch))
    total = count_of(rows)
    start = (asked.page - 1) * asked.per_page
    found = list(rows[start : start + asked.per_page]) if start < total else []
    return written(wrapper(total, asked, list(draw(found))))


def listed(rows: list[Json], asked: Paged) -> HttpResponse | StreamingHttpResponse:
    """A short list that is not in the database."""
    if asked.format == "ndjson":
        return stream(iter(rows))
    start = (asked.page - 1) * asked.per_page
    return written(wrapper(len(rows), asked, rows[start : start + asked.per_page]))


def wrapper(total: int, asked: Paged, contents: list[Json]) -> Json:
    """The page wrapper of HSDS 3.1."""
    pages = max(1, math.ceil(total / asked.per_page))
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(contents),
        "first_page": asked.page == 1,
        "last_page": asked.page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def stream(objects: Iterable[Json]) -> StreamingHttpResponse:
    """One object a line."""

    def lines() -> Iterator[bytes]:
        with translation.override(settings.LANGUAGE_CODE):
            for one in objects:
                yield json.dumps(one, ensure_ascii=False).encode() + b"\n"

    return StreamingHttpResponse(lines(), content_type="application/x-ndjson")
