"""The strictness itself is tested: a guard that lets everything through guards nothing."""

import socket

import pytest
from django.template import Context, Engine, Origin, Template
from django.template.base import Template as BaseTemplate
from django.utils import timezone

from accounts.models import Membership
from config.env import ROOT
from tests.strictness import ClockReadTooSoon, UndefinedVariable, clock_out_of_reach


def own_template(source: str) -> BaseTemplate:
    origin = Origin(str(ROOT / "templates" / "example.html"), "example.html")
    return BaseTemplate(source, origin=origin, engine=Engine.get_default())


@pytest.mark.parametrize("source", ["{{ absent }}", "{{ here.absent }}", "{{ absent|upper }}"])
def test_undefined_variable_in_our_template_fails(source: str) -> None:
    with pytest.raises(UndefinedVariable, match="absent"):
        own_template(source).render(Context({"here": object()}))


@pytest.mark.parametrize(
    "source",
    [
        "{{ absent|default:'' }}",
        "{% if absent %}x{% endif %}",
        "{{ 'text' }}",
        "{% for x in absent %}{% endfor %}",
    ],
)
def test_absence_that_is_handled_passes(source: str) -> None:
    own_template(source).render(Context())


def test_third_party_template_keeps_the_leniency() -> None:
    assert Template("{{ absent }}").render(Context()) == ""


def test_unordered_query_of_ours_is_shuffled() -> None:
    assert "RAND" in str(Membership.objects.order_by().query).upper()


def test_ordered_query_is_left_alone() -> None:
    assert "RAND" not in str(Membership.objects.order_by("pk").query).upper()


def test_outside_network_is_refused() -> None:
    with socket.socket() as connection, pytest.raises(AssertionError, match="leave this machine"):
        connection.connect(("192.0.2.1", 80))


def test_the_day_is_out_of_reach_while_tests_are_gathered_and_only_then() -> None:
    with clock_out_of_reach():
        found_meanwhile = timezone.now
        with pytest.raises(ClockReadTooSoon):
            timezone.localdate()
    assert timezone.localdate() and found_meanwhile().tzinfo
