"""The site's accent as a small stylesheet, in both colour schemes, always readable."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms import colours


@dataclass(frozen=True)
class Accent:
    """The accent in the light and in the dark scheme."""

    light: str
    dark: str


DEFAULT = Accent("#6a2350", "#f0a9d2")


def accent_for(light: str, dark: str = "") -> Accent:
    """The two accents; the dark one is worked out when none is chosen."""
    if light == DEFAULT.light and not dark:
        return DEFAULT
    return Accent(light, dark or colours.nearest_readable(light, colours.DARK_PAPER))


def problems(light: str, dark: str) -> dict[str, str]:
    """A message per colour that cannot be read, with the nearest one that can; empty when both can."""
    found = {"accent": (light, colours.LIGHT_PAPER), "accent_dark": (dark, colours.DARK_PAPER)}
    return {
        name: _problem(colour, background)
        for name, (colour, background) in found.items()
        if colours.is_hex(colour) and colours.contrast(colour, background) < colours.AA
    }


def _problem(colour: str, background: str) -> str:
    measured = int(colours.contrast(colour, background) * 10) / 10
    return _(
        "This colour is hard to read on the background (contrast %(measured)s, at least 4.5 is needed). "
        "The nearest readable one is %(proposal)s."
    ) % {"measured": measured, "proposal": colours.nearest_readable(colour, background)}


def stylesheet(accent: Accent) -> str:
    """The tokens that follow the accent; empty for the default, which the design system holds."""
    if accent == DEFAULT:
        return ""
    light, dark = _tokens(accent.light, colours.BLACK), _tokens(accent.dark, colours.WHITE)
    plain = "".join(f"{name}:{value};" for name, value in light.items())
    both = "".join(f"{name}:light-dark({light[name]},{dark[name]});" for name in light)
    soft = "--accent-soft:color-mix(in oklab,var(--accent) 12%,var(--card));"
    return (
        f"@layer tokens{{:root{{{plain}{soft}}}@supports (color:light-dark(#000,#fff)){{:root{{{both}}}}}}}\n"
    )


def _tokens(accent: str, towards: str) -> dict[str, str]:
    """The accent, a stronger shade of it and the text that goes on it."""
    strong = colours.nearest_readable(
        accent, colours.WHITE if towards == colours.BLACK else colours.DARK_PAPER, 9
    )
    return {"--accent": accent, "--accent-strong": strong, "--on-accent": colours.text_on(accent)}


def content_hash(css: str) -> str:
    """A short name that changes with the content."""
    return hashlib.sha256(css.encode()).hexdigest()[:12]
