"""The tick: every entry runs, alone with its own failure."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core import due as due_module
from core.due import run_due
from core.registry import Registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> Registry:
    registry: Registry = Registry("for a test")
    monkeypatch.setattr(due_module, "due", registry)
    return registry


def broken() -> None:
    raise RuntimeError("no more ink")


def test_run_due_when_one_entry_fails_runs_the_others(entries: Registry) -> None:
    entries.register("first", lambda: 1)
    entries.register("broken", broken)
    entries.register("last", lambda: None)
    assert [(done.name, done.count, done.error) for done in run_due()] == [
        ("first", 1, ""),
        ("broken", None, "RuntimeError: no more ink"),
        ("last", None, ""),
    ]


def test_command_when_one_entry_fails_reports_it_and_exits_with_an_error(entries: Registry) -> None:
    entries.register("broken", broken)
    report = StringIO()
    with pytest.raises(CommandError, match="broken"):
        call_command("run_due", json=True, stdout=report)
    assert json.loads(report.getvalue())[0]["error"] == "RuntimeError: no more ink"


def test_what_the_product_registers_runs_on_an_empty_site() -> None:
    assert [outcome.error for outcome in run_due() if outcome.error] == []
