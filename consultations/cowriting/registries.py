"""Kinds of manuscripts, declared here and filled by the apps that own them from `AppConfig.ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from accounts.permissions import Visitor
from core.registry import Registry

Words = str | Promise


@dataclass(frozen=True)
class TextField:
    """A text of a manuscript. `most` is in characters."""

    name: str
    label: Words
    help: Words = ""
    most: int = 5_000
    rows: int = 6


@dataclass(frozen=True)
class ManuscriptKind:
    """All that writing together needs to know of what is written.

    `may(user, verb, key, name)` answers for `read`, `write`, `comment`, `suggest`, `decide` and `name_version`, `name`
    being the text or empty for the whole. `details(key)` is what a version freezes besides the texts, JSON.
    `changed(key)` is told, in the transaction, that words changed.
    """

    key: str
    label: Words
    fields: tuple[TextField, ...]
    may: Callable[[Visitor, str, str, str], bool]
    title: Callable[[str], str]
    url: Callable[[str], str]
    details: Callable[[str], Mapping[str, Any]] = lambda key: {}
    changed: Callable[[str], None] = lambda key: None

    def field(self, name: str) -> TextField | None:
        """The text of this name; None when there is none."""
        return next((one for one in self.fields if one.name == name), None)


manuscript_kinds: Registry[ManuscriptKind] = Registry("kinds of manuscripts")
