"""How a reader wants to read: colours, text size, easy words. Kept in one cookie, without an account."""

from dataclasses import dataclass, replace
from typing import Self

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

COOKIE = "diapason_reading"
COOKIE_AGE = 365 * 24 * 3600
SCHEMES = ("auto", "light", "dark")
TEXT_SIZES = ("normal", "large")


@dataclass(frozen=True)
class Preferences:
    """What the reader chose; the cookie holds nothing else, and nothing about the person."""

    scheme: str = "auto"
    text: str = "normal"
    easy_read: bool = False

    @classmethod
    def from_cookie(cls, value: str) -> Self:
        """Read `scheme.text.easy`; whatever is not understood falls back to the default."""
        words = value.split(".")
        return cls(
            scheme=next((word for word in words if word in SCHEMES), "auto"),
            text=next((word for word in words if word in TEXT_SIZES), "normal"),
            easy_read="easy" in words,
        )

    def to_cookie(self) -> str:
        """The value `from_cookie` reads back."""
        return f"{self.scheme}.{self.text}.{'easy' if self.easy_read else 'full'}"

    def changed_by(self, choices: dict[str, str]) -> Self:
        """These preferences with the valid choices of a posted form; the others stay."""
        scheme = choices.get("scheme", self.scheme)
        text = choices.get("text", self.text)
        easy = choices.get("easy_read", "1" if self.easy_read else "0")
        return replace(
            self,
            scheme=scheme if scheme in SCHEMES else self.scheme,
            text=text if text in TEXT_SIZES else self.text,
            easy_read=easy == "1",
        )

    @property
    def html_attributes(self) -> SafeString:
        """Attributes of the page's root that the sheets read."""
        return format_html(
            'data-scheme="{}" data-text="{}" data-easy="{}"',
            self.scheme,
            self.text,
            str(self.easy_read).lower(),
        )


def read_preferences(request: HttpRequest) -> Preferences:
    """The reader's preferences."""
    return Preferences.from_cookie(request.COOKIES.get(COOKIE, ""))


def remember_preferences(request: HttpRequest, response: HttpResponse, preferences: Preferences) -> None:
    """Keep them for a year in the reader's browser."""
    response.set_cookie(
        COOKIE,
        preferences.to_cookie(),
        max_age=COOKIE_AGE,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
