"""What is wrong in a message, said to people: pydantic's errors are for programmers."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

SAID: dict[str, str | Promise] = {
    "missing": _("%(place)s: this is missing."),
    "string_too_long": _("%(place)s: this is too long, %(max_length)s characters at most."),
    "string_too_short": _("%(place)s: this is too short, %(min_length)s characters at least."),
    "greater_than_equal": _("%(place)s: this must be at least %(ge)s."),
    "less_than_equal": _("%(place)s: this must be at most %(le)s."),
    "too_long": _("%(place)s: too many items, %(max_length)s at most."),
    "extra_forbidden": _("%(place)s: this is not expected here."),
}
OTHERWISE = _("%(place)s: this is not understood.")


def explain(error: ValidationError) -> str:
    """One sentence on the first problem: where, and what. Never repeats what was sent."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part)[:40] for part in first["loc"]) or "data"
    if first["type"] == "value_error":  # raised by our own validators, whose words are for people
        return str(first["ctx"]["error"])
    return str(SAID.get(first["type"], OTHERWISE)) % {**first.get("ctx", {}), "place": place}
