"""The two doors a supervisor knocks at."""

import logging

import pytest
from django.db import DatabaseError
from django.test import Client

from core import health
from core.request_ids import RequestIdFilter

pytestmark = pytest.mark.django_db


def test_readyz_when_all_is_well_answers_200(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "migrations": "ok", "cache": "ok"})


def test_readyz_when_the_database_is_down_answers_503_without_the_cause(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise DatabaseError("password of user diapason")

    monkeypatch.setitem(health.CHECKS, "database", fail)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "does not answer"
    assert "Not ready: database" in caplog.text


def test_readyz_when_migrations_wait_says_what_to_run(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waiting() -> None:
        raise health.NotReady("2 migrations to apply: manage.py migrate")

    monkeypatch.setitem(health.CHECKS, "migrations", waiting)
    assert client.get("/readyz").json()["migrations"] == "2 migrations to apply: manage.py migrate"


def test_every_answer_carries_a_number_of_its_own(client: Client) -> None:
    numbers = {client.get("/healthz")["X-Request-ID"] for _ in range(3)}
    assert len(numbers) == 3


def test_log_lines_outside_a_request_have_a_dash() -> None:
    record = logging.LogRecord("core", logging.INFO, __file__, 1, "message", None, None)
    assert RequestIdFilter().filter(record)
    assert record.request_id == "-"  # type: ignore[attr-defined]
