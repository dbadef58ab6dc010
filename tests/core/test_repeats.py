"""A form sent twice: one act, and the same answer."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory
from django.utils import timezone

from core.models import HandledPost
from core.repeats import KEPT, once, purge_handled_posts
from tests.factories.accounts import UserFactory
from tests.surveys.test_concurrency import real_database, run_together

pytestmark = pytest.mark.django_db


class Counter:
    """A view that counts how often it acted."""

    def __init__(self) -> None:
        self.acts = 0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("title") == "":
            return HttpResponse(status=422)
        if request.POST.get("title") == "refused":
            raise PermissionDenied
        self.acts += 1
        return redirect(f"/made/{self.acts}/")


def post(user: Any = None, path: str = "/new/", **data: str) -> HttpRequest:
    request = RequestFactory().post(path, {"csrfmiddlewaretoken": "mask", "title": "Se loger", **data})
    request.user = user or AnonymousUser()
    return request


def wrapped(view: Counter) -> Any:
    def acting(request: HttpRequest) -> HttpResponse:
        return view(request)

    return once(acting)


def test_the_second_click_is_led_to_what_the_first_made() -> None:
    view = Counter()
    assert [wrapped(view)(post())["Location"] for _click in range(3)] == ["/made/1/"] * 3
    assert view.acts == 1


@pytest.mark.parametrize(
    "other", [{"csrfmiddlewaretoken": "drawn again"}, {"title": "Se déplacer"}, {"path": "/other/"}]
)
def test_another_page_other_words_or_another_address_act_again(other: dict[str, str]) -> None:
    view = Counter()
    wrapped(view)(post())
    wrapped(view)(post(**other))
    assert view.acts == 2


def test_two_people_act_each() -> None:
    view = Counter()
    for user in UserFactory.create_batch(2):
        wrapped(view)(post(user))
    assert view.acts == 2


def test_what_was_refused_may_be_sent_again() -> None:
    view = Counter()
    assert wrapped(view)(post(title="")).status_code == 422
    for _click in range(2):
        with pytest.raises(PermissionDenied):
            wrapped(view)(post(title="refused"))
    assert not HandledPost.objects.exists()


def test_a_form_without_a_token_is_not_remembered() -> None:
    view = Counter()
    for _click in range(2):
        request = RequestFactory().post("/new/", {"title": "Se loger"})
        request.user = AnonymousUser()
        wrapped(view)(request)
    assert view.acts == 2


def test_what_was_written_cannot_be_read_back() -> None:
    wrapped(Counter())(post(title="Je suis malade"))
    assert "malade" not in str(HandledPost.objects.values().get())


def test_the_day_before_is_forgotten() -> None:
    wrapped(Counter())(post())
    assert purge_handled_posts() == 0
    HandledPost.objects.update(at=timezone.now() - KEPT - timedelta(minutes=1))
    assert purge_handled_posts() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_act_once(tmp_path: Path) -> None:
    view = Counter()
    with real_database(tmp_path):
        answers, failures = run_together([lambda: wrapped(view)(post())["Location"] for _click in range(6)])
    assert not failures
    assert set(answers) == {"/made/1/"}
