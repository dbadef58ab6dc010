"""Gestures of someone who answers, for tests of the pages."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from consultations.surveys.models import Survey

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def url(name: str, survey: Survey, *args: str) -> str:
    return reverse(f"surveys:{name}", args=[survey.slug, *args])


def begin(client: Client, survey: Survey, **data: str) -> HttpResponse:
    """From the first page to the first question."""
    return client.post(url("start", survey), {"mode": "alone", **data})


def give(client: Client, survey: Survey, code: str, **data: Any) -> HttpResponse:
    """Answer a question; `value_x` fills the field whose name ends in `_x`."""
    fields = {f"q-{code}{key.removeprefix('value')}": value for key, value in data.items()}
    return client.post(url("question", survey, code), fields)


def text(response: HttpResponse) -> str:
    return response.content.decode()
