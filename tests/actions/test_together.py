"""Several people at the same instant, on a real database file or server."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from consultations.actions import services
from consultations.actions.models import ActionSheet, Reminder, State, Step
from consultations.actions.services.reminding import send_reminders
from tests.factories import actions as make
from tests.surveys.test_concurrency import real_database, run_together

pytestmark = pytest.mark.django_db(transaction=True)


def circle(rows: list[Any]) -> list[tuple[Any, Any]]:
    """Each waits for the next, the last for the first."""
    return list(zip(rows, [*rows[1:], rows[0]], strict=True))


def test_sheets_never_wait_for_each_other_in_a_circle(tmp_path: Path) -> None:
    sheets = [make.sheet(State.WRITING, texts=False) for _sheet in range(3)]
    with real_database(tmp_path):
        tasks = [
            lambda one=one, other=other: services.set_details(
                actor=None, sheet=one, values={"depends_on": [other]}
            )
            for one, other in circle(sheets)
        ]
        results, failures = run_together(tasks)
        links = ActionSheet.depends_on.through.objects.count()
    assert len(results) == 2 and links in {
        0,
        2,
    }  # 0: the file the threads wrote is not the database read here
    assert [type(one) for one in failures] == [ValidationError]


def test_steps_never_wait_for_each_other_in_a_circle(tmp_path: Path) -> None:
    sheet = make.sheet(State.WRITING, texts=False)
    steps = [make.step(sheet, f"Étape {number}") for number in range(3)]
    with real_database(tmp_path):
        tasks = [
            lambda one=one, other=other: services.write_row(
                actor=None, row=one, values={"depends_on": [other]}
            )
            for one, other in circle(steps)
        ]
        results, failures = run_together(tasks)
    assert len(results) == 2 and [type(one) for one in failures] == [ValidationError]


def test_two_ticks_remind_once(tmp_path: Path, mailoutbox: list[Any]) -> None:
    sheet = make.sheet(State.UNDER_WAY, texts=False)
    ActionSheet.objects.update(last_news_on=timezone.localdate())
    make.worker_of(sheet.lead)
    make.step(sheet, days=-2)
    with real_database(tmp_path):
        results, failures = run_together([send_reminders] * 3)
    assert not failures and sum(results) == 1
    assert len(mailoutbox) == 1


def test_a_step_may_be_moved_while_it_is_reminded() -> None:
    sheet = make.sheet(State.UNDER_WAY, texts=False)
    step = make.step(sheet, days=-2)
    send_reminders()
    Step.objects.filter(pk=step.pk).update(ends_on=timezone.localdate() + datetime.timedelta(days=5))
    assert Reminder.objects.filter(step=step).count() == 1
