"""Identical submissions at the same instant, on a real database file or server, are one response."""

import sqlite3
import threading
import uuid
from contextlib import closing, contextmanager

import pytest
from django.db import connection, connections

from consultations.surveys.models import Response
from consultations.surveys.services import submit_response
from core.models import Receipt
from tests.factories.surveys import open_survey
from tests.surveys.documents import question, questionnaire

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def real_database(folder):
    """On SQLite, threads started inside work on a file that is a copy of the database in memory."""
    settings = connections.settings["default"]
    name = settings["NAME"]
    if connection.vendor == "sqlite":
        path = folder / "copy.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM INTO '{path}'")
        with closing(
            sqlite3.connect(path)
        ) as copy:  # as production's is: the change to it does not wait its turn
            copy.execute("PRAGMA journal_mode=WAL")
        settings["NAME"] = str(path)
    try:
        yield
    finally:
        settings["NAME"] = name


def run_together(tasks):
    """Run each task in its own thread and connection, all at the same time; gives results and failures."""
    barrier = threading.Barrier(len(tasks))
    results, failures = [], []

    def run(task):
        try:
            barrier.wait(timeout=30)
            results.append(task())
        except Exception as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return results, failures


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([uuid.UUID(int=7)] * 6, 1),
        ([uuid.UUID(int=index) for index in range(6)], 6),
    ],
    ids=["the same sent six times", "six different"],
)
def test_submissions_at_once_are_kept_once_each(keys, expected, tmp_path):
    survey = open_survey(questionnaire(question("a")))

    def send(key):
        return submit_response(
            version=survey.current_version, client_uuid=key, answers={"a": "oui"}
        ).receipt_code

    with real_database(tmp_path):
        receipts, failures = run_together([lambda key=key: send(key) for key in keys])
        counts, _none = run_together([lambda: (Response.objects.count(), Receipt.objects.count())])
    assert failures == []
    assert len(receipts) == 6
    assert len(set(receipts)) == expected
    assert counts == [(expected, expected)]
