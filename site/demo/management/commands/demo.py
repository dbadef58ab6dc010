"""`manage.py demo`: the French demo data. Loading twice changes nothing."""

from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.commands import ProductCommand
from demo.models import LoadedStep
from demo.steps import Step, steps


class Command(ProductCommand):
    help = gettext_lazy("Load the French demo data; steps already loaded are skipped.")
    has_report = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--again", action="store_true", help=_("Load every step even when it is unchanged.")
        )

    def handle(self, **options: Any) -> None:
        known = {} if options["again"] else dict(LoadedStep.objects.values_list("name", "stamp"))
        for step in steps():
            if known.get(step.name) == step.stamp:
                self.say(_("demo: %(step)s already there") % {"step": step.name})
            else:
                self.load(step)

    def load(self, step: Step) -> None:
        """Load one step and remember its stamp; a step that fails is tried again next time."""
        started = perf_counter()
        LoadedStep.objects.filter(name=step.name).delete()
        step.load()
        LoadedStep.objects.create(name=step.name, stamp=step.stamp)
        seconds = f"{perf_counter() - started:.1f}"
        self.say(_("demo: %(step)s loaded in %(seconds)s s") % {"step": step.name, "seconds": seconds})
