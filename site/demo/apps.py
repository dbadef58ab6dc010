"""The French demo: data, one-click sign-in and mailbox; never in production."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from demo.checks import demo_stays_on_this_machine


class DemoConfig(AppConfig):
    name = "demo"
    verbose_name = _("Demo")

    def ready(self) -> None:
        register(demo_stays_on_this_machine, Tags.security)
