"""Check that both ends of every link still exist; exit code 1 when one does not."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from consultations.lineage.models import Link
from consultations.lineage.selectors import dead_links


class Command(BaseCommand):
    help = "Checks that every end of every link resolves; fails when one does not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Report as JSON on standard output.")

    def handle(self, *args: Any, **options: Any) -> None:
        dead = list(dead_links())
        count = Link.objects.count()
        if options["json"]:
            report = {"links": count, "dead": [asdict(each) for each in dead]}
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        for each in dead:
            self.stderr.write(f"link {each.link_id}: no {each.kind} {each.object_id}")
        if dead:
            raise CommandError(f"{len(dead)} ends of links out of {2 * count} do not resolve.")
        if not options["json"]:
            self.stdout.write(f"{count} links, both ends of each exist.")
