"""Release what may be published of surveys and official series."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.surveys.models import Survey
from core.commands import ProductCommand
from observatory.indicators.models import Release
from observatory.portal.services import publish_open_figures, publish_survey


class Command(ProductCommand):
    """Idempotent: the same answers give the same release. Exit code 0 only when every release was made."""

    help = gettext_lazy("Publish the releases of a survey, or of every published survey and official series.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--survey", metavar="SLUG", help=_("One survey only."))
        which.add_argument(
            "--all", action="store_true", help=_("Every survey and official series (default).")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        surveys = Survey.objects.exclude(status=Survey.Status.DRAFT).order_by("slug")
        if options["survey"]:
            surveys = surveys.filter(slug=options["survey"])
            if not surveys:
                raise CommandError(
                    _("No published survey has the address “%(slug)s”.") % {"slug": options["survey"]}
                )
        done = [] if options["survey"] else [_made(one) for one in publish_open_figures(actor=None)]
        failed = []
        for survey in surveys:
            try:
                done.append(_made(publish_survey(actor=None, survey=survey)))
            except ValidationError as error:
                failed.append({"survey": survey.slug, "error": " ".join(error.messages)})
        self._tell(done, failed)

    def _tell(self, done: list[dict[str, Any]], failed: list[dict[str, str]]) -> None:
        self.report({"ok": not failed, "releases": done, "refused": failed})
        for one in done:
            shown = one["cells"].get("V", 0)
            self.say(
                ngettext(
                    "%(slug)s: publication no. %(number)s, %(count)d figure shown",
                    "%(slug)s: publication no. %(number)s, %(count)d figures shown",
                    shown,
                )
                % {"slug": one["slug"], "number": one["number"], "count": shown}
            )
        for refused in failed:
            self.complain(f"{refused['survey']} : {refused['error']}")
        if failed:
            raise CommandError(
                ngettext(
                    "%(count)d survey was not published.",
                    "%(count)d surveys were not published.",
                    len(failed),
                )
                % {"count": len(failed)}
            )


def _made(release: Release) -> dict[str, Any]:
    return {
        "id": str(release.pk),
        "slug": release.slug,
        "number": release.number,
        "cells": release.report["cells"],
    }
