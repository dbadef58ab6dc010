"""What the test run refuses although Django forgives it. Installed once by `conftest.py`.

Only our own templates and models are held to these rules: third-party ones rely on the leniency.
"""

import datetime
import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler
from django.template import base
from django.utils import timezone

from config.env import ROOT

TEMPLATES = str(ROOT / "templates")
SOURCES = (str(ROOT / "site"), str(ROOT / "consultations"), str(ROOT / "observatory"))
ABSENCE_IS_HANDLED = {"default", "default_if_none"}


class UndefinedVariable(AssertionError):
    """A template of ours names something its view never gave."""


class StrictExpression(base.FilterExpression):
    """A template expression that knows which file it was written in."""

    __slots__ = ("own_template",)

    def __init__(self, token: str, parser: base.Parser) -> None:
        super().__init__(token, parser)
        name = str(getattr(getattr(parser, "origin", None), "name", ""))
        self.own_template = name if name.startswith((TEMPLATES, *SOURCES)) else ""

    def resolve(self, context: Any, ignore_failures: bool = False) -> Any:
        filters = {getattr(function, "_filter_name", "") for function, _ in self.filters}
        handled = bool(filters & ABSENCE_IS_HANDLED)
        if self.own_template and isinstance(self.var, base.Variable) and not ignore_failures and not handled:
            try:
                self.var.resolve(context)
            except base.VariableDoesNotExist as error:
                message = (
                    f"{self.own_template}: nothing is called {self.var.var!r}; give it or write |default:"
                )
                raise UndefinedVariable(message) from error
        return super().resolve(context, ignore_failures)


def refuse_undefined_variables() -> None:
    """Fail on `{{ name }}` when nothing is called so, unless the template says `|default:`."""
    base.FilterExpression = StrictExpression


def shuffle_unordered_querysets() -> None:
    """Give rows of our models in random order when the query asks for none."""
    original = SQLCompiler._order_by_pairs
    ours = {config.label for config in apps.get_app_configs() if str(config.path).startswith(SOURCES)}

    def with_random_fallback(self: SQLCompiler) -> Any:
        pairs = list(original(self))
        query = self.query
        keeps_its_shape = not (query.distinct or query.combinator or query.subquery or query.group_by)
        if not pairs and keeps_its_shape and query.model and query.model._meta.app_label in ours:
            pairs = [(OrderBy(Random()), False)]
        yield from pairs

    SQLCompiler._order_by_pairs = with_random_fallback


def refuse_outside_network() -> None:
    """Let sockets reach this machine only."""
    original = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_this_machine(address[0]):
            raise AssertionError(f"A test tried to reach {address[0]}: nothing may leave this machine")
        return original(self, address)

    socket.socket.connect = connect


class ClockReadTooSoon(AssertionError):
    """A test module reads the day while it is gathered: the run may go past midnight before the test does."""


@contextmanager
def clock_out_of_reach() -> Iterator[None]:
    """Refuse `timezone.now()` and what stands on it, for as long as tests are gathered.

    Modules loaded meanwhile keep the function they found: it works again afterwards.
    """
    read, is_out_of_reach = timezone.now, True

    def now() -> datetime.datetime:
        if is_out_of_reach:
            raise ClockReadTooSoon("Read the day within the test: it may change before the test runs")
        return read()

    timezone.now = now
    try:
        yield
    finally:
        timezone.now, is_out_of_reach = read, False


def is_this_machine(host: str) -> bool:
    """True for a loopback address or name."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
