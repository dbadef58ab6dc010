"""`manage.py create_site`: the first pages, menus and settings of a new site, and its first administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from accounts.services import invite_first_administrator
from cms.founding.site import found_site
from core.commands import ProductCommand
from territories.models import Territory
from territories.selectors import TerritoryError, resolve_code


class Command(ProductCommand):
    """All or nothing; refuses a site that already has pages, and an instance that has an administrator."""

    help = gettext_lazy(
        "Create a new site: home and legal pages in French and English, menus, settings, and the invitation of "
        "its first administrator. Refuses to write over an existing site."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--name", required=True, help=_("Name of the site, such as “Diapason 47”."))
        parser.add_argument(
            "--administrator",
            required=True,
            metavar="EMAIL",
            help=_("Who receives the invitation to administer."),
        )
        parser.add_argument("--contact", default="", metavar="EMAIL", help=_("E-mail of the contact page."))
        parser.add_argument("--publisher", default="", help=_("Organisation that publishes the site."))
        parser.add_argument(
            "--territory",
            default="",
            metavar="LEVEL:CODE",
            help=_("Territory of the site, such as departement:47."),
        )

    def handle(self, **options: Any) -> None:
        try:
            with transaction.atomic():
                site = found_site(
                    name=options["name"],
                    email=options["contact"],
                    publisher=options["publisher"],
                    territory=_territory(options["territory"]),
                )
                user = invite_first_administrator(email=options["administrator"])
        except (ValidationError, TerritoryError) as error:
            words = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            self.report({"ok": False, "error": words})
            raise CommandError(words) from error
        except OSError as error:
            raise CommandError(
                _(
                    "The site is ready, but the invitation could not be sent (%(reason)s). Once e-mail works, "
                    "the administrator asks for a code on the sign-in page: no invitation is needed."
                )
                % {"reason": error}
            ) from error
        count = Page.objects.filter(depth__gt=1).count()
        self.report({"ok": True, "site": site.root_url, "pages": count, "administrator": user.email})
        self.say(
            _("%(count)d pages created; the site is at %(address)s")
            % {"count": count, "address": site.root_url}
        )
        self.say(_("An invitation was sent to %(email)s") % {"email": user.email})


def _territory(written: str) -> Territory | None:
    level, _colon, code = written.rpartition(":")
    return resolve_code(code, level=level or None) if code else None
