"""`manage.py demo`: the French demo data. Loading twice changes nothing."""

from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand

from demo.models import LoadedStep
from demo.steps import Step, steps


class Command(BaseCommand):
    help = "Load the French demo data; steps already loaded are skipped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="Load every step even when it is unchanged.")

    def handle(self, **options: Any) -> None:
        known = {} if options["again"] else dict(LoadedStep.objects.values_list("name", "stamp"))
        for step in steps():
            if known.get(step.name) == step.stamp:
                self.stdout.write(f"demo: {step.name} already there")
            else:
                self.load(step)

    def load(self, step: Step) -> None:
        """Load one step and remember its stamp; a step that fails is tried again next time."""
        started = perf_counter()
        LoadedStep.objects.filter(name=step.name).delete()
        step.load()
        LoadedStep.objects.create(name=step.name, stamp=step.stamp)
        self.stdout.write(f"demo: {step.name} loaded in {perf_counter() - started:.1f} s")
