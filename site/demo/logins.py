"""The demo accounts as `make run` prints them."""

from django.utils.translation import gettext as _

from demo.roles import PASSWORD, PEOPLE


def describe_logins(address: str) -> str:
    """Where to sign in by role in one click, and with which address and password otherwise."""
    width = max(len(person.label) for person in PEOPLE)
    lines = [f"  {person.label:<{width}}  {person.email}" for person in PEOPLE]
    return "\n".join(
        [
            _("Demo: sign in by role, in one click, second check included: %(address)s")
            % {"address": f"{address}/demo/"},
            _("or with these addresses and the password %(password)s") % {"password": PASSWORD},
            *lines,
            _("E-mails are not sent: read them at %(address)s") % {"address": f"{address}/demo/courrier/"},
        ]
    )
