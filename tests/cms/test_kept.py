"""The frame of pages is drawn once for all who read the same way, and follows what the site publishes."""

import re
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.http import HttpRequest
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client, RequestFactory
from django.urls import reverse

from cms import stamps
from cms.context_processors import Surroundings
from cms.models import SiteIdentity
from core.preferences import COOKIE
from tests.factories import cms as make

TOKEN = re.compile(r'value="[A-Za-z0-9]{64}"')


def page(client: Client, path: str) -> str:
    """Without the form tokens, which differ each time."""
    answer = client.get(path)
    assert answer.status_code == 200
    return TOKEN.sub("", answer.content.decode())


def drawings() -> Callable[[], str]:
    """Says a new word each time it is drawn."""
    words = iter("abcdef")
    return lambda: next(words)


class TestTheTag:
    def draw(self, request: HttpRequest, name: str, word: Callable[[], str]) -> str:
        template = Template("{% load cms %}{% kept '" + name + "' %}{{ word }}{% endkept %}")
        return template.render(Context({"surroundings": Surroundings(request), "word": word}))

    def test_draws_once_for_the_same_reading(self, db: None) -> None:
        word, request = drawings(), RequestFactory().get("/")
        assert [self.draw(request, "foot", word) for _ in range(2)] == ["a", "a"]

    def test_draws_again_for_another_part_host_or_reading(self, db: None, settings: LazySettings) -> None:
        settings.ALLOWED_HOSTS = ["*"]
        word, factory = drawings(), RequestFactory()
        easy = factory.get("/")
        easy.COOKIES[COOKIE] = "dark.large.easy"
        requests = [factory.get("/"), factory.get("/", HTTP_HOST="ailleurs.example"), easy]
        assert [self.draw(request, "foot", word) for request in requests] == ["a", "b", "c"]
        assert self.draw(requests[0], "head", word) == "d"

    def test_draws_again_once_something_public_changed(self, db: None) -> None:
        word, request = drawings(), RequestFactory().get("/")
        assert self.draw(request, "foot", word) == "a"
        stamps.bump_version()
        assert self.draw(request, "foot", word) == "b"

    def test_draws_each_time_where_there_is_no_site(self) -> None:
        template, word = Template("{% load cms %}{% kept 'x' %}{{ word }}{% endkept %}"), drawings()
        assert [template.render(Context({"word": word})) for _ in range(2)] == ["a", "b"]

    def test_takes_one_name(self) -> None:
        with pytest.raises(TemplateSyntaxError):
            Template("{% load cms %}{% kept %}{% endkept %}")


def test_memory_is_bounded(db: None) -> None:
    for number in range(stamps.MOST_AT_HAND * 3):
        stamps.at_hand(("anything", number), dict)
    assert len(stamps._at_hand) <= stamps.MOST_AT_HAND


@pytest.mark.parametrize("reading", ["auto.normal.full", "dark.large.easy"])
@pytest.mark.parametrize("path", ["/recherche/", "/affichage/", "/plan-du-site/"])
def test_a_page_is_the_same_whoever_drew_its_frame(db: None, path: str, reading: str) -> None:
    make.site()
    reader = Client()
    reader.cookies[COOKIE] = reading
    alone = page(reader, path)
    stamps.forget_at_hand()
    other = Client()
    other.cookies[COOKIE] = reading
    page(other, "/accessibilite")
    page(Client(), path)
    assert page(reader, path) == alone


def test_the_frame_follows_the_name_of_the_site(client: Client, db: None) -> None:
    make.site(name="Avant")
    assert "Avant" in page(client, "/affichage/")
    identity = SiteIdentity.objects.get()
    identity.name = "Ensuite"
    identity.save()
    assert "Avant" not in page(client, "/affichage/")
    assert "Ensuite" in page(client, "/affichage/")


@pytest.mark.parametrize("address", ["/compte/login/", "/compte/signup/", "/suivre/"])
def test_pages_of_other_packages_wear_the_colours_of_the_site(client: Client, address: str) -> None:
    make.site(accent="#0b6e4f")
    address_of_theme = reverse("cms:theme", args=["0"]).partition("0")[0]
    for _time in range(2):
        assert address_of_theme in page(client, address)
