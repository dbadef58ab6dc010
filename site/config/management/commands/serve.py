"""`manage.py serve`: server, worker and tick as one command; what `make run` ends with."""

import errno
import os
import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.env import LOOPBACK
from config.supervisor import Child, Supervisor, python, python_environment
from core.commands import ProductCommand

TICK_SECONDS = "60"


class Command(ProductCommand):
    help = gettext_lazy(
        "Serve the site: web server, background worker and the tick of every minute, in one command."
    )
    has_report = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.HOST, help=_("Address to listen on (HOST)."))
        parser.add_argument("--prepare", action="store_true", help=_("Migrate and load the demo first."))
        parser.add_argument("--port", type=int, default=settings.PORT, help=_("Port to listen on (PORT)."))

    def handle(self, **options: Any) -> None:
        host, port = options["host"], options["port"]
        refuse_taken_port(host, port)
        if options["prepare"]:
            self.prepare()
        environment = python_environment(str(settings.ROOT))
        environment["DJANGO_SETTINGS_MODULE"] = os.environ["DJANGO_SETTINGS_MODULE"]
        self.announce(host, port)
        Supervisor(children(host, port), environment, self.say).run()
        self.say(_("Stopped."))

    def prepare(self) -> None:
        """What a new machine or a new version needs before serving; nothing when it is all there."""
        call_command("migrate", verbosity=0)
        if settings.DEMO:
            call_command("demo", stdout=self.stdout)
        connections.close_all()

    def announce(self, host: str, port: int) -> None:
        """Where to look, and with which demo accounts."""
        self.say("\n" + _("Diapason is at %(address)s") % {"address": f"http://{host}:{port}"})
        if host in LOOPBACK:
            self.say(
                _("and %(address)s (the address where passkeys work)")
                % {"address": f"http://localhost:{port}"}
            )
        if settings.DEMO:
            from demo.logins import describe_logins  # noqa: PLC0415 - the demo may be absent

            self.say(describe_logins(f"http://{host}:{port}"))
        self.say(_("Ctrl-C stops everything.") + "\n")

    def say(self, text: str) -> None:
        """One line, at once: the children write to the same terminal."""
        super().say(text)
        self.stdout.flush()


def children(host: str, port: int) -> list[Child]:
    """The three processes production runs too (`docs/production.md`)."""
    manage = str(settings.ROOT / "manage.py")
    server = ["-m", "uvicorn", "config.asgi:application", "--host", host, "--port", str(port)]
    # Compression costs 300 kB and more time than it saves for messages of a few hundred bytes.
    sockets = ["--ws-max-size", "262144", "--ws-per-message-deflate", "false"]
    quiet = ["--log-level", "warning", "--no-access-log", "--timeout-graceful-shutdown", "5"]
    return [
        Child("server", python(*server, *sockets, *quiet)),
        Child("worker", python(manage, "db_worker", "--no-startup-delay", "-v0")),
        Child("tick", python(manage, "run_due", "--every", TICK_SECONDS)),
    ]


def refuse_taken_port(host: str, port: int) -> None:
    """Say plainly that another program listens there, before anything starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(
                    _(
                        "Another program already listens on %(host)s:%(port)s; stop it, or choose another port: "
                        "PORT=%(other)s make run"
                    )
                    % {"host": host, "port": port, "other": port + 1}
                ) from error
            raise CommandError(
                _("Cannot listen on %(host)s:%(port)s: %(reason)s (HOST, PORT)")
                % {"host": host, "port": port, "reason": error.strerror}
            ) from error
