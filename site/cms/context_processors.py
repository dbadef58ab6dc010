"""`surroundings` in every template: who we are, menus and languages, read only when a template asks."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from cms import selectors
from core.preferences import Preferences, read_preferences


class Surroundings:
    """Lazy: a page that shows none of it costs nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def reading(self) -> tuple[str, str, Preferences, bool]:
        """Everything that the frame of a page depends on, besides what the site publishes."""
        host, preferences = self._request.get_host(), read_preferences(self._request)
        return host, selectors.language(), preferences, settings.DEMO

    @cached_property
    def identity(self) -> selectors.Identity:
        return selectors.identity(self._request)

    @cached_property
    def header(self) -> tuple[selectors.Link, ...]:
        return selectors.menu("header", self._request)

    @cached_property
    def footer(self) -> tuple[selectors.Link, ...]:
        return selectors.menu("footer", self._request)

    @cached_property
    def legal(self) -> tuple[selectors.Link, ...]:
        return selectors.menu("legal", self._request)

    @cached_property
    def languages(self) -> list[selectors.LanguageLink]:
        shown = self.identity.has_language_switch
        return selectors.language_links(self._request) if shown else []

    @cached_property
    def home_url(self) -> str:
        return selectors.home_url(selectors.language())

    @cached_property
    def theme_url(self) -> str:
        return selectors.theme_url(self._request)


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Adds `surroundings` to the context; not `site`, which the pages of allauth fill with Django's own."""
    return {"surroundings": Surroundings(request)}
