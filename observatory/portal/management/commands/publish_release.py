"""Release what may be published of surveys and official series."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from consultations.surveys.models import Survey
from observatory.indicators.models import Release
from observatory.portal.services import publish_open_figures, publish_survey


class Command(BaseCommand):
    """Idempotent: the same answers give the same release. Exit code 0 only when every release was made."""

    help = "Publish the releases of a survey, or of every published survey and official series."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--survey", metavar="SLUG", help="one survey only")
        which.add_argument("--all", action="store_true", help="every survey and official series (default)")
        parser.add_argument("--json", action="store_true", help="report as JSON on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        surveys = Survey.objects.exclude(status=Survey.Status.DRAFT).order_by("slug")
        if options["survey"]:
            surveys = surveys.filter(slug=options["survey"])
            if not surveys:
                raise CommandError(f"No published survey has the address {options['survey']!r}.")
        done = [] if options["survey"] else [_made(one) for one in publish_open_figures(actor=None)]
        failed = []
        for survey in surveys:
            try:
                done.append(_made(publish_survey(actor=None, survey=survey)))
            except ValidationError as error:
                failed.append({"survey": survey.slug, "error": " ".join(error.messages)})
        self._report(done, failed, as_json=options["json"])

    def _report(self, done: list[dict[str, Any]], failed: list[dict[str, str]], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"releases": done, "refused": failed}, ensure_ascii=False))
        else:
            for one in done:
                self.stdout.write(
                    f"{one['slug']}: n° {one['number']}, {one['cells'].get('V', 0)} cells shown"
                )
        for one in failed:
            self.stderr.write(f"{one['survey']}: {one['error']}")
        if failed:
            raise CommandError(f"{len(failed)} not published")


def _made(release: Release) -> dict[str, Any]:
    return {
        "id": str(release.pk),
        "slug": release.slug,
        "number": release.number,
        "cells": release.report["cells"],
    }
